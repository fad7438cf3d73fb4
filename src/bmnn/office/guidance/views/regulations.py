"""Register of regulations (quy chế, nội quy): what they cite, what they lack."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.guidance.acts.issue_document import IssueDocument
from bmnn.office.guidance.confirmed import DocumentIn
from bmnn.office.guidance.forms import RegulationForm
from bmnn.office.guidance.models import Document
from bmnn.office.guidance.stale import judge, symbols_of
from bmnn.office.guidance.views.documents import crumbs, kept_units
from bmnn.office.guidance.words import REGULATIONS
from bmnn.office.web.doing import act_page, fresh_key, viewer

TITLE = "Ghi quy chế, nội quy"


@lru_cache(maxsize=1)
def contents() -> dict[str, str]:
    """The required contents by code."""
    text = (files("bmnn.office.guidance") / "data" / "regulation_contents.yaml").read_text("utf-8")
    found: dict[str, str] = yaml.safe_load(text)["contents"]
    return found


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every unit's regulations; units without one are named too."""
    today = viewer(request).day
    found = Document.objects.visible_to(request.user).filter(kind__in=REGULATIONS).select_related("unit")
    rows = []
    for one in found[:300]:
        cited = judge(one.citations, today)
        rows.append(
            {
                "document": one,
                "cited": cited,
                "stale": any(c.state == "replaced" for c in cited),
                "missing": [words for code, words in contents().items() if code not in one.contents],
            }
        )
    having = {r["document"].unit_id for r in rows}
    context = {
        "title": "Quy chế, nội quy",
        "rows": rows,
        "without": [u for u in kept_units(request) if u.pk not in having],
        "may_enter": bool(kept_units(request)),
        "help": "quy-che-noi-quy",
        "crumbs": crumbs(("Quy chế, nội quy", "")),
    }
    return render(request, "guidance/regulations.html", context)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Enter a regulation with the law it cites and the contents it has."""
    ids = {str(u.public_id): u for u in kept_units(request)}
    form = RegulationForm(request.POST or None, initial={"key": fresh_key(), "kind": REGULATIONS[1]})
    fields: Any = form.fields
    fields["kind"].choices = [(k, k) for k in REGULATIONS]
    fields["unit"].choices = [(key, u.name) for key, u in ids.items()]
    fields["contents"].choices = list(contents().items())

    def make(data: dict[str, Any]) -> IssueDocument:
        values = {k: data[k] for k in ("kind", "number", "symbol", "day", "issuer", "subject")}
        return IssueDocument(
            IssueDocument.Input(
                DocumentIn(
                    unit=ids[data["unit"]],
                    citations=tuple(symbols_of(data["cites"])),
                    contents=tuple(sorted(data["contents"])),
                    **values,
                )
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("guidance:regulations"),
        context={
            "title": TITLE,
            "button": TITLE,
            "cancel": reverse("guidance:regulations"),
            "help": "quy-che-noi-quy",
            "crumbs": crumbs(("Quy chế, nội quy", reverse("guidance:regulations")), (TITLE, "")),
        },
    )
