"""The tables built from the log, built again: for `bmnn rebuild`, and beside the log for `bmnn verify`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models, transaction

from bmnn.office.core.act import ACTS
from bmnn.office.core.models import Event
from bmnn.office.core.projection import projections
from bmnn.office.core.writer import LOCK

Tick = Callable[[int], object]
_COUNTER = "core_counter"


class CannotReplay(Exception):
    """An event that the program cannot carry out again. `entry` is its place in the whole log."""

    def __init__(self, entry: int, detail: str) -> None:
        super().__init__(detail)
        self.entry = entry


class _Undo(Exception):
    """Takes back a replay that was for comparing only."""


def tables() -> dict[str, list[str]]:
    """Every projected table with its columns (those kept through a rebuild left out), in order of
    creation."""
    found: dict[str, list[str]] = {}
    for model, keep in projections().items():
        if model._meta.abstract:
            continue
        found[model._meta.db_table] = [f.column for f in model._meta.concrete_fields if f.name not in keep]
        for many in model._meta.local_many_to_many:
            through: type[models.Model] = many.remote_field.through
            if through._meta.auto_created:
                found[through._meta.db_table] = [f.column for f in through._meta.concrete_fields]
    return found


def rows(table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """A table's rows by primary key."""
    names = ", ".join(connection.ops.quote_name(c) for c in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
        while batch := cursor.fetchmany(2000):
            yield from batch


def _structured() -> dict[str, set[str]]:
    """By table: the columns that hold JSON."""
    return {
        model._meta.db_table: {
            f.column for f in model._meta.concrete_fields if isinstance(f, models.JSONField)
        }
        for model in projections()
    }


def _same_order(value: Any) -> Any:
    """JSON with its keys in one order: PostgreSQL keeps them in its own, a file in that of the writing."""
    try:
        return json.dumps(json.loads(value), sort_keys=True) if isinstance(value, str) else value
    except ValueError:
        return value


def fingerprints() -> dict[str, dict[Any, bytes]]:
    """Per table, per primary key: a hash of the row. Counters by their series."""
    structured = _structured()
    found: dict[str, dict[Any, bytes]] = {}
    for table, columns in tables().items():
        places = [i for i, column in enumerate(columns) if column in structured.get(table, ())]
        hashes = found[table] = {}
        for row in rows(table, columns):
            plain = list(row)
            for i in places:
                plain[i] = _same_order(plain[i])
            hashes[row[0]] = hashlib.sha256(repr(plain).encode()).digest()
    found[_COUNTER] = {
        (name, period): str(value).encode()
        for name, period, value in rows(_COUNTER, ["name", "period", "value"])
    }
    return found


def _kept() -> list[tuple[str, str, list[str], list[tuple[Any, ...]]]]:
    saved = []
    for model, keep in projections().items():
        if keep:
            key = model._meta.pk.column
            columns = [model._meta.get_field(f).column for f in sorted(keep)]
            saved.append(
                (model._meta.db_table, key, columns, list(rows(model._meta.db_table, [key, *columns])))
            )
    return saved


def _give_back(saved: list[tuple[str, str, list[str], list[tuple[Any, ...]]]]) -> None:
    with connection.cursor() as cursor:
        for table, key, columns, kept in saved:
            setting = ", ".join(f"{c} = %s" for c in columns)
            cursor.executemany(
                f"UPDATE {table} SET {setting} WHERE {key} = %s",  # noqa: S608
                [(*row[1:], row[0]) for row in kept],
            )


def wipe() -> None:
    """Empty every projected table and the counters; new rows count from 1 again."""
    with connection.cursor() as cursor:
        for table in [*reversed(tables()), _COUNTER]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            for sequence in _sequences(table):
                cursor.execute(f"ALTER SEQUENCE {sequence} RESTART")


def _sequences(table: str) -> list[str]:
    """PostgreSQL: the sequence that numbers a table's rows."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, a.attname) FROM pg_attribute a "
            "WHERE a.attrelid = %s::regclass AND a.attidentity <> ''",
            [table, table],
        )
        return [row[0] for row in cursor.fetchall() if row[0]]


def settle_sequences() -> None:
    """PostgreSQL gives no number back when a transaction is undone or the server dies, but a replay counts
    without gaps: let every table go on after its last row. Nothing to do on SQLite."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for table in tables():
            for sequence in _sequences(table):
                cursor.execute(f"SELECT setval(%s, coalesce(max(id), 0) + 1, false) FROM {table}", [sequence])  # noqa: S608


def replay(tick: Tick = lambda n: None) -> None:
    """Carry out every event again, in order. Raises CannotReplay."""
    counters: dict[tuple[str, str], int] = {}
    for event in Event.objects.order_by("id").iterator(chunk_size=1000):
        act = ACTS.get(event.act)
        if act is None:
            raise CannotReplay(event.id, f"không biết loại việc «{event.act}»")
        try:
            act.project(event)
            for taken in json.loads(event.numbers):
                counters[taken["name"], taken["period"]] = taken.get("value", taken.get("start"))
        except Exception as error:
            raise CannotReplay(
                event.id, f"không dựng lại được từ việc này ({type(error).__name__})"
            ) from error
        tick(1)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_counter (name, period, value) VALUES (%s, %s, %s)",
            [(*series, value) for series, value in counters.items()],
        )


def rebuild(tick: Tick = lambda n: None) -> None:
    """Build every projected table again from the log, in one transaction. Raises CannotReplay (nothing
    changed)."""
    with transaction.atomic():
        saved = _kept()
        wipe()
        replay(tick)
        _give_back(saved)


def differences(tick: Tick = lambda n: None) -> list[tuple[str, Any, str]]:
    """Where the tables differ from a replay: (table, key, what). Changes nothing. Raises CannotReplay."""
    found: list[tuple[str, Any, str]] = []
    try:
        with transaction.atomic():
            standing = fingerprints()
            wipe()
            replay(tick)
            built = fingerprints()
            raise _Undo
    except _Undo:
        pass
    for table, there in standing.items():
        wanted = built[table]
        found += [(table, key, "mất dòng") for key in wanted.keys() - there.keys()]
        found += [(table, key, "thừa dòng") for key in there.keys() - wanted.keys()]
        found += [
            (table, key, "khác nội dung") for key in there.keys() & wanted.keys() if there[key] != wanted[key]
        ]
    return found
