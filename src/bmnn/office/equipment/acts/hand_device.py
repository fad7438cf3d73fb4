"""A device goes to another keeper or another room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event, Person
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import fold_of, person_of, step
from bmnn.office.equipment.rules import EquipmentAct, check_keeper, in_use, keeps


@register
class HandDevice(EquipmentAct):
    """Who keeps it from today, and where it stands."""

    code = "equipment.hand_device"
    title = "Bàn giao thiết bị"

    @dataclass(frozen=True)
    class Input:
        device: Device
        keeper: Person | None = None
        keeper_text: str = ""
        place: str = ""
        note: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.device) or keeps(ctx, data.device.unit)
        if found:
            return found
        found += in_use(data.device) + check_keeper(ctx, data.device.unit, data.keeper)
        if data.keeper is None and not data.keeper_text.strip():
            found.append(Refusal("keeper", "Hãy chọn người giữ hoặc nhập tên người giữ."))
        return found + check_words(
            (
                ("keeper_text", "người giữ", data.keeper_text, 120, False),
                ("place", "nơi đặt", data.place, 200, False),
                ("note", "ghi chú", data.note, 300, False),
            )
        )

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "device": str(data.device.public_id),
            "keeper": str(data.keeper.public_id) if data.keeper else None,
            "keeper_text": "" if data.keeper else line(data.keeper_text),
            "place": line(data.place),
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        device = Device.objects.get(public_id=body["device"])
        before = device.keeper_word or "chưa ghi"
        device.keeper, device.keeper_text = person_of(body["keeper"]), body["keeper_text"]
        device.place = body["place"] or device.place
        device.fold = fold_of(device)
        device.save()
        place = f", {device.place}" if device.place else ""
        note = f" ({body['note']})" if body["note"] else ""
        step(event, device, cls.title, f"{before} → {device.keeper_word}{place}{note}")
