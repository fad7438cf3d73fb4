"""Minutes of a check (biên bản kiểm tra) take their number."""

from __future__ import annotations

from dataclasses import dataclass

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.minutes import MinutesAct, MinutesInput
from bmnn.office.core.models import Event
from bmnn.office.core.overseers import OVERSEERS
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Check, Minutes
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class IssueMinutes(MinutesAct, EquipmentAct):
    """One a check."""

    code = "equipment.issue_minutes"
    title = "Lập biên bản kiểm tra"
    series = "machine_minutes"
    names = ("minutes", "check")
    labels = {
        "team": "thành phần kiểm tra",
        "present": "đại diện đơn vị được kiểm tra",
        "conclusion": "kết luận, kiến nghị",
    }

    @dataclass(frozen=True)
    class Input(MinutesInput):
        of: Check

    def may(self, ctx: Context) -> list[Refusal]:
        return sees(ctx, self.input.of) or keeps(ctx, self.input.of.unit, OVERSEERS)

    def ready(self, ctx: Context) -> list[Refusal]:
        return [Refusal("", "Lần kiểm tra này đã có biên bản.")] if self.input.of.minutes.exists() else []

    @classmethod
    def project(cls, event: Event) -> None:
        Minutes.objects.create(of=Check.objects.get(public_id=event.data["check"]), **cls.written(event))
