"""Checks that several acts on equipment share. Each refusal says what is wrong, on which article, what to do."""

from __future__ import annotations

from datetime import date

from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.overseers import KEEPERS
from bmnn.office.core.rules import LiveAct, works_for
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.words import GONE


class EquipmentAct(LiveAct):
    """An act on equipment."""

    stream = "equipment"


def keeps(ctx: Context, unit: Unit, roles: tuple[str, ...] = ("van_thu",)) -> list[Refusal]:
    """The actor keeps the unit's register of equipment."""
    return works_for(ctx, unit, roles, "machine.protect_storage")


def answers_for(ctx: Context, unit: Unit) -> list[Refusal]:
    """The actor keeps or leads the unit."""
    return keeps(ctx, unit, KEEPERS)


def in_use(device: Device) -> list[Refusal]:
    """The device is neither retired nor lost."""
    if device.state in GONE:
        return [Refusal("", f"{device} {device.state_word.lower()}, không ghi thêm được.")]
    return []


def check_day(
    field: str, label: str, day: date | None, ctx: Context, *, after: date | None = None
) -> list[Refusal]:
    """A day that is not in the future and not before `after`."""
    if day is None:
        return [Refusal(field, f"Chưa nhập {label}.")]
    name = f"{label[:1].upper()}{label[1:]}"
    if day > ctx.day:
        return [Refusal(field, f"{name} {day:%d/%m/%Y} ở tương lai; hôm nay là {ctx.day:%d/%m/%Y}.")]
    if after is not None and day < after:
        return [Refusal(field, f"{name} {day:%d/%m/%Y} trước ngày đăng ký thiết bị {after:%d/%m/%Y}.")]
    return []


def check_keeper(ctx: Context, unit: Unit, person: Person | None) -> list[Refusal]:
    """A keeper has a post in the unit on the day."""
    if person is None or person.posts_on(ctx.day).filter(unit=unit).exists():
        return []
    return [
        Refusal("keeper", f"{person.name} không giữ chức vụ nào tại {unit.name} vào ngày {ctx.day:%d/%m/%Y}.")
    ]


def check_code(field: str, text: str) -> list[Refusal]:
    """A vendor or product id of a USB device: four hex digits, or nothing."""
    if not text or (len(text) == 4 and all(c in "0123456789ABCDEF" for c in text.upper())):
        return []
    return [Refusal(field, f"Mã «{text[:20]}» phải gồm đúng 4 chữ số hệ 16, ví dụ 0951.")]
