"""Cards of "Hôm nay": devices to check again, devices that wait for approval, findings without an answer, remedies."""

from __future__ import annotations

from django.urls import reverse

from bmnn.office.core.access import Viewer
from bmnn.office.core.lawview import cited, law_on
from bmnn.office.equipment.listing import SOON
from bmnn.office.equipment.models import Device, Finding, Remedy
from bmnn.office.equipment.words import CHECKED_KINDS, GONE
from bmnn.office.web.registry import Card, Line

_SHOWN = 5


def cards(viewer: Viewer) -> list[Card]:
    """The viewer's cards."""
    if viewer.roles("quan_tri"):
        return []
    kept = viewer.units("van_thu") | viewer.units("thu_truong")
    found = [_mine(viewer)]
    if kept:
        found += [_recheck(viewer, kept), _waiting(viewer, kept), _unanswered(viewer, kept)]
    return [card for card in found if card.count]


def _recheck(viewer: Viewer, kept: set[int]) -> Card:
    live = Device.objects.filter(unit__in=kept, kind__in=CHECKED_KINDS).exclude(state__in=GONE)
    due = list(live.filter(valid_until__lt=viewer.day + SOON).order_by("valid_until", "id"))
    late = [d for d in due if d.overdue(viewer.day)]
    lines = tuple(
        Line(
            str(d),
            reverse("equipment:device", args=[d.public_id]),
            f"hết hạn {d.valid_until:%d/%m/%Y}",
            "late" if d.overdue(viewer.day) else "soon",
        )
        for d in due[:_SHOWN]
    )
    url = f"{reverse('equipment:list')}?han=sap"
    law = cited(law_on(viewer.day), "machine.security_check")
    return Card(
        "Thiết bị phải kiểm tra lại", len(due), url, lines, "late" if late else "soon", law=law, order=40
    )


def _waiting(viewer: Viewer, kept: set[int]) -> Card:
    rows = list(Device.objects.filter(unit__in=kept, state="registered").order_by("id"))
    lines = tuple(
        Line(str(d), reverse("equipment:device", args=[d.public_id]), f"{d.registered_on:%d/%m/%Y}")
        for d in rows[:_SHOWN]
    )
    url = f"{reverse('equipment:list')}?trang-thai=registered"
    return Card("Thiết bị chờ phê duyệt", len(rows), url, lines, "plain", order=41)


def _unanswered(viewer: Viewer, kept: set[int]) -> Card:
    rows = list(
        Finding.objects.filter(of__unit__in=kept, state="open")
        .select_related("of")
        .order_by("-of_id", "rank")
    )
    lines = tuple(
        Line(f.title, f"{reverse('equipment:check', args=[f.of.public_id])}#p{f.rank}", f.severity_word)
        for f in rows[:_SHOWN]
    )
    return Card("Phát hiện chưa trả lời", len(rows), reverse("equipment:checks"), lines, "soon", order=42)


def _mine(viewer: Viewer) -> Card:
    """What the viewer must put right, and for keepers what their units must."""
    seen = (
        Remedy.objects.visible_to(viewer.account, day=viewer.day).filter(state="open").select_related("owner")
    )
    kept = viewer.units("van_thu") | viewer.units("thu_truong")
    rows = [
        r for r in seen.order_by("due", "id") if r.unit_id in kept or r.owner_id == viewer.account.person_id
    ]
    late = any(r.late(viewer.day) for r in rows)
    soon = any(r.due <= viewer.day + SOON for r in rows)
    lines = tuple(
        Line(
            r.text[:90],
            reverse("equipment:close_remedy", args=[r.public_id]),
            f"{'quá hạn' if r.late(viewer.day) else 'hạn'} {r.due:%d/%m/%Y}",
            "late" if r.late(viewer.day) else "soon",
        )
        for r in rows[:_SHOWN]
    )
    tone = "late" if late else "soon" if soon else "plain"
    return Card(
        "Việc khắc phục về máy tính, thiết bị",
        len(rows),
        reverse("equipment:remedies"),
        lines,
        tone,
        order=43,
    )
