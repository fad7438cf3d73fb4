"""A device is reported lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import iso, sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, answers_for, check_day, in_use


@register
class LoseDevice(EquipmentAct):
    """From now on any trace of it on a computer is a finding. What it held is an incident of its own."""

    code = "equipment.lose_device"
    title = "Báo mất thiết bị"

    @dataclass(frozen=True)
    class Input:
        device: Device
        day: date | None
        text: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or answers_for(ctx, data.device.unit)
        if found:
            return found
        found += in_use(data.device) + check_day("day", "ngày phát hiện", data.day, ctx)
        return found + check_words((("text", "mất khi nào, ở đâu", data.text, 500, True),))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {"device": str(data.device.public_id), "day": iso(data.day), "text": line(data.text)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        device.state = "lost"
        device.save()
        step(
            event,
            device,
            cls.title,
            f"Phát hiện ngày {date.fromisoformat(body['day']):%d/%m/%Y}: {body['text']}",
        )
