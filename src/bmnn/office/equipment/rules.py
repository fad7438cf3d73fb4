"""Checks that several acts on equipment share. Each refusal says what is wrong, on which article, what to do."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django.db import models

from bmnn.office.core.access import may
from bmnn.office.core.act import Act, Context, Refusal
from bmnn.office.core.clean import check_line
from bmnn.office.core.models import Account, Person, Unit
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.policies import KEEPERS
from bmnn.office.equipment.words import GONE


class EquipmentAct(Act):
    """Reads its rows again inside the transaction: a page loads them before the lock is held."""

    stream = "equipment"

    def check(self, ctx: Context) -> list[Refusal]:
        for one in fields(self.input):
            value = getattr(self.input, one.name)
            if isinstance(value, models.Model) and not isinstance(value, Account | Unit | Person):
                value.refresh_from_db()
        return self.examine(ctx)

    def examine(self, ctx: Context) -> list[Refusal]:
        """Access, authority, dates, law; [] when it may be done."""
        raise NotImplementedError


def cite(ctx: Context, key: str) -> str:
    """The article of a rule on the day of the act, with «chưa đối chiếu» while it is not settled."""
    rule = ctx.law.find(key)
    if rule is None:
        return ""
    return f"{rule.citation} ({rule.badge})" if rule.badge else str(rule.citation)


def sees(ctx: Context, obj: Any) -> list[Refusal]:
    """The actor may see it; the words do not tell whether it exists."""
    if ctx.actor is None or not may(ctx.actor, "see", obj, ctx.day):
        return [Refusal("", "Không tìm thấy hồ sơ này.")]
    return []


def keeps(ctx: Context, unit: Unit, roles: tuple[str, ...] = ("van_thu",)) -> list[Refusal]:
    """The actor keeps the unit's register of equipment."""
    actor = ctx.actor
    if actor is not None and actor.is_active and any(actor.has_role(r, ctx.day, unit) for r in roles):
        return []
    who = {"van_thu": "văn thư, cán bộ bảo mật", "thu_truong": "thủ trưởng", "kiem_tra": "người kiểm tra"}
    words = " hoặc ".join(who[r] for r in roles)
    return [
        Refusal("", f"Chỉ {words} của {unit.name} được làm việc này.", cite(ctx, "machine.protect_storage"))
    ]


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


def check_words(lines: tuple[tuple[str, str, str, int, bool], ...]) -> list[Refusal]:
    """Several typed lines: (field, label, value, limit, required)."""
    return [
        r for f, label, value, limit, must in lines for r in check_line(f, label, value, limit, required=must)
    ]
