"""Start Django for a command on one data folder."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import LiteralString

from bmnn.office.core.datafolder import DATABASE
from bmnn.vietnamese.system import NO_PACKAGE


def boot(data: Path, database: Path | None = None) -> None:
    """Make the site's models usable in this process. To be called once, before any of them is imported."""
    os.environ["BMNN_DATA"] = str(data.absolute())
    if database is not None:
        os.environ["BMNN_DB"] = str(database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bmnn.office.settings")
    import django

    django.setup()


def on_server() -> bool:
    """Whether the database is PostgreSQL (`BMNN_PG`, a libpq connection string), not the folder's own file."""
    return bool(os.environ.get("BMNN_PG"))


def has_database(data: Path) -> bool:
    """Whether the folder (or its server) holds a site. Raises OSError where the server cannot be reached."""
    if not on_server():
        return (data / DATABASE).is_file()
    return _ask_server("SELECT to_regclass('core_event') IS NOT NULL")


def server_is_empty() -> bool:
    """Whether the server's database holds nothing yet. Raises OSError where it cannot be reached."""
    return _ask_server(
        "SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema())"
    )


def _ask_server(question: LiteralString) -> bool:
    place = "máy chủ PostgreSQL (BMNN_PG)"
    try:
        import psycopg
    except ImportError as error:
        raise OSError(NO_PACKAGE, "", place) from error
    try:
        with psycopg.connect(os.environ["BMNN_PG"]) as server:
            row = server.execute(question).fetchone()
    except psycopg.Error as error:
        raise ConnectionError(errno.ECONNREFUSED, "", place) from error
    return bool(row and row[0])


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of a database while others write (SQLite's online backup).

    Raises sqlite3.Error when the source is no database or cannot be read.
    """
    _roll_back(source)
    origin = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
    try:
        copy = sqlite3.connect(target)
        try:
            origin.backup(copy)
        finally:
            copy.close()
    finally:
        origin.close()


def _roll_back(database: Path) -> None:
    """Finish what a killed writer left: SQLite takes its half-done transaction back when the file is next opened
    for writing, which a read-only copy cannot do."""
    journal = database.with_name(database.name + "-journal")
    if journal.is_file() and journal.stat().st_size:
        opened = sqlite3.connect(database, timeout=60)
        try:
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            opened.close()
