"""Checks that several acts of guidance share."""

from __future__ import annotations

from datetime import date, timedelta

from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.clean import check_line, check_unit_lives
from bmnn.office.core.models import Account, Event, Person, Unit
from bmnn.office.core.overseers import KEEPERS
from bmnn.office.core.rules import LiveAct


class GuidanceAct(LiveAct):
    """An act on a directive or what becomes of it."""

    stream = "guidance"


def keeps(ctx: Context, unit: Unit, roles: tuple[str, ...] = KEEPERS) -> list[Refusal]:
    """The actor answers for the unit's guidance."""
    actor = ctx.actor
    if actor is None or not actor.is_active or not any(actor.has_role(r, ctx.day, unit) for r in roles):
        return [Refusal("", f"Chỉ văn thư hoặc thủ trưởng của {unit.name} được làm việc này.")]
    return []


def works_in(ctx: Context, unit: Unit) -> bool:
    """Whether the actor has a post or a working role in the unit."""
    actor = ctx.actor
    if actor is None or not actor.is_active:
        return False
    roles = ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan")
    return any(p.unit_id == unit.pk for p in ctx.posts) or any(
        actor.has_role(r, ctx.day, unit) for r in roles
    )


def check_below(ctx: Context, giver: Unit, unit: Unit) -> list[Refusal]:
    """A task goes to the unit itself or to one below it that exists on the day."""
    gone = check_unit_lives("unit", unit, ctx.day)
    if gone:
        heirs = ", ".join(u.name for u in unit.successors.all())
        words = f" Đơn vị kế thừa: {heirs}." if heirs else " Hãy chọn đơn vị kế thừa."
        return [Refusal("unit", gone[0].message + words)]
    if not Unit.objects.under(giver, ctx.day).filter(pk=unit.pk).exists():
        return [Refusal("unit", f"{unit.name} không thuộc quyền của {giver.name} nên không giao được việc.")]
    return []


def check_person(ctx: Context, unit: Unit, person: Person | None) -> list[Refusal]:
    """The person has a post in the unit on the day."""
    if person is None or person.posts_on(ctx.day).filter(unit=unit).exists():
        return []
    return [Refusal("person", f"{person.name} không giữ chức vụ nào trong {unit.name}.")]


def check_text(
    field: str, label: str, value: str, limit: int = 20_000, *, required: bool = True
) -> list[Refusal]:
    """A text of several lines: each line is judged as a line."""
    if required and not value.strip():
        return [Refusal(field, f"Chưa nhập {label}.")]
    if len(value) > limit:
        return [
            Refusal(
                field, f"{label[:1].upper()}{label[1:]} dài {len(value)} ký tự, nhiều nhất là {limit} ký tự."
            )
        ]
    for one in value.splitlines():
        found = check_line(field, label, one, limit, required=False)
        if found:
            return found
    return []


def next_day(day: date, period: str) -> date:
    """The date one period (P1W, P3M, P1Y …) later; the last day of a month stays inside its month.

    Raises ValueError for a period that is not of this form.
    """
    count, unit = int(period[1:-1]), period[-1]
    if period[0] != "P" or unit not in "WMY":
        raise ValueError(f"kỳ không hợp lệ: {period}")
    if unit == "W":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def actor_of(event: Event) -> Person:
    """The person who did the act."""
    return Account.objects.select_related("person").get(public_id=event.actor).person
