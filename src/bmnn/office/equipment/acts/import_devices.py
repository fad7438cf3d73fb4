"""An existing list of devices is taken over, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bmnn.machines.usb import normal_serial
from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_unit_lives, check_words, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.core.rules import iso
from bmnn.office.equipment.acts.register_device import DeviceIn, body_of, judge, series
from bmnn.office.equipment.models import SecurityCheck
from bmnn.office.equipment.project import new_device, step
from bmnn.office.equipment.rules import EquipmentAct, keeps

MAX_ROWS = 5000


@dataclass(frozen=True)
class Taken:
    """A row of the list: the device and what the list says of its approval and check."""

    device: DeviceIn
    approved_on: date | None = None
    approval: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    certificate: str = ""
    valid_until: date | None = None


def judge_row(ctx: Context, unit: Unit, row: Taken, taken: frozenset[str]) -> list[Refusal]:
    """What is wrong with one row; a field is named like the column it stands in."""
    found = judge(ctx, unit, row.device, taken)
    found += check_words(
        (
            ("approval", "văn bản phê duyệt", row.approval, 200, False),
            ("checked_by", "đơn vị kiểm tra", row.checked_by, 200, False),
            ("certificate", "giấy chứng nhận, tem", row.certificate, 120, False),
        )
    )
    for name, label, day in (
        ("approved_on", "Ngày phê duyệt", row.approved_on),
        ("checked_on", "Ngày kiểm tra", row.checked_on),
    ):
        if day is not None and day > ctx.day:
            found.append(Refusal(name, f"{label} {day:%d/%m/%Y} ở tương lai; hôm nay là {ctx.day:%d/%m/%Y}."))
    if row.valid_until and row.checked_on and row.valid_until <= row.checked_on:
        found.append(
            Refusal("valid_until", f"Hiệu lực đến {row.valid_until:%d/%m/%Y} phải sau ngày kiểm tra.")
        )
    return found


@register
class ImportDevices(EquipmentAct):
    """Each row takes the next number. The list's own words on approval are kept as the list's words."""

    code = "equipment.import_devices"
    title = "Nhập danh sách thiết bị"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        source: str
        rows: tuple[Taken, ...] = field(default=())

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.unit) or check_unit_lives("unit", data.unit, ctx.day)
        if found:
            return found
        if not 0 < len(data.rows) <= MAX_ROWS:
            return [
                Refusal(
                    "file", f"Danh sách phải có từ 1 đến {MAX_ROWS} dòng; tệp này có {len(data.rows)} dòng."
                )
            ]
        found += check_words((("file", "tên tệp", data.source, 200, True),))
        seen: set[str] = set()
        for number, row in enumerate(data.rows, 1):
            wrong = judge_row(ctx, data.unit, row, frozenset(seen))
            found += [Refusal("", f"Dòng {number}: {r.message}", r.citation) for r in wrong]
            seen.add(normal_serial(row.device.serial))
        return found

    def number(self, ctx: Context) -> None:
        for _ in self.input.rows:
            ctx.take("Số đăng ký cuối", series(self.input.unit))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        first = ctx.numbers["Số đăng ký cuối"] - len(data.rows) + 1
        return {
            "unit": str(data.unit.public_id),
            "source": line(data.source),
            "first": first,
            "rows": [
                {
                    **body_of(ctx, row.device),
                    "state": "approved" if row.approved_on else "registered",
                    "approved_on": iso(row.approved_on),
                    "approval": line(row.approval),
                    "checked_on": iso(row.checked_on),
                    "checked_by": line(row.checked_by),
                    "certificate": line(row.certificate),
                    "valid_until": iso(row.valid_until),
                }
                for row in data.rows
            ],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit = Unit.objects.get(public_id=body["unit"])
        for number, row in enumerate(body["rows"], body["first"]):
            device = new_device(event, row, number, unit)
            if device.checked_on:
                SecurityCheck.objects.create(
                    device=device,
                    day=device.checked_on,
                    by=device.checked_by,
                    certificate=device.certificate,
                    valid_until=device.valid_until,
                    note=f"theo danh sách «{body['source']}»",
                )
            step(event, device, cls.title, f"Theo tệp «{body['source']}»")
