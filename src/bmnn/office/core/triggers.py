"""Append-only guards in the database: events, tree nodes and checkpoints are never changed or deleted.

On SQLite they are a guard rail (whoever holds the file can drop them); the checkpoints held elsewhere are the
wall.
"""

from __future__ import annotations

from typing import Any

GUARDED = ("core_event", "core_ledgernode", "core_checkpoint")
_WORDS = {"UPDATE": "sửa", "DELETE": "xóa"}


def names() -> list[str]:
    """The triggers that must stand in the database."""
    return [f"{table}_no_{verb.lower()}" for table in GUARDED for verb in _WORDS]


def create_statements() -> list[str]:
    """SQL that makes the triggers (SQLite)."""
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'Sổ nhật ký chỉ ghi thêm, không {word}'); END"
        for table in GUARDED
        for verb, word in _WORDS.items()
    ]


def drop_statements() -> list[str]:
    """SQL that takes them away (SQLite); for the reverse of the migration."""
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names()]


def create(apps: Any, schema_editor: Any) -> None:
    """Migration step: make the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in create_statements():
            schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Migration step backwards."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in drop_statements():
            schema_editor.execute(statement)
