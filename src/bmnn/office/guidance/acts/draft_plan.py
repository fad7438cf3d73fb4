"""The annual plan is drafted, or drafted again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.core.rules import day_of, iso
from bmnn.office.guidance.models import Plan, PlanItem
from bmnn.office.guidance.rules import GuidanceAct, actor_of, check_text, works_in


@dataclass(frozen=True)
class Line:
    """One line of the plan; `when` as printed, `due` as a date where there is one."""

    group: str
    text: str
    lead: str
    when: str
    helpers: str = ""
    due: date | None = None
    product: str = ""
    cost: str = ""
    origin: str = ""


_FIELDS = (
    ("group", "nhóm việc", 200, True),
    ("text", "nội dung", 1000, True),
    ("lead", "đơn vị chủ trì", 300, True),
    ("when", "thời gian", 100, True),
    ("helpers", "đơn vị phối hợp", 300, False),
    ("product", "sản phẩm", 300, False),
    ("cost", "kinh phí", 100, False),
    ("origin", "căn cứ", 300, False),
)


@register
class DraftPlan(GuidanceAct):
    """A new version replaces an unapproved draft; an approved plan is replaced only when the new one is
    approved."""

    code = "guidance.draft_plan"
    title = "Lập kế hoạch năm"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        year: int
        goals: str
        lines: tuple[Line, ...]

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        if not works_in(ctx, data.unit):
            return [Refusal("", f"Bạn không làm việc tại {data.unit.name}.")]
        found = check_text("goals", "mục đích, yêu cầu", data.goals, required=False)
        if not ctx.day.year - 1 <= data.year <= ctx.day.year + 1:
            found.append(Refusal("year", f"Năm {data.year} không phải năm trước, năm nay hoặc năm sau."))
        if not data.lines:
            found.append(Refusal("lines", "Kế hoạch chưa có việc nào."))
        for n, one in enumerate(data.lines, 1):
            for name, label, limit, required in _FIELDS:
                found += check_line(
                    "lines", f"{label} (dòng {n})", getattr(one, name), limit, required=required
                )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "plan": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "year": data.year,
            "goals": data.goals.strip(),
            "lines": [
                {
                    "id": str(ctx.new_id()),
                    "due": iso(one.due),
                    **{name: line(getattr(one, name)) for name, *_ in _FIELDS},
                }
                for one in data.lines
            ],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit = Unit.objects.get(public_id=body["unit"])
        earlier = Plan.objects.filter(unit=unit, year=body["year"])
        version = earlier.count() + 1
        earlier.filter(state="draft").update(state="replaced")
        plan = Plan.objects.create(
            public_id=uuid.UUID(body["plan"]),
            unit=unit,
            year=body["year"],
            version=version,
            goals=body["goals"],
            drafted_by=actor_of(event),
            drafted_on=date.fromisoformat(event.day),
        )
        for order, one in enumerate(body["lines"], 1):
            PlanItem.objects.create(
                public_id=uuid.UUID(one["id"]),
                plan=plan,
                order=order,
                due=day_of(one["due"]),
                **{name: one[name] for name, *_ in _FIELDS},
            )
