"""A report is returned to the unit with what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.guidance.models import Due
from bmnn.office.guidance.project import due_of, step
from bmnn.office.guidance.review import check_review
from bmnn.office.guidance.rules import GuidanceAct


@register
class ReturnReport(GuidanceAct):
    """The date stays; the unit owes the work again."""

    code = "guidance.return_report"
    title = "Trả lại báo cáo"

    @dataclass(frozen=True)
    class Input:
        due: Due
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        return check_review(ctx, self.input.due) + check_line(
            "reason", "điều còn thiếu", self.input.reason, 1000
        )

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"due": str(self.input.due.public_id), "reason": line(self.input.reason)}

    @classmethod
    def project(cls, event: Event) -> None:
        due = due_of(event.data)
        person = step(event, due, "Trả lại báo cáo", event.data["reason"])
        Due.objects.filter(pk=due.pk).update(state="returned", reviewed_by=person, returns=F("returns") + 1)
