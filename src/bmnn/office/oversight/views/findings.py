"""One finding: what was noticed, and what a person says of it."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.discovery.report import place_words, size_words, why_words
from bmnn.discovery.signals.model import KIND_WORDS, LEVEL_WORDS
from bmnn.office.core.access import see_or_404
from bmnn.office.oversight import forms, jobs
from bmnn.office.oversight.acts.judge_finding import JudgeFinding
from bmnn.office.oversight.models import ScanFinding
from bmnn.office.oversight.results import shown_path
from bmnn.office.oversight.views.shared import HELP, crumbs, law, next_open, scan_crumb, works
from bmnn.office.web.doing import act_page, fresh_key, looked
from bmnn.reading.kinds import type_words


def _whole(one: ScanFinding) -> dict[str, Any] | None:
    """The item as the scan told it, with name, places and pictures, while the job's folder is kept."""
    job = jobs.Job(one.of.job)
    result = job.result()
    if result is None:
        return None
    found = [i for i in result["items"] if i["verdict"] != "clear"]
    if one.rank > len(found) or found[one.rank - 1]["sha256"] != one.sha256:
        return None
    return found[one.rank - 1] | {"shown": shown_path(found[one.rank - 1]["path"], job.root)}


@login_required
def finding(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look at a finding; say what it is; go on to the next."""
    one = see_or_404(request.user, ScanFinding, public_id)
    if request.method == "GET":
        looked(request, "scan_finding", one.public_id)
    whole = _whole(one)
    form = forms.JudgeForm(
        request.POST or None,
        initial={"key": fresh_key(), "level": one.said_level or one.level, "reason": one.reason},
    )
    answer = request.POST.get("answer", "")

    def back(done: Any) -> str:
        following = next_open(one)
        if following is None:
            return scan_crumb(one.of)[1]
        return reverse("oversight:finding", args=[following.public_id])

    signals = whole["signals"] if whole else one.signals
    context = {
        "title": f"Mục {one.rank}: {one.verdict_word}",
        "finding": one,
        "path": whole["shown"] if whole else one.label,
        "named": whole is not None,
        "kind": type_words(one.type),
        "size": size_words(one.size),
        "why": why_words(one.why or None),
        "signals": [_shown(s, n) for n, s in enumerate(signals[:20])],
        "matches": whole["matches"] if whole else [],
        "works": works(request, one.of.unit) and not one.removal_id,
        "law": law(request),
        "following": next_open(one),
        "help": HELP,
        "crumbs": crumbs(scan_crumb(one.of), (f"Mục {one.rank}", "")),
    }
    return act_page(
        request,
        form,
        lambda data: JudgeFinding(JudgeFinding.Input(one, answer, data["level"], data["reason"])),
        back=back,
        context=context,
        template="oversight/finding.html",
    )


def _shown(signal: dict[str, Any], number: int) -> dict[str, Any]:
    level = LEVEL_WORDS.get(signal["level"] or "", "")
    percent = signal["percent"] if "percent" in signal else round(100 * signal["score"])
    page = f"trang {signal['page']}" if signal["page"] else ""
    return {
        "kind": KIND_WORDS[signal["kind"]],
        "level": level,
        "text": signal["text"],
        "place": place_words(signal) if "at" in signal else page,
        "percent": percent,
        "rule": signal["rule"],
        "crop": number if signal.get("crop") else None,
    }


@login_required
@require_GET
def crop(request: HttpRequest, public_id: str, number: str) -> HttpResponse:
    """The picture of the place where something was noticed."""
    one = see_or_404(request.user, ScanFinding, public_id)
    whole = _whole(one)
    try:
        data = base64.b64decode((whole or {})["signals"][int(number)]["crop"], validate=True)
    except (KeyError, IndexError, ValueError) as error:
        raise Http404 from error
    return HttpResponse(data, content_type="image/jpeg")
