"""A device was checked for security: who, when, certificate or sticker, until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import cite, day_of, iso, sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.models import SecurityCheck as Row
from bmnn.office.equipment.project import fold_of, step
from bmnn.office.equipment.rules import EquipmentAct, check_day, in_use, keeps


@register
class RecordSecurityCheck(EquipmentAct):
    """No period is assumed: the law leaves it to the unit, so the last day is typed from the certificate."""

    code = "equipment.security_check"
    title = "Ghi kiểm tra an ninh"

    @dataclass(frozen=True)
    class Input:
        device: Device
        day: date | None
        by: str
        certificate: str = ""
        valid_until: date | None = None
        passed: bool = True
        note: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit, ("van_thu", "kiem_tra"))
        if found:
            return found
        found += in_use(data.device)
        found += check_day("day", "ngày kiểm tra", data.day, ctx)
        found += check_words(
            (
                ("by", "cơ quan, người kiểm tra", data.by, 200, True),
                ("certificate", "số giấy chứng nhận hoặc tem", data.certificate, 120, data.passed),
                ("note", "ghi chú", data.note, 500, not data.passed),
            )
        )
        if data.valid_until is not None and data.day is not None and data.valid_until <= data.day:
            found.append(
                Refusal(
                    "valid_until",
                    f"Ngày hết hạn {data.valid_until:%d/%m/%Y} phải sau ngày kiểm tra {data.day:%d/%m/%Y}.",
                    cite(ctx, "machine.security_check_period"),
                )
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "device": str(data.device.public_id),
            "day": iso(data.day),
            "by": line(data.by),
            "certificate": line(data.certificate),
            "valid_until": iso(data.valid_until),
            "passed": data.passed,
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        day = date.fromisoformat(body["day"])
        row = {k: body[k] for k in ("by", "certificate", "passed", "note")}
        Row.objects.create(device=device, day=day, valid_until=day_of(body["valid_until"]), **row)
        if body["passed"]:
            device.checked_on, device.checked_by = day, body["by"]
            device.certificate, device.valid_until = body["certificate"], day_of(body["valid_until"])
        else:
            device.checked_on, device.valid_until = None, None
            device.state = "registered" if device.state == "approved" else device.state
        device.fold = fold_of(device)
        device.save()
        until = f", hết hạn {day_of(body['valid_until']):%d/%m/%Y}" if body["valid_until"] else ""
        result = (
            f"đạt, giấy chứng nhận/tem {body['certificate']}{until}"
            if body["passed"]
            else f"KHÔNG đạt: {body['note']}"
        )
        step(event, device, cls.title, f"{body['by']}, {day:%d/%m/%Y}: {result}")
