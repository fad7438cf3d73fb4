"""Append-only guards in the database: events, tree nodes and checkpoints are never changed or deleted.

They are a guard rail (whoever holds the file, or owns the tables, can drop them); the checkpoints held elsewhere
are the wall.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

GUARDED = ("core_event", "core_ledgernode", "core_checkpoint")
_WORDS = {"UPDATE": "sửa", "DELETE": "xóa"}


def names() -> list[str]:
    """The triggers that must stand in the database."""
    return [f"{table}_no_{verb.lower()}" for table in GUARDED for verb in _WORDS]


def create_statements(vendor: str | None = None) -> list[str]:
    """SQL that makes the triggers on a database of this kind (the site's own when none is named)."""
    if (vendor or connection.vendor) == "postgresql":
        return _postgres()
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'Sổ nhật ký chỉ ghi thêm, không {word}'); END"
        for table in GUARDED
        for verb, word in _WORDS.items()
    ]


def _postgres() -> list[str]:
    """The same guard for a server, against TRUNCATE too."""
    refuse = (
        "CREATE OR REPLACE FUNCTION core_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'Sổ nhật ký chỉ ghi thêm, không sửa, xóa'; END $$"
    )
    made = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION core_append_only()"
        for table in GUARDED
        for verb in (*_WORDS, "TRUNCATE")
    ]
    return [refuse, *made]


def drop_statements(vendor: str | None = None) -> list[str]:
    """SQL that takes them away; for the reverse of the migration."""
    if (vendor or connection.vendor) == "postgresql":
        return [
            *(
                f"DROP TRIGGER IF EXISTS {t}_no_{v.lower()} ON {t}"
                for t in GUARDED
                for v in (*_WORDS, "TRUNCATE")
            ),
            "DROP FUNCTION IF EXISTS core_append_only()",
        ]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names()]


def create(apps: Any, schema_editor: Any) -> None:
    """Migration step: make the triggers."""
    for statement in create_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Migration step backwards."""
    for statement in drop_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)
