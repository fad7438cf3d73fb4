"""A finding is accepted or explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import actor_of, sees
from bmnn.office.equipment.models import Finding
from bmnn.office.equipment.rules import EquipmentAct, answers_for
from bmnn.office.equipment.words import FINDING_STATES


@register
class AnswerFinding(EquipmentAct):
    """By those who answer for the unit. A second answer takes the place of the first; both stay in the log."""

    code = "equipment.answer_finding"
    title = "Trả lời phát hiện"

    @dataclass(frozen=True)
    class Input:
        finding: Finding
        state: str
        answer: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.finding) or answers_for(ctx, data.finding.of.unit)
        if found:
            return found
        if data.state not in FINDING_STATES or data.state == "open":
            found.append(Refusal("state", "Hãy chọn thừa nhận hoặc giải trình."))
        if data.finding.remedies.filter(state="open").exists() and data.state == "explained":
            found.append(
                Refusal("state", "Phát hiện này đang có việc khắc phục; hãy hoàn thành việc đó trước.")
            )
        must = data.state == "explained"
        return found + check_words((("answer", "giải trình", data.answer, 1000, must),))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "finding": str(data.finding.public_id),
            "state": data.state,
            "answer": line(data.answer),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        who = actor_of(event)
        Finding.objects.filter(public_id=body["finding"]).update(
            state=body["state"],
            answer=body["answer"],
            answered_by=who.name if who else "",
            answered_on=date.fromisoformat(event.day),
        )
