"""Findings of computer checks that are still open: lines for the first draft of the next annual plan."""

from __future__ import annotations

from bmnn.office.core.models import Unit
from bmnn.office.equipment.models import Finding


def open_findings(unit: Unit, year: int) -> list[tuple[str, str]]:
    """(what to remedy, where it was found) of the unit's checks up to the end of the year."""
    found = Finding.objects.filter(of__unit=unit, of__year__lte=year, state="open").select_related("of")
    return [
        (
            f"Khắc phục: {one.title}",
            f"Kiểm tra máy tính lần {one.of.number}/{one.of.year}, ngày {one.of.day:%d/%m/%Y}",
        )
        for one in found.order_by("of__year", "of__number", "rank")[:50]
    ]
