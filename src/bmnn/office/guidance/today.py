"""Cards of "Hôm nay": what I owe, what is late below me, what waits for my review, what was read and not confirmed."""

from __future__ import annotations

from datetime import timedelta
from textwrap import shorten

from django.db.models import Q
from django.urls import reverse

from bmnn.office.core.access import Viewer
from bmnn.office.core.overseers import KEEPERS
from bmnn.office.guidance.coverage import chase
from bmnn.office.guidance.models import Due, Source
from bmnn.office.guidance.policies import at_home
from bmnn.office.web.registry import Card, Line

_SHOWN = 5
_SOON = timedelta(days=7)


def cards(viewer: Viewer) -> list[Card]:
    """The viewer's cards."""
    if viewer.roles("quan_tri"):
        return []
    found = [_owed(viewer)]
    kept = viewer.units(*KEEPERS)
    if kept:
        found += [_late(viewer, kept), _review(viewer, kept), _unconfirmed(viewer)]
    return [card for card in found if card.count]


def _visible(viewer: Viewer) -> Due:
    return Due.objects.visible_to(viewer.account, day=viewer.day).select_related("task", "unit")


def _owed(viewer: Viewer) -> Card:
    mine = Q(unit__in=at_home(viewer)) | Q(task__person=viewer.account.person_id)
    dues = list(_visible(viewer).filter(mine, state__in=("open", "returned")).order_by("day", "id"))
    late = [d for d in dues if d.days_late(viewer.day)]
    soon = [d for d in dues if d.day and viewer.day <= d.day <= viewer.day + _SOON]
    return Card(
        "Việc chỉ đạo phải làm",
        len(dues),
        reverse("guidance:mine"),
        tuple(_line(d, viewer) for d in dues[:_SHOWN]),
        "late" if late else "soon" if soon else "plain",
        order=30,
    )


def _line(due: Due, viewer: Viewer) -> Line:
    late = due.days_late(viewer.day)
    note = f"quá hạn {late} ngày" if late else f"{due.day:%d/%m/%Y}" if due.day else due.task.deadline_word
    near = due.day is not None and due.day <= viewer.day + _SOON
    return Line(
        shorten(due.task.action, 90, placeholder=" …"),
        reverse("guidance:due", args=[due.public_id]),
        note,
        "late" if late else "soon" if near else "plain",
    )


def _late(viewer: Viewer, kept: set[int]) -> Card:
    rows = chase(_visible(viewer).filter(task__giver__in=kept).exclude(unit__in=at_home(viewer)), viewer.day)
    lines = tuple(
        Line(
            f"{d.unit}: {shorten(d.task.action, 70, placeholder=' …')}",
            reverse("guidance:due", args=[d.public_id]),
            f"{n} ngày",
            "late",
        )
        for d, n in rows[:_SHOWN]
    )
    return Card("Đơn vị chậm việc", len(rows), reverse("guidance:late"), lines, "late", order=31)


def _review(viewer: Viewer, kept: set[int]) -> Card:
    dues = list(
        _visible(viewer)
        .filter(task__giver__in=kept, state="submitted")
        .exclude(submitted_by=viewer.account.person_id)
        .order_by("submitted_on", "id")
    )
    lines = tuple(
        Line(
            f"{d.unit}: {shorten(d.task.action, 70, placeholder=' …')}",
            reverse("guidance:due", args=[d.public_id]),
            f"{d.submitted_on:%d/%m}",
        )
        for d in dues[:_SHOWN]
    )
    return Card("Báo cáo chờ duyệt", len(dues), reverse("guidance:mine"), lines, "soon", order=32)


def _unconfirmed(viewer: Viewer) -> Card:
    sources = [s for s in Source.objects.visible_to(viewer.account, day=viewer.day)[:50] if s.waiting]
    lines = tuple(
        Line(s.name, reverse("guidance:source", args=[s.public_id]), f"{len(s.waiting)} văn bản")
        for s in sources[:_SHOWN]
    )
    return Card(
        "Chỉ đạo đã đọc, chờ xác nhận", len(sources), reverse("guidance:documents"), lines, "soon", order=33
    )
