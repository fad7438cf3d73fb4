"""A device comes back from repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class ReturnRepair(EquipmentAct):
    """It waits for approval again: what was in strange hands is checked before it works with secrets."""

    code = "equipment.return_repair"
    title = "Nhận lại sau sửa chữa"

    @dataclass(frozen=True)
    class Input:
        device: Device
        result: str

    def examine(self, ctx: Context) -> list[Refusal]:
        device = self.input.device
        found = sees(ctx, device) or keeps(ctx, device.unit)
        if found:
            return found
        if device.state != "repair":
            found.append(Refusal("", f"{device} không ở trạng thái sửa chữa."))
        return found + check_words((("result", "kết quả sửa chữa", self.input.result, 300, True),))

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"device": str(self.input.device.public_id), "result": line(self.input.result)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        repair = device.repairs.filter(back_on__isnull=True).first()
        if repair is not None:
            repair.back_on, repair.result = date.fromisoformat(event.day), body["result"]
            repair.save()
        device.state, device.checked_on, device.valid_until = "registered", None, None
        device.save()
        step(event, device, cls.title, f"{body['result']}. Phải kiểm tra an ninh lại trước khi dùng")
