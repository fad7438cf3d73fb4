"""A seal is put on a device."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Device, Seal
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, in_use, keeps


@register
class PutSeal(EquipmentAct):
    """A number is used once in the unit while it is on a device."""

    code = "equipment.put_seal"
    title = "Dán niêm phong"

    @dataclass(frozen=True)
    class Input:
        device: Device
        number: str
        place: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit, ("van_thu", "kiem_tra"))
        if found:
            return found
        found += in_use(data.device)
        found += check_words(
            (
                ("number", "số tem niêm phong", data.number, 60, True),
                ("place", "vị trí dán", data.place, 120, False),
            )
        )
        same = Seal.objects.filter(
            number=line(data.number), off_on__isnull=True, device__unit=data.device.unit
        ).select_related("device")
        if not found and same.exists():
            found.append(Refusal("number", f"Tem số {line(data.number)} đang dán trên {same[0].device}."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "seal": str(ctx.new_id()),
            "device": str(data.device.public_id),
            "number": line(data.number),
            "place": line(data.place),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        Seal.objects.create(
            public_id=uuid.UUID(body["seal"]),
            device=device,
            number=body["number"],
            place=body["place"],
            put_on=date.fromisoformat(event.day),
        )
        step(
            event,
            device,
            cls.title,
            f"Tem số {body['number']}{', ' + body['place'] if body['place'] else ''}",
        )
