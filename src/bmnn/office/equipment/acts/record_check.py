"""A check of computers is put on file: what was found, held against the register."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.machines.usb import computer_serial
from bmnn.office.core.act import Context, Refusal, numbers_of, register
from bmnn.office.core.clean import check_unit_lives, check_words, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.core.rules import actor_of, sees
from bmnn.office.equipment.models import Check, Device, Finding
from bmnn.office.equipment.project import step
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class RecordCheck(EquipmentAct):
    """`result` is `results.reduce(…)`. `follows`: the earlier check that this one repeats."""

    code = "equipment.record_check"
    title = "Đưa kết quả kiểm tra vào hồ sơ"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        title: str
        result: dict[str, Any]
        follows: Check | None = None

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.unit, ("van_thu", "thu_truong", "kiem_tra"))
        if found:
            return found
        found += check_unit_lives("unit", data.unit, ctx.day)
        found += check_words((("title", "tên lần kiểm tra", data.title, 200, True),))
        if not data.result.get("machines"):
            found.append(Refusal("", "Kết quả không có máy nào. Hãy kiểm tra lại bộ thu thập."))
        if data.follows is not None:
            found += sees(ctx, data.follows)
            if data.follows.unit_id != data.unit.pk:
                found.append(Refusal("follows", "Lần kiểm tra trước thuộc đơn vị khác."))
        return found

    def number(self, ctx: Context) -> None:
        ctx.take("Số lần kiểm tra", f"machine_check/{self.input.unit.public_id}", str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "check": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "title": line(data.title),
            "follows": str(data.follows.public_id) if data.follows else None,
            "findings": [str(ctx.new_id()) for _ in data.result["findings"]],
            "result": data.result,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        day = date.fromisoformat(event.day)
        unit = Unit.objects.get(public_id=body["unit"])
        result = {k: v for k, v in body["result"].items() if k != "findings"}
        check = Check.objects.create(
            public_id=uuid.UUID(body["check"]),
            unit=unit,
            number=numbers_of(event)["Số lần kiểm tra"],
            year=day.year,
            title=body["title"],
            day=day,
            by=actor_of(event),
            follows=Check.objects.get(public_id=body["follows"]) if body["follows"] else None,
            result=result,
        )
        known = {d.serial_key: d for d in Device.objects.exclude(serial_key="").order_by("id")}
        for rank, (public_id, row) in enumerate(
            zip(body["findings"], body["result"]["findings"], strict=True), 1
        ):
            values = {k: row[k] for k in ("code", "title", "machines", "severity", "confidence", "summary", "law",
                                          "observations", "total", "does_not_prove", "serial")}  # fmt: skip
            Finding.objects.create(
                public_id=uuid.UUID(public_id), of=check, rank=rank, device=known.get(row["serial"]), **values
            )
        for machine in check.result["machines"]:
            device = _computer(unit, machine)
            if device is not None:
                count = sum(machine["name"] in f["machines"] for f in body["result"]["findings"])
                step(event, device, "Kiểm tra máy", f"Lần {check.number:02d}/{check.year}: {count} phát hiện")


def _computer(unit: Unit, machine: dict[str, Any]) -> Device | None:
    rows = Device.objects.filter(unit=unit, kind="computer").order_by("id")
    serial = computer_serial(machine["serial"])
    by_serial = rows.filter(serial_key=serial).first() if serial else None
    return by_serial or rows.filter(name__iexact=machine["name"]).first()
