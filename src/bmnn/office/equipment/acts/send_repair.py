"""A device leaves for repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import cite, sees
from bmnn.office.equipment.models import Device, Repair
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, in_use, keeps
from bmnn.office.equipment.words import KEEPS_DATA

STORAGE = {
    "removed": "Đã tháo ổ lưu trữ, giữ lại cơ quan",
    "watched": "Sửa tại chỗ, có người giám sát",
    "none": "Thiết bị không lưu dữ liệu",
}


@register
class SendRepair(EquipmentAct):
    """What keeps data does not leave with its storage: it is taken out, or somebody watches."""

    code = "equipment.send_repair"
    title = "Đưa đi sửa chữa"

    @dataclass(frozen=True)
    class Input:
        device: Device
        where: str
        reason: str
        storage: str
        supervisor: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit)
        if found:
            return found
        found += in_use(data.device)
        if data.device.state == "repair":
            found.append(Refusal("", f"{data.device} đang sửa chữa."))
        found += check_words(
            (
                ("where", "nơi sửa chữa", data.where, 200, True),
                ("reason", "hỏng hóc", data.reason, 300, True),
                ("supervisor", "người giám sát", data.supervisor, 120, data.storage == "watched"),
            )
        )
        if data.storage not in STORAGE or (data.storage == "none" and data.device.kind in KEEPS_DATA):
            found.append(
                Refusal(
                    "storage",
                    "Thiết bị có lưu dữ liệu: phải tháo ổ lưu trữ giữ lại, hoặc sửa tại chỗ có người giám sát.",
                    cite(ctx, "machine.protect_storage"),
                )
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "device": str(data.device.public_id),
            "where": line(data.where),
            "reason": line(data.reason),
            "storage": data.storage,
            "supervisor": line(data.supervisor),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        row = {k: body[k] for k in ("where", "reason", "storage", "supervisor")}
        Repair.objects.create(device=device, sent_on=date.fromisoformat(event.day), **row)
        device.state = "repair"
        device.save()
        watched = f", giám sát: {body['supervisor']}" if body["supervisor"] else ""
        step(
            event,
            device,
            cls.title,
            f"{body['where']}: {body['reason']}. {STORAGE[body['storage']]}{watched}",
        )
