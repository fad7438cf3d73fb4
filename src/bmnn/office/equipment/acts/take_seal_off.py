"""A seal comes off, or is found broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Seal
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class TakeSealOff(EquipmentAct):
    """The reason stays in the history."""

    code = "equipment.take_seal_off"
    title = "Gỡ niêm phong"

    @dataclass(frozen=True)
    class Input:
        seal: Seal
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        seal = self.input.seal
        found = sees(ctx, seal.device) or keeps(ctx, seal.device.unit, ("van_thu", "kiem_tra"))
        if found:
            return found
        if seal.off_on is not None:
            found.append(Refusal("", f"Tem số {seal.number} đã gỡ ngày {seal.off_on:%d/%m/%Y}."))
        return found + check_words((("reason", "lý do gỡ", self.input.reason, 300, True),))

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"seal": str(self.input.seal.public_id), "reason": line(self.input.reason)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        seal = Seal.objects.select_related("device").get(public_id=body["seal"])
        seal.off_on, seal.reason = date.fromisoformat(event.day), body["reason"]
        seal.save()
        step(event, seal.device, cls.title, f"Tem số {seal.number}: {body['reason']}")
