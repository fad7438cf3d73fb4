"""SQL kept in the database: the search index and the guard of the log against a Tuyệt mật summary."""

from __future__ import annotations

from typing import Any

from bmnn.office.records.words import NO_SUMMARY

_OLD = (
    "INSERT INTO records_search(records_search, rowid, fold, scope) "
    "VALUES ('delete', old.id, old.fold, old.scope);"
)
_NEW = "INSERT INTO records_search(rowid, fold, scope) VALUES (new.id, new.fold, new.scope);"

STATEMENTS = (
    "CREATE VIRTUAL TABLE records_search USING fts5(fold, scope, content='records_entry', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER records_search_insert AFTER INSERT ON records_entry BEGIN {_NEW} END",
    f"CREATE TRIGGER records_search_delete AFTER DELETE ON records_entry BEGIN {_OLD} END",
    "CREATE TRIGGER records_search_update AFTER UPDATE OF fold, scope ON records_entry "
    f"BEGIN {_OLD} {_NEW} END",
    "CREATE TRIGGER records_no_summary BEFORE INSERT ON core_event WHEN "
    f"json_extract(new.body, '$.level') = '{NO_SUMMARY}' AND "
    "coalesce(json_extract(new.body, '$.abstract'), '') <> '' "
    "BEGIN SELECT RAISE(ABORT, 'Không ghi trích yếu của bí mật nhà nước độ Tuyệt mật'); END",
)
DROPS = (
    "DROP TRIGGER IF EXISTS records_no_summary",
    "DROP TRIGGER IF EXISTS records_search_update",
    "DROP TRIGGER IF EXISTS records_search_delete",
    "DROP TRIGGER IF EXISTS records_search_insert",
    "DROP TABLE IF EXISTS records_search",
)
# On a server the search reads the folded column itself; the guard of the log is the same (23514: a broken check).
SERVER_STATEMENTS = (
    "CREATE FUNCTION records_no_summary() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF new.body::jsonb->>'level' = '{NO_SUMMARY}' AND coalesce(new.body::jsonb->>'abstract', '') <> '' THEN "
    "RAISE EXCEPTION USING ERRCODE = '23514', "
    "MESSAGE = 'Không ghi trích yếu của bí mật nhà nước độ Tuyệt mật'; "
    "END IF; RETURN new; END $$",
    "CREATE TRIGGER records_no_summary BEFORE INSERT ON core_event FOR EACH ROW "
    "EXECUTE FUNCTION records_no_summary()",
)
SERVER_DROPS = (
    "DROP TRIGGER IF EXISTS records_no_summary ON core_event",
    "DROP FUNCTION IF EXISTS records_no_summary()",
)


def create(apps: Any, schema_editor: Any) -> None:
    """Migration step: make them."""
    for statement in STATEMENTS if schema_editor.connection.vendor == "sqlite" else SERVER_STATEMENTS:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Migration step backwards."""
    for statement in DROPS if schema_editor.connection.vendor == "sqlite" else SERVER_DROPS:
        schema_editor.execute(statement, params=None)
