"""A device leaves the register for good, wiped, with minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import cite, iso, sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, check_day, in_use, keeps
from bmnn.office.equipment.words import KEEPS_DATA

METHODS = {
    "overwritten": "Ghi đè toàn bộ ổ lưu trữ",
    "destroyed": "Phá hủy vật lý ổ lưu trữ",
    "removed": "Tháo ổ lưu trữ, giữ lại cơ quan",
    "none": "Thiết bị không lưu dữ liệu",
}


@register
class RetireDevice(EquipmentAct):
    """What keeps data is wiped or destroyed before, before two witnesses who sign the minutes."""

    code = "equipment.retire_device"
    title = "Thanh lý thiết bị"

    @dataclass(frozen=True)
    class Input:
        device: Device
        reason: str
        method: str
        minutes: str
        minutes_day: date | None
        members: tuple[str, ...]
        document: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit)
        if found:
            return found
        found += in_use(data.device)
        found += check_words(
            (
                ("reason", "lý do thanh lý", data.reason, 300, True),
                ("minutes", "số biên bản xóa, hủy dữ liệu", data.minutes, 120, True),
                ("document", "quyết định thanh lý", data.document, 200, False),
                *(("members", "người tham gia", m, 120, True) for m in data.members),
            )
        )
        found += check_day("minutes_day", "ngày biên bản", data.minutes_day, ctx)
        if data.method not in METHODS or (data.method == "none" and data.device.kind in KEEPS_DATA):
            found.append(
                Refusal(
                    "method",
                    "Thiết bị có lưu dữ liệu phải được ghi đè, phá hủy hoặc tháo ổ lưu trữ trước khi thanh lý.",
                    cite(ctx, "machine.change_of_use"),
                )
            )
        if len({m.strip().casefold() for m in data.members if m.strip()}) < 2:
            found.append(Refusal("members", "Cần ít nhất hai người tham gia, mỗi người một dòng."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "device": str(data.device.public_id),
            "reason": line(data.reason),
            "method": data.method,
            "minutes": line(data.minutes),
            "minutes_day": iso(data.minutes_day),
            "members": [line(m) for m in data.members if m.strip()],
            "document": line(data.document),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        device.state, device.retired_on = "retired", date.fromisoformat(event.day)
        device.save()
        members = ", ".join(body["members"])
        words = f"{body['reason']}. {METHODS[body['method']]}; biên bản {body['minutes']} ({members})"
        step(event, device, cls.title, words)
