"""Writes the log inside one open transaction: heads and counters in memory, rows in batches.

Plain SQL, because this stands in every act: the ORM's statements cost more than the fsync on a good disk.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from bmnn.ledger import HASH, grow, root_of
from bmnn.office.core.act import Refusal, Refused
from bmnn.office.core.models import Event

# PostgreSQL: one writer at a time, in order; the number is the day of the Law of 2018.
LOCK = 20181115
_COLUMNS = (
    "id", "stream", "seq", "act", "v", "actor", "at", "day", "key", "numbers", "body", "salt", "leaf_hash",
)  # fmt: skip
_INSERT_EVENT = f"INSERT INTO core_event ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
_INSERT_NODE = 'INSERT INTO core_ledgernode (stream, level, "index", hash) VALUES (%s, %s, %s, %s)'
_SAVE_HEAD = (
    "INSERT INTO core_loghead (stream, size, frontier, root, last_seen) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (stream) DO UPDATE SET size = excluded.size, frontier = excluded.frontier, "
    "root = excluded.root, last_seen = excluded.last_seen"
)
_SAVE_COUNTER = (
    "INSERT INTO core_counter (name, period, value) VALUES (%s, %s, %s) "
    "ON CONFLICT (name, period) DO UPDATE SET value = excluded.value"
)


class Writer:
    """The log's state within one transaction. `flush` must be called before the commit."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.cursor = connection.cursor()
        if connection.vendor == "postgresql":
            self.cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        self.cursor.execute("SELECT id, at FROM core_event ORDER BY id DESC LIMIT 1")
        last = self.cursor.fetchone()
        self.last_id: int = last[0] if last else 0
        self.last_at: str | None = last[1] if last else None
        self._heads: dict[str, tuple[int, list[bytes]]] = {}
        self._counters: dict[tuple[str, str], int] = {}
        self._changed: set[tuple[str, str]] = set()
        self._events: dict[str, Event] = {}
        self._nodes: list[tuple[str, int, int, bytes]] = []

    @property
    def waiting(self) -> int:
        """How many events are not yet in the table."""
        return len(self._events)

    def find(self, key: str) -> Event | None:
        """The event already written under an idempotency key."""
        if key in self._events:
            return self._events[key]
        self.cursor.execute("SELECT id FROM core_event WHERE key = %s", [key])
        row = self.cursor.fetchone()
        return Event.objects.get(pk=row[0]) if row else None

    def size_of(self, stream: str) -> int:
        """How many events the stream holds."""
        return self._head(stream)[0]

    def _head(self, stream: str) -> tuple[int, list[bytes]]:
        if stream not in self._heads:
            self.cursor.execute("SELECT size, frontier FROM core_loghead WHERE stream = %s", [stream])
            row = self.cursor.fetchone()
            packed = bytes(row[1]) if row else b""
            self._heads[stream] = (
                row[0] if row else 0,
                [packed[i : i + HASH] for i in range(0, len(packed), HASH)],
            )
        return self._heads[stream]

    def next_value(self, name: str, period: str) -> int:
        """The next number of a series; taken back by a rollback, so there is never a gap."""
        value = self._value(name, period) + 1
        self._counters[name, period] = value
        self._changed.add((name, period))
        return value

    def start_series(self, name: str, period: str, last: int) -> None:
        """Begin a series after `last`. Raises Refused when numbers were given already."""
        if last < 0 or self._value(name, period):
            raise Refused(Refusal("", "Dãy số này đã bắt đầu, không đặt lại được số bắt đầu."))
        self._counters[name, period] = last
        self._changed.add((name, period))

    def skip_to(self, name: str, period: str, last: int) -> int:
        """Let a series go on after `last`; returns where it stood. Raises Refused when it stands beyond."""
        stood = self._value(name, period)
        if last < stood:
            raise Refused(
                Refusal("series", f"Dãy «{name}» kỳ «{period}» đã cấp đến số {stood}, lớn hơn {last}.")
            )
        self._counters[name, period] = last
        self._changed.add((name, period))
        return stood

    def _value(self, name: str, period: str) -> int:
        if (name, period) not in self._counters:
            self.cursor.execute(
                "SELECT value FROM core_counter WHERE name = %s AND period = %s", [name, period]
            )
            row = self.cursor.fetchone()
            self._counters[name, period] = row[0] if row else 0
        return self._counters[name, period]

    def append(self, event: Event) -> None:
        """Put an event, whose leaf is made, at the end of its stream."""
        size, frontier = self._head(event.stream)
        completed = grow(frontier, size, event.leaf_hash)
        self._nodes += [(event.stream, level, index, h) for level, index, h in completed]
        self._heads[event.stream] = (size + 1, frontier)
        self._events[event.key] = event
        self.last_id, self.last_at = event.id, event.at

    def flush(self) -> None:
        """Write what waits: events, completed nodes, heads, counters."""
        if not self._events:
            return
        self._many(_INSERT_EVENT, [tuple(getattr(e, c) for c in _COLUMNS) for e in self._events.values()])
        if self._nodes:
            self._many(_INSERT_NODE, self._nodes)
        seen = {e.stream: e.at for e in self._events.values()}
        self._many(
            _SAVE_HEAD,
            [
                (s, self._heads[s][0], b"".join(self._heads[s][1]), root_of(self._heads[s][1]), at)
                for s, at in seen.items()
            ],
        )
        if self._changed:
            self._many(_SAVE_COUNTER, [(*series, self._counters[series]) for series in sorted(self._changed)])
        for event in self._events.values():
            event._state.adding = False
            event._state.db = "default"
        self._events, self._nodes, self._changed = {}, [], set()

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if len(rows) == 1:
            self.cursor.execute(statement, rows[0])
        else:
            self.cursor.executemany(statement, rows)
