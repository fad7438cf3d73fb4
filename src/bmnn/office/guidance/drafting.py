"""The first draft of the annual plan: what the law demands, what directives left open, what was found last year."""

from __future__ import annotations

from datetime import date

from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Unit
from bmnn.office.core.rooms import modules
from bmnn.office.guidance.acts.draft_plan import Line
from bmnn.office.guidance.coverage import STATES, cover
from bmnn.office.guidance.models import Point
from bmnn.office.guidance.suggest import duty_prefixes

_LAW, _OPEN, _FOUND = "Nghĩa vụ theo luật", "Điểm chỉ đạo chưa xong", "Tồn tại của năm trước"


def first_draft(unit: Unit, year: int, today: date) -> list[Line]:
    """Lines to start from; each names where it comes from. A person rewrites them before the plan is saved."""
    start = min(max(date(year, 1, 1), today), date(year, 12, 31))
    return [*_duties(unit, start), *_open_points(unit, year, today), *_findings(unit, year)]


def _duties(unit: Unit, day: date) -> list[Line]:
    badge = {"text": "", "text*": ""}
    return [
        Line(
            group=_LAW,
            text=duty.text[:1000],
            lead=unit.name.split(" (")[0],
            when=duty.when or "Thường xuyên",
            origin=f"{duty.citation}{badge.get(duty.mark, ' (chưa đối chiếu)')}"[:300],
        )
        for duty in law_on(day).duties()
        if duty.rule.key.startswith(duty_prefixes(unit))
    ]


def _open_points(unit: Unit, year: int, today: date) -> list[Line]:
    points = Point.objects.filter(
        document__unit=unit, document__direction="received", state="live"
    ).select_related("document")
    return [
        Line(
            group=_OPEN,
            text=row.point.action[:1000],
            lead="; ".join(row.point.responsible)[:300] or unit.name.split(" (")[0],
            when=f"Quý I năm {year}",
            due=date(year, 3, 31),
            product="Báo cáo kết quả",
            origin=f"{row.point.document}, {str(row.point).lower()} ({STATES[row.state].lower()})"[:300],
        )
        for row in cover(points, today)
        if row.state in ("late", "no_owner", "no_evidence")
    ]


def _findings(unit: Unit, year: int) -> list[Line]:
    """Findings not yet remedied, from the rooms that keep them (`plan_items.py` with `open_findings`)."""
    found: list[Line] = []
    for _, module in modules("plan_items"):
        for text, origin in module.open_findings(unit, year - 1):
            found.append(
                Line(
                    group=_FOUND,
                    text=text[:1000],
                    lead=unit.name.split(" (")[0],
                    when=f"Quý I năm {year}",
                    due=date(year, 3, 31),
                    product="Biên bản khắc phục",
                    origin=origin[:300],
                )
            )
    return found
