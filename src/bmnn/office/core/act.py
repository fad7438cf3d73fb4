"""What an act is: permission, check, numbers, event and projection in one small class (decision 0031)."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from bmnn.office.core.models import Account, Delegation, Event, Post
from bmnn.office.core.models.organisation import in_force

if TYPE_CHECKING:
    from bmnn import law


@dataclass(frozen=True)
class Refusal:
    """Why an act may not be done: the field it concerns ("" for the whole), the message, the rule behind
    it."""

    field: str
    message: str
    citation: str = ""


class Refused(Exception):
    """The act was refused and nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(r.message for r in refusals))
        self.refusals = list(refusals)


@dataclass(frozen=True)
class Done:
    """An act that is committed. `numbers` maps a label to the number given; `replayed`: it had been done
    before."""

    event: Event
    numbers: dict[str, int]
    replayed: bool = False


def public_id(salt: bytes, n: int) -> uuid.UUID:
    """The n-th random id of an event. It is drawn from the salt, so that a replay gives the same ids."""
    return uuid.UUID(bytes=hashlib.sha256(b"id" + n.to_bytes(4, "big") + salt).digest()[:16], version=4)


@dataclass
class Context:
    """Under which circumstances an act is done.

    `now` is UTC; `day` the day of the act by Vietnam's clock (or the day the act names); `law` answers for
    that day.
    """

    actor: Account | None
    now: datetime
    day: date
    salt: bytes
    next_value: Callable[[str, str], int]
    set_value: Callable[[str, str, int], None]
    skip_to: Callable[[str, str, int], int]
    numbers: dict[str, int] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)
    _ids: int = 0

    @cached_property
    def law(self) -> law.View:
        """The law in force on the day, with the agency's confirmations and corrections."""
        from bmnn.office.core.lawview import law_on

        return law_on(self.day)

    def new_id(self) -> uuid.UUID:
        """A fresh random id for a URL."""
        self._ids += 1
        return public_id(self.salt, self._ids)

    def take(self, label: str, name: str, period: str = "") -> int:
        """The next number of the series `name` in `period`; shown to people as `label` once committed."""
        value = self.next_value(name, period)
        self.numbers[label] = value
        self.taken.append({"label": label, "name": name, "period": period, "value": value})
        return value

    def start_series(self, name: str, period: str, last: int) -> None:
        """A series that goes on from a paper book: `last` numbers were given there.

        Raises Refused when the series has begun.
        """
        self.set_value(name, period, last)
        self.taken.append({"name": name, "period": period, "start": last})

    def skip_lost(self, name: str, period: str, last: int) -> None:
        """After a restore: numbers up to `last` stand in the paper book though their events are lost.

        They are never given again. Raises Refused when `last` is below what the log knows.
        """
        first = self.skip_to(name, period, last) + 1
        self.taken.append({"name": name, "period": period, "lost_from": first, "start": last})

    @cached_property
    def posts(self) -> list[Post]:
        """The actor's posts on the day."""
        return list(self.actor.person.posts_on(self.day)) if self.actor else []

    @cached_property
    def delegations(self) -> list[Delegation]:
        """Delegations to the actor that hold on the day, whose giver is still in post."""
        if not self.actor:
            return []
        return list(
            Delegation.objects.filter(
                in_force(self.day), in_force(self.day, "giver__"), taker__person=self.actor.person_id
            ).select_related("giver__unit", "taker__unit")
        )


class Act:
    """One thing an agency does. A subclass per file under an `acts/` folder; found by its `code`."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    stream: ClassVar[str] = ""
    version: ClassVar[int] = 1
    clock_exempt: ClassVar[bool] = False
    in_recovery: ClassVar[bool] = False

    @dataclass(frozen=True)
    class Input:
        """Typed, cleaned values."""

    def __init__(self, data: Any) -> None:
        self.input = data

    def day(self, today: date) -> date:
        """The day of the act; today unless the input names another."""
        return today

    def stream_for(self, ctx: Context) -> str:
        """The log it writes to; a subclass with one log per book overrides this. Called after `check`."""
        return self.stream

    def check(self, ctx: Context) -> list[Refusal]:
        """Access, authority, separation of duties, law; [] when it may be done."""
        raise NotImplementedError

    def number(self, ctx: Context) -> None:
        """Takes gapless numbers by `ctx.take`. May raise Refused."""

    def event(self, ctx: Context) -> dict[str, Any]:
        """The canonical body: everything a replay needs (str, int, bool, None, list, dict)."""
        raise NotImplementedError

    @classmethod
    def project(cls, event: Event) -> None:
        """Event → projection rows. Depends on nothing but the event and rows that earlier events made."""


ACTS: dict[str, type[Act]] = {}


def register(cls: type[Act]) -> type[Act]:
    """Class decorator: makes an act known by its code. Raises ValueError when the code is taken."""
    if not cls.code or ACTS.get(cls.code, cls) is not cls:
        raise ValueError(f"mã hành vi trống hoặc trùng: {cls.code!r}")
    ACTS[cls.code] = cls
    return cls


def numbers_of(event: Event) -> dict[str, int]:
    """The numbers an event gave, by label."""
    return {t["label"]: t["value"] for t in json.loads(event.numbers) if "label" in t}
