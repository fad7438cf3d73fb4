"""Cards of "Hôm nay": findings nobody looked at, copies that are still where they were found."""

from __future__ import annotations

from django.urls import reverse

from bmnn.office.core.access import Viewer
from bmnn.office.core.overseers import OVERSEERS
from bmnn.office.oversight.models import ScanFinding
from bmnn.office.web.registry import Card, Line

_SHOWN = 4


def cards(viewer: Viewer) -> list[Card]:
    """The viewer's cards."""
    kept = viewer.units(*OVERSEERS)
    if viewer.roles("quan_tri") or not kept:
        return []
    rows = ScanFinding.objects.visible_to(viewer.account, day=viewer.day).filter(of__unit__in=kept)
    waiting = rows.filter(answer="open").select_related("of")
    secret = rows.filter(answer="secret", removed_on=None).select_related("of")
    found = [
        Card(
            "Mục rà soát chưa xem",
            waiting.count(),
            reverse("oversight:scans"),
            tuple(
                Line(f"Lần {f.of.number:02d}/{f.of.year}, mục {f.rank}: {f.verdict_word}", _page(f))
                for f in waiting[:_SHOWN]
            ),
            "soon",
            order=40,
        ),
        Card(
            "Tài liệu mật chưa gỡ bỏ",
            secret.count(),
            reverse("oversight:removals"),
            tuple(
                Line(
                    f"Lần {f.of.number:02d}/{f.of.year}, mục {f.rank}: {f.level_word}",
                    _page(f),
                    f.state_word,
                    "late",
                )
                for f in secret[:_SHOWN]
            ),
            "late",
            order=41,
        ),
    ]
    return [card for card in found if card.count]


def _page(finding: ScanFinding) -> str:
    return reverse("oversight:finding", args=[finding.public_id])
