"""What acts of several rooms share: rows read again, who may do it, the article behind a refusal, days and persons of
an event."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django.db import models

from bmnn.office.core.access import may
from bmnn.office.core.act import Act, Context, Refusal
from bmnn.office.core.lawview import cited
from bmnn.office.core.models import Account, Event, Person, Unit

_WHO = {"van_thu": "văn thư, cán bộ bảo mật", "thu_truong": "thủ trưởng", "kiem_tra": "người kiểm tra"}


class LiveAct(Act):
    """Reads its rows again inside the transaction: a page loads them before the lock is held."""

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
    return cited(ctx.law, key)


def sees(ctx: Context, obj: Any) -> list[Refusal]:
    """The actor may see it; the words do not tell whether it exists."""
    if ctx.actor is None or not may(ctx.actor, "see", obj, ctx.day):
        return [Refusal("", "Không tìm thấy hồ sơ này.")]
    return []


def works_for(ctx: Context, unit: Unit, roles: tuple[str, ...], key: str) -> list[Refusal]:
    """The actor has one of the roles (van_thu, thu_truong, kiem_tra) in the unit; `key` is the rule that says so."""
    actor = ctx.actor
    if actor is not None and actor.is_active and any(actor.has_role(r, ctx.day, unit) for r in roles):
        return []
    words = " hoặc ".join(_WHO[r] for r in roles)
    return [Refusal("", f"Chỉ {words} của {unit.name} được làm việc này.", cite(ctx, key))]


def actor_of(event: Event) -> Person | None:
    """The person who did the act; None for the program itself."""
    if not event.actor:
        return None
    return Account.objects.select_related("person").get(public_id=event.actor).person


def day_of(text: str | None) -> date | None:
    """A day of an event's body."""
    return date.fromisoformat(text) if text else None


def iso(day: date | None) -> str | None:
    """A day as an event holds it."""
    return day.isoformat() if day else None
