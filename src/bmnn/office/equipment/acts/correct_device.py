"""One entry about a device was wrong and is put right; the earlier words stay in the log and in the history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.machines.usb import normal_serial
from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import fold_of, step
from bmnn.office.equipment.rules import EquipmentAct, check_code, keeps
from bmnn.office.equipment.words import GONE

# What may be corrected, with its name and greatest length. Use, keeper and checks have acts of their own.
FIELDS: dict[str, tuple[str, int]] = {
    "name": ("tên thiết bị", 200),
    "serial": ("số sê-ri", 120),
    "vid": ("mã nhà sản xuất (VID)", 4),
    "pid": ("mã sản phẩm (PID)", 4),
    "place": ("nơi đặt", 200),
    "note": ("ghi chú", 500),
}


@register
class CorrectDevice(EquipmentAct):
    """A corrected serial makes the device another one for every check: it waits for approval again."""

    code = "equipment.correct_device"
    title = "Đính chính"

    @dataclass(frozen=True)
    class Input:
        device: Device
        field: str
        value: str
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit)
        if found:
            return found
        if data.field not in FIELDS:
            return [Refusal("field", "Hãy chọn mục cần đính chính.")]
        label, limit = FIELDS[data.field]
        must = data.field in ("name", "serial")
        found = check_words(
            (("value", label, data.value, limit, must), ("reason", "lý do", data.reason, 300, True))
        )
        value = line(data.value)
        if value == getattr(data.device, data.field):
            found.append(Refusal("value", "Nội dung mới giống nội dung đang ghi trong sổ."))
        if data.field in ("vid", "pid"):
            found += check_code("value", value)
        if data.field == "serial" and not found:
            same = Device.objects.filter(serial_key=normal_serial(value)).exclude(state__in=GONE)
            if normal_serial(value) and same.exclude(pk=data.device.pk).exists():
                found.append(Refusal("value", "Số sê-ri này đã có trong sổ thiết bị."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        value = line(data.value)
        return {
            "device": str(data.device.public_id),
            "field": data.field,
            "value": value.upper() if data.field in ("vid", "pid") else value,
            "reason": line(data.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        before = getattr(device, body["field"])
        setattr(device, body["field"], body["value"])
        if body["field"] == "serial":
            device.serial_key = normal_serial(body["value"])
            device.state = "registered" if device.state == "approved" else device.state
        device.fold = fold_of(device)
        device.save()
        label = FIELDS[body["field"]][0]
        step(
            event,
            device,
            cls.title,
            f"{label}: «{before or 'trống'}» → «{body['value'] or 'trống'}». {body['reason']}",
        )
