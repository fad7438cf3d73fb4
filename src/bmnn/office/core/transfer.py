"""Carries the whole site between the server (PostgreSQL) and one SQLite file, row by row, in one snapshot.

A backup made on a server is so the same file as everywhere: it is tested, opened and checked without a server, and
may be brought back to either kind of database (decision 0037).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from bmnn.office.core.writer import LOCK

_FILE, _BATCH = "file", 2000


def tables() -> list[type[models.Model]]:
    """Every table the program keeps, those between two others included, in order of declaration."""
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """The file as a second database of this process. It is a scratch copy: a power cut may take it whole."""
    wanted = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF;PRAGMA foreign_keys=1;"},
    }
    connections.settings[_FILE] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, _FILE: wanted})[_FILE]
    try:
        yield
    finally:
        connections[_FILE].close()
        del connections[_FILE]
        del connections.settings[_FILE]


def to_file(path: Path) -> dict[str, int]:
    """Write the server's site, as it stands at one moment, into a new SQLite file; others go on writing meanwhile.

    Returns the number of rows by table. Raises DatabaseError.
    """
    with _opened(path):
        call_command("migrate", database=_FILE, verbosity=0, interactive=False)
        with transaction.atomic():
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return _copy(DEFAULT_DB_ALIAS, _FILE)


def from_file(path: Path) -> dict[str, int]:
    """Make the tables on an empty server and fill them from a SQLite file of this version.

    To be called inside a transaction, so that all of it can be taken back. Returns the rows by table. Raises
    DatabaseError.
    """
    server = connections[DEFAULT_DB_ALIAS]
    with _opened(path):
        call_command("migrate", database=DEFAULT_DB_ALIAS, verbosity=0, interactive=False)
        with server.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = _copy(_FILE, DEFAULT_DB_ALIAS)
    with server.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in server.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
    return found


def differing(path: Path) -> str:
    """The first table whose rows on the server are not those of the file; "" when all are the same. To be asked in
    the transaction of `from_file`."""
    with _opened(path):
        for model in tables():
            there, here = (_rows(model, alias) for alias in (DEFAULT_DB_ALIAS, _FILE))
            if any(one != other for one, other in zip_longest(there, here)):
                return str(model._meta.db_table)
    return ""


def _rows(model: type[models.Model], alias: str) -> Iterator[tuple[object, ...]]:
    names = [f.attname for f in model._meta.local_concrete_fields]
    for row in (
        model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=_BATCH)
    ):
        yield tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)


def _copy(source: str, target: str) -> dict[str, int]:
    """Every row of every table. What the migrations put there themselves gives way to the rows of the source."""
    there = connections[target]
    quote = there.ops.quote_name
    found = {}
    with transaction.atomic(using=target), there.cursor() as cursor:
        for model in reversed(tables()):
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608
        for model in tables():
            fields = model._meta.local_concrete_fields
            names = ", ".join(quote(f.column) for f in fields)
            places = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
            batch: list[list[object]] = []
            count = 0
            for row in _rows(model, source):
                batch.append([f.get_db_prep_save(value, there) for f, value in zip(fields, row, strict=True)])
                if len(batch) == _BATCH:
                    cursor.executemany(statement, batch)
                    count, batch = count + len(batch), []
            if batch:
                cursor.executemany(statement, batch)
            found[model._meta.db_table] = count + len(batch)
    return found
