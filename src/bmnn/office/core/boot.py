"""Start Django for a command on one data folder."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from bmnn.office.core.datafolder import DATABASE


def boot(data: Path, database: Path | None = None) -> None:
    """Make the site's models usable in this process. To be called once, before any of them is imported."""
    os.environ["BMNN_DATA"] = str(data.absolute())
    if database is not None:
        os.environ["BMNN_DB"] = str(database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bmnn.office.settings")
    import django

    django.setup()


def has_database(data: Path) -> bool:
    """Whether the folder holds a site."""
    return (data / DATABASE).is_file()


def snapshot(source: Path, target: Path) -> None:
    """A consistent copy of a database while others write (SQLite's online backup).

    Raises sqlite3.Error when the source is no database or cannot be read.
    """
    origin = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=60)
    try:
        copy = sqlite3.connect(target)
        try:
            origin.backup(copy)
        finally:
            copy.close()
    finally:
        origin.close()
