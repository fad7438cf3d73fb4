"""Scans: the list, a new one, its progress, putting it on file, what it found."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bmnn.discovery.verdict import WORDS
from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Unit
from bmnn.office.oversight import forms, jobs, results
from bmnn.office.oversight.acts.record_scan import RecordScan
from bmnn.office.oversight.models import Scan
from bmnn.office.oversight.views.shared import HELP, crumbs, law, scan_crumb, units, works
from bmnn.office.oversight.words import ANSWERS
from bmnn.office.web.doing import fresh_key, looked, viewer
from bmnn.office.web.fields import offer
from bmnn.office.web.jobs import Urls, job_or_404, polled, put_on_file, stop, too_much

_PAGE = 100
_JOB = ("oversight:scan_job", "oversight:scan_cancel", "oversight:scan_keep", "oversight:new_scan")


@login_required
@require_GET
def scans(request: HttpRequest) -> HttpResponse:
    """Every scan the person may see, with what is left to do."""
    who = viewer(request)
    rows = (
        Scan.objects.visible_to(who.account, day=who.day)
        .select_related("unit")
        .annotate(
            found=Count("findings"),
            open=Count("findings", filter=Q(findings__answer="open")),
            secret=Count("findings", filter=Q(findings__answer="secret")),
            left=Count("findings", filter=Q(findings__answer="secret", findings__removed_on=None)),
        )
    )
    context = {"title": "Rà soát", "rows": rows[:200], "may_scan": bool(units(request)), "help": HELP}
    return render(request, "oversight/scans.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Files or a folder are taken in and scanned in the background, in the sandbox."""
    who = viewer(request)
    mine = {str(u.public_id): u for u in units(request)}
    places = {p.name: p for p in jobs.server_folders()}
    form = forms.ScanForm(request.POST or None, request.FILES or None)
    offer(form, "unit", [(k, u.name) for k, u in mine.items()])
    none = "Không, tôi nạp tệp lên" if places else "Chưa có thư mục nào được mở (xem Trợ giúp)"
    offer(form, "folder", [("", none), *((name, name) for name in places)])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if too_much(data["files"], jobs.MAX_FILES, jobs.MAX_BYTES):
            form.add_error("files", f"Mỗi lần nạp nhiều nhất {jobs.MAX_FILES} tệp, tổng cộng 4 GB.")
        else:
            head = {
                "unit": data["unit"],
                "title": " ".join(data["title"].split())[:200],
                "place": " ".join(data["place"].split())[:300],
            }
            place = places.get(data["folder"])
            job = jobs.start(who.account, head, who.day, data["files"], place, ocr=data["ocr"])
            return HttpResponseRedirect(reverse("oversight:scan_job", args=[job.id]))
    context = {
        "title": "Rà soát mới",
        "form": form,
        "button": "Bắt đầu rà soát",
        "law": law(request),
        "cancel": reverse("oversight:scans"),
        "help": HELP,
        "crumbs": crumbs(("Rà soát mới", "")),
    }
    return render(request, "oversight/new.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_GET
def job(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the scan is; then its totals, before it is put on file."""
    one = job_or_404(request, jobs.Job, public_id)
    progress, head = one.progress(), one.head()
    context: dict[str, Any] = {
        "title": f"Rà soát: {head['title']}",
        "urls": Urls.of(_JOB, one),
        "progress": progress,
        "progress_template": "oversight/progress.html",
        "place": head["place"],
        "help": HELP,
        "crumbs": crumbs((head["title"], "")),
    }
    answer = polled(request, progress, context)
    if answer is not None:
        return answer
    if progress.state != "running":
        one.settle()
    whole = one.result() if progress.state == "done" else None
    if whole is not None:
        context |= {"totals": _totals(whole["totals"]), "whole": whole["totals"], "key": fresh_key()}
    return render(request, "oversight/job.html", context)


def _totals(totals: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(name, word, totals[name]) for name, word in WORDS.items()]


@login_required
@require_POST
def cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop the scan; nothing is kept."""
    one = job_or_404(request, jobs.Job, public_id)
    page = reverse("oversight:scan_job", args=[public_id])
    return stop(request, one, "việc rà soát", page=page, others=reverse("oversight:scans"))


@login_required
@require_POST
def keep(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put the result on file."""
    one = job_or_404(request, jobs.Job, public_id)
    head, whole = one.head(), one.result()
    if whole is None:
        raise Http404
    unit = Unit.objects.get(public_id=head["unit"])
    reduced = results.reduce(whole, one.root)
    act = RecordScan(RecordScan.Input(unit, head["title"], head["place"], reduced, str(one.id)))
    return put_on_file(
        request,
        act,
        page=reverse("oversight:scan_job", args=[public_id]),
        filed=lambda done: reverse("oversight:scan", args=[done.event.data["scan"]]),
    )


@login_required
@require_GET
def scan(request: HttpRequest, public_id: str) -> HttpResponse:
    """A scan on file: totals, findings with their answers, minutes."""
    one = see_or_404(request.user, Scan, public_id)
    looked(request, "scan", one.public_id)
    wanted = request.GET.get("xem", "")
    rows = one.findings.all()
    if wanted in ANSWERS:
        rows = rows.filter(answer=wanted)
    counts = {row["answer"]: row["n"] for row in one.findings.values("answer").annotate(n=Count("id"))}
    context = {
        "title": str(one),
        "scan": one,
        "totals": _totals(one.totals),
        "rows": rows.select_related("removal")[:_PAGE],
        "shown": min(_PAGE, rows.count()),
        "count": rows.count(),
        "filters": [(k, w, counts.get(k, 0)) for k, w in ANSWERS.items()],
        "wanted": wanted,
        "first_open": one.findings.filter(answer="open").first(),
        "removals": one.removals.all(),
        "waiting": one.findings.filter(answer="secret", removal=None).count(),
        "works": works(request, one.unit),
        "help": HELP,
        "crumbs": crumbs((scan_crumb(one)[0], "")),
    }
    return render(request, "oversight/scan.html", context)
