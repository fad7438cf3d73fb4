"""How a page does an act: the form, the key against double writing, refusals at their fields, the read audit."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from bmnn.office.core.access import Viewer
from bmnn.office.core.acts.record_read import RecordRead
from bmnn.office.core.engine import Act, Done, Refused, perform
from bmnn.office.core.lawview import cited, law_on
from bmnn.office.core.models import Unit
from bmnn.office.web.fields import ActForm


def viewer(request: HttpRequest) -> Viewer:
    """Who looks, today."""
    return Viewer(request.user, timezone.localdate())


def units_with(request: HttpRequest, *roles: str) -> list[Unit]:
    """Units in which the person has one of the roles today, the person's own first."""
    found = viewer(request)
    rows = Unit.objects.on(found.day).filter(pk__in=found.units(*roles))
    return sorted(rows, key=lambda u: u.pk not in found.own_units)


def law_words(request: HttpRequest, key: str) -> str:
    """The article under a button today, with «chưa đối chiếu» while it is not settled."""
    return cited(law_on(viewer(request).day), key)


def looked(request: HttpRequest, kind: str, target: uuid.UUID | None = None, count: int = 1) -> None:
    """Write down who looks before the page is made: no log, no look."""
    perform(RecordRead(RecordRead.Input(kind, target, count)), request.user, f"read-{uuid.uuid4()}")


def fresh_key() -> str:
    """A key for one form: the second click of the same form does nothing."""
    return str(uuid.uuid4())


def said(done: Done, act: type[Act]) -> str:
    """What was done, with the numbers that now stand."""
    numbers = ", ".join(f"{label.lower()} {value:02d}" for label, value in done.numbers.items())
    return f"{act.title}: đã ghi{f', {numbers}' if numbers else ''}."


def act_page(
    request: HttpRequest,
    form: ActForm,
    make: Callable[[dict[str, Any]], Act],
    *,
    back: Callable[[Done], str],
    context: dict[str, Any],
    template: str = "web/act.html",
) -> HttpResponse:
    """Show the form; on POST do the act and go `back`, or show each refusal at its field."""
    status = 200
    citations: list[str] = []
    if request.method == "POST":
        status = 422
        form.before_validation()
        if form.is_valid():
            act = make(form.cleaned_data)
            try:
                done = perform(act, request.user, form.cleaned_data["key"])
            except Refused as refused:
                for r in refused.refusals:
                    words = f"{r.message} (Căn cứ: {r.citation})" if r.citation else r.message
                    form.add_error(r.field if r.field in form.fields else None, words)
            else:
                messages.success(request, said(done, type(act)))
                return HttpResponseRedirect(back(done))
    return render(request, template, {"form": form, "citations": citations, **context}, status=status)
