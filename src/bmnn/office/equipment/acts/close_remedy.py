"""What had to be put right was put right, with what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Remedy
from bmnn.office.equipment.rules import EquipmentAct, answers_for


@register
class CloseRemedy(EquipmentAct):
    """By its owner or by those who answer for the unit. A new check shows whether it holds."""

    code = "equipment.close_remedy"
    title = "Báo đã khắc phục"

    @dataclass(frozen=True)
    class Input:
        remedy: Remedy
        evidence: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.remedy)
        if found:
            return found
        if ctx.actor is None or data.remedy.owner_id != ctx.actor.person_id:
            found += answers_for(ctx, data.remedy.unit)
        if data.remedy.state != "open":
            found.append(Refusal("", "Việc này đã được báo khắc phục."))
        return found + check_words((("evidence", "kết quả, tài liệu chứng minh", data.evidence, 500, True),))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {"remedy": str(data.remedy.public_id), "evidence": line(data.evidence)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Remedy.objects.filter(public_id=body["remedy"]).update(
            state="done", done_on=date.fromisoformat(event.day), evidence=body["evidence"]
        )
