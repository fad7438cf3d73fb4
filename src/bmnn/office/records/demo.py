"""The sample agency: invented units, persons and items, written through the acts with each day's law.

`records/sample/` holds its parts: who there is (`people`), what happened over the years (`life`), what is left
to do today (`now`). Every further room adds its own with a module `demo.py` (see docs/architecture.md, "The
sample agency").
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db.models import prefetch_related_objects

from bmnn.office.core.engine import VIETNAM, Act, Entry
from bmnn.office.core.models import Account, Post, Unit
from bmnn.office.core.rooms import modules
from bmnn.office.records.models import Book

MARK = "MẪU – SỐ LIỆU BỊA"
PASSWORD = "mau so lieu bia 2026"  # noqa: S105  printed on the start page of the sample agency
# The registers of the law of 2018 begin on this day; what is older came in as documents of earlier years.
START = date(2020, 7, 1)
# The file in the data folder by which the site knows that all in it is invented.
MARKER = "demo"
Stream = Callable[["Sample"], Iterator[Entry]]


class Sample:
    """The agency as it grows. `until` is today: nothing is dated later, open work is dated just before it."""

    def __init__(self, until: date, pairs: int = 750) -> None:
        self.until, self.pairs = until, pairs
        self.units: dict[str, Unit] = {}
        self.accounts: dict[str, Account] = {}
        # The books in use: unit, kind of book, series.
        self.books: dict[tuple[str, str, str], Book] = {}
        # Items of the lists of secrets by day and level: the lists are long and do not change within a day.
        self.listed: dict[tuple[date, str], list[Any]] = {}
        self._keys = itertools.count(1)
        self._at = _opening(START)

    @property
    def today(self) -> date:
        """The day the sample's clock shows: acts are done on it, by its law."""
        return self._at.astimezone(VIETNAM).date()

    def post(self, user: str) -> Post:
        """The first post of a person of the sample."""
        return self.accounts[user].person.posts.order_by("id")[0]

    def read_roles(self) -> None:
        """Read everybody's roles once: thousands of acts ask for them. Again after each act that changes them."""
        for account in self.accounts.values():
            account.__dict__.pop("_prefetched_objects_cache", None)
        prefetch_related_objects(list(self.accounts.values()), "grants__unit")

    def do(self, act: Act, actor: Account | None, day: date | None = None) -> Entry:
        """One act, a second after the one before; `day` moves the clock on to that morning (never back)."""
        self._at = max(self._at + timedelta(seconds=1), _opening(day) if day else self._at)
        return Entry(act, actor, f"demo-{next(self._keys)}", self._at)

    def entries(self) -> Iterator[Entry]:
        """Every act in the order of the clock: the people, then the years with the rooms' own histories and the
        open work of today, then the rooms that have no history."""
        from bmnn.office.records.sample import life, now, people

        yield from people.entries(self)
        rooms = _rooms()
        streams: list[tuple[date, Stream]] = [
            (START, life.entries),
            (self.until - now.BEFORE, now.entries),
            *((room.SINCE, room.entries) for room in rooms if hasattr(room, "SINCE")),
        ]
        yield from self._in_order(streams)
        for room in rooms:
            if not hasattr(room, "SINCE"):
                yield from room.entries(self)

    def prepare(self, data: Path) -> None:
        """Files that rooms want beside the database."""
        for room in _rooms():
            if hasattr(room, "prepare"):
                room.prepare(self, data)

    def _in_order(self, streams: list[tuple[date, Stream]]) -> Iterator[Entry]:
        """Merge streams by their hour. A stream reads the tables when it is asked for its next act, so it is
        not asked before its first day has come."""
        waiting: list[tuple[datetime, int, Iterator[Entry] | None, Entry | None]] = [
            (_opening(max(since, START)), n, None, None) for n, (since, _) in enumerate(streams)
        ]
        heapq.heapify(waiting)
        while waiting:
            at, n, stream, entry = heapq.heappop(waiting)
            if entry is not None:
                yield entry
            self._at = at
            stream = stream or iter(streams[n][1](self))
            following = next(stream, None)
            if following is not None and following.at is not None:
                heapq.heappush(waiting, (following.at, n, stream, following))


def _opening(day: date) -> datetime:
    """Half past eight in the morning, Vietnam's time."""
    return datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)


def _rooms() -> list[ModuleType]:
    """The `demo.py` of every further room that writes entries, in the order of the settings."""
    return [module for room, module in modules("demo") if room != "records" and hasattr(module, "entries")]
