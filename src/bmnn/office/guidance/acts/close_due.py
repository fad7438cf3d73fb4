"""The giver accepts the evidence: this date is done; a periodic task gets its next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.guidance.models import Due
from bmnn.office.guidance.project import due_of, next_due, step
from bmnn.office.guidance.review import check_review
from bmnn.office.guidance.rules import GuidanceAct


@register
class CloseDue(GuidanceAct):
    """Closed with the reviewer's words, if any."""

    code = "guidance.close_due"
    title = "Duyệt hoàn thành"

    @dataclass(frozen=True)
    class Input:
        due: Due
        words: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        return check_review(ctx, self.input.due) + check_line(
            "words", "nhận xét", self.input.words, 1000, required=False
        )

    def event(self, ctx: Context) -> dict[str, Any]:
        return {
            "due": str(self.input.due.public_id),
            "words": line(self.input.words),
            "next": str(ctx.new_id()),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        due = due_of(event.data)
        person = step(event, due, "Duyệt hoàn thành", event.data["words"])
        Due.objects.filter(pk=due.pk).update(
            state="closed", reviewed_by=person, closed_on=date.fromisoformat(event.day)
        )
        next_due(event, due, event.data["next"])
