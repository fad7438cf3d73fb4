"""The head approves the annual plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Plan
from bmnn.office.guidance.rules import GuidanceAct, actor_of, keeps


@register
class ApprovePlan(GuidanceAct):
    """An earlier approved plan of the year is replaced. Who drafted it does not approve it."""

    code = "guidance.approve_plan"
    title = "Duyệt kế hoạch năm"

    @dataclass(frozen=True)
    class Input:
        plan: Plan
        reference: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.plan) or keeps(ctx, data.plan.unit, ("thu_truong",))
        found += check_line("reference", "số, ký hiệu kế hoạch", data.reference, 100)
        if data.plan.state != "draft":
            found.append(Refusal("", f"Kế hoạch này {data.plan.state_word.lower()}."))
        if ctx.actor is not None and data.plan.drafted_by_id == ctx.actor.person_id:
            found.append(Refusal("", "Người lập kế hoạch không tự duyệt kế hoạch của mình."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"plan": str(self.input.plan.public_id), "reference": line(self.input.reference)}

    @classmethod
    def project(cls, event: Event) -> None:
        plan = Plan.objects.get(public_id=event.data["plan"])
        Plan.objects.filter(unit=plan.unit_id, year=plan.year, state="approved").update(state="replaced")
        Plan.objects.filter(pk=plan.pk).update(
            state="approved",
            approved_by=actor_of(event),
            approved_on=date.fromisoformat(event.day),
            reference=event.data["reference"],
        )
