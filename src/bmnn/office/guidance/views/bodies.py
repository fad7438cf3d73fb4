"""Steering committees and secrecy teams with their meetings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Person
from bmnn.office.guidance.acts.record_meeting import RecordMeeting
from bmnn.office.guidance.acts.set_up_body import Place, SetUpBody
from bmnn.office.guidance.forms import BodyForm, MeetingForm
from bmnn.office.guidance.models import Body
from bmnn.office.guidance.typed import columns_of_lines
from bmnn.office.guidance.views.documents import crumbs, kept_units
from bmnn.office.web.doing import act_page, fresh_key, viewer
from bmnn.office.web.fields import offer
from bmnn.vietnamese import fold

TITLE = "Ban Chỉ đạo, Tổ bảo mật"


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Bodies of the person's units and those below, the standing ones first."""
    found = Body.objects.visible_to(request.user).select_related("unit").prefetch_related("members")
    context = {
        "title": TITLE,
        "bodies": sorted(found[:200], key=lambda b: b.until is not None),
        "may_enter": bool(kept_units(request)),
        "help": "ban-chi-dao",
        "crumbs": crumbs((TITLE, "")),
    }
    return render(request, "guidance/bodies.html", context)


@login_required
@require_GET
def body(request: HttpRequest, public_id: str) -> HttpResponse:
    """One body: decision, members, meetings."""
    one = see_or_404(request.user, Body, public_id)
    context = {
        "title": str(one),
        "body": one,
        "members": [(m, _still(m, viewer(request).day)) for m in one.members.select_related("person")],
        "meetings": one.meetings.select_related("document"),
        "keeps": one.unit_id in {u.pk for u in kept_units(request)},
        "help": "ban-chi-dao",
        "crumbs": crumbs((TITLE, reverse("guidance:bodies")), (str(one), "")),
    }
    return render(request, "guidance/body.html", context)


def _still(member: Any, day: Any) -> bool:
    """False when the person holds no post any more: the body should be renewed."""
    return member.person is None or member.person.posts_on(day).exists()


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up a body, or renew it by a new decision."""
    ids = {str(u.public_id): u for u in kept_units(request)}
    form = BodyForm(request.POST or None, initial={"key": fresh_key()})
    offer(form, "unit", [(key, u.name) for key, u in ids.items()])

    def make(data: dict[str, Any]) -> SetUpBody:
        values = {k: data[k] for k in ("kind", "decision", "since", "rules")}
        return SetUpBody(
            SetUpBody.Input(
                unit=ids[data["unit"]],
                places=tuple(_place(columns) for columns in columns_of_lines(data["places"])),
                **values,
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("guidance:body", args=[done.event.data["body"]]),
        context={
            "title": SetUpBody.title,
            "button": SetUpBody.title,
            "cancel": reverse("guidance:bodies"),
            "help": "ban-chi-dao",
            "crumbs": crumbs((TITLE, reverse("guidance:bodies")), (SetUpBody.title, "")),
        },
    )


def _place(columns: list[str]) -> Place:
    role, post, name = [*columns, "", "", ""][:3]
    found = list(Person.objects.filter(fold=fold(name))[:2]) if name else []
    # A name that two persons bear says nothing about which of them it is.
    person = found[0] if len(found) == 1 else None
    words = post if person or not name else f"{post} ({name})".strip()
    return Place(role, words, person)


@login_required
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a meeting."""
    one = see_or_404(request.user, Body, public_id)
    page = reverse("guidance:body", args=[one.public_id])

    def make(data: dict[str, Any]) -> RecordMeeting:
        values = {k: data[k] for k in ("day", "subject", "conclusions", "reference")}
        return RecordMeeting(RecordMeeting.Input(body=one, **values))

    return act_page(
        request,
        MeetingForm(request.POST or None, initial={"key": fresh_key()}),
        make,
        back=lambda done: page,
        context={
            "title": RecordMeeting.title,
            "button": RecordMeeting.title,
            "about": str(one),
            "cancel": page,
            "help": "ban-chi-dao",
            "crumbs": crumbs(
                (TITLE, reverse("guidance:bodies")), (str(one), page), (RecordMeeting.title, "")
            ),
        },
    )
