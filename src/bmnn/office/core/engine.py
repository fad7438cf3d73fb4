"""The door: `perform` and `perform_many` are the only writers of events.

One transaction: idempotency key, counters, event, leaf and tree nodes, projection rows; then the commit; only
then does the caller learn a number. `perform_many` runs the same code for a list of acts and writes the log
in batches; given the same salts and clock it gives the same bytes (tests/office/core/test_engine.py).
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import DatabaseError, connection, transaction

from bmnn.ledger import canonical
from bmnn.office.core import faults, recovery
from bmnn.office.core.act import ACTS, Act, Context, Done, Refusal, Refused, numbers_of, public_id, register
from bmnn.office.core.clock import guard, stamp
from bmnn.office.core.leaf import leaf_of
from bmnn.office.core.models import Account, Event
from bmnn.office.core.projection import projection
from bmnn.office.core.rooms import modules
from bmnn.office.core.writer import Writer

__all__ = [
    "ACTS",
    "Act",
    "Context",
    "Done",
    "Entry",
    "Refusal",
    "Refused",
    "discover",
    "lookup",
    "numbers_of",
    "perform",
    "perform_many",
    "projection",
    "public_id",
    "register",
]

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
Clock = Callable[[], datetime]
Salts = Callable[[], bytes]


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def fresh_salt() -> bytes:
    """32 random bytes: without them a short text could be guessed from its hash."""
    return secrets.token_bytes(32)


def discover() -> None:
    """Import every module of every room's `acts` package, so that each act is known by its code."""
    for _, package in modules("acts"):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")


@dataclass(frozen=True)
class Entry:
    """One act for `perform_many`; `at` (UTC) only for what is brought in with its own hour (import, sample
    agency)."""

    act: Act
    actor: Account | None
    key: str
    at: datetime | None = None


def lookup(key: str) -> Done | None:
    """What was done under this idempotency key, if anything: the answer to "did my click arrive?"."""
    event = Event.objects.filter(key=key).first()
    return Done(event, numbers_of(event), replayed=True) if event else None


def perform(
    act: Act, actor: Account | None, key: str, *, clock: Clock = utc_now, salts: Salts = fresh_salt
) -> Done:
    """Do one act. The same key again gives the same answer with `replayed`.

    Raises Refused (nothing written): the act's own refusals, a wrong clock, a full disk, a key used for
    another act.
    """
    try:
        with transaction.atomic():
            writer = Writer(connection)
            done = _write(writer, Entry(act, actor, key), clock(), salts())
            writer.flush()
        return done
    except DatabaseError as error:
        _settle()
        # The commit may have reached the disk although we heard an error: look, never repeat blindly.
        done_after_all = faults.after_error(lambda: lookup(key))
        if done_after_all is not None:
            return done_after_all
        raise faults.refused(error) from error


def _settle() -> None:
    """Rows of a table may have been numbered before the failure (PostgreSQL keeps those numbers)."""
    from bmnn.office.core.replay import settle_sequences

    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with contextlib.suppress(DatabaseError):
            settle_sequences()


def perform_many(
    entries: Iterable[Entry], *, clock: Clock = utc_now, salts: Salts = fresh_salt, batch: int = 500
) -> Iterator[Done]:
    """Do many acts in one transaction, in order; yields each Done as it is written (committed when
    exhausted).

    The first refusal raises Refused and undoes all. Acts that read Event rows see those of earlier batches
    only; projection rows are always up to date.
    """
    with transaction.atomic():
        writer = Writer(connection)
        for entry in entries:
            yield _write(writer, entry, entry.at or clock(), salts())
            if writer.waiting >= batch:
                writer.flush()
        writer.flush()


def _write(writer: Writer, entry: Entry, now: datetime, salt: bytes) -> Done:
    act, actor, key = entry.act, entry.actor, entry.key
    if not key or len(key) > 80:
        raise Refused(Refusal("", "Thiếu mã chống ghi trùng của biểu mẫu. Hãy tải lại trang rồi làm lại."))
    who = str(actor.public_id) if actor else ""
    known = writer.find(key)
    if known is not None:
        if known.act != act.code or known.actor != who:
            raise Refused(
                Refusal("", "Biểu mẫu này đã dùng cho một việc khác. Hãy tải lại trang rồi làm lại.")
            )
        return Done(known, numbers_of(known), replayed=True)
    if not act.clock_exempt:
        # What is brought in with its own hour may leap over quiet months; only its order is judged.
        guard(now, writer.last_at, leaps=entry.at is not None)
    if not act.in_recovery and (words := recovery.state()):
        raise Refused(Refusal("", words))
    ctx = Context(
        actor=actor,
        now=now,
        day=act.day(now.astimezone(VIETNAM).date()),
        salt=salt,
        next_value=writer.next_value,
        set_value=writer.start_series,
        skip_to=writer.skip_to,
    )
    refusals = act.check(ctx)
    if refusals:
        raise Refused(*refusals)
    act.number(ctx)
    body = act.event(ctx)
    event = Event(
        id=writer.last_id + 1,
        stream=act.stream_for(ctx),
        act=act.code,
        v=act.version,
        actor=who,
        at=stamp(now),
        day=ctx.day.isoformat(),
        key=key,
        numbers=canonical(ctx.taken),
        body=canonical(body),
        salt=salt,
    )
    event.seq = writer.size_of(event.stream)
    event.leaf_hash = leaf_of(event).hash()
    writer.append(event)
    type(act).project(event)
    return Done(event, dict(ctx.numbers))
