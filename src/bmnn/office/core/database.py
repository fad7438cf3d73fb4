"""How SQLite must be opened so that a committed act survives a power cut (decision 0030).

TRUNCATE and EXTRA: the rollback journal avoids the race of WAL before SQLite 3.51.3 and a power cut loses
nothing. IMMEDIATE: two clerks never meet "database is locked". recursive_triggers: INSERT OR REPLACE cannot
walk past the append-only triggers.
"""

from __future__ import annotations

PRAGMAS: dict[str, str] = {
    "journal_mode": "truncate",
    "synchronous": "3",
    "foreign_keys": "1",
    "recursive_triggers": "1",
}

SQLITE_OPTIONS: dict[str, object] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "".join(f"PRAGMA {name}={value};" for name, value in PRAGMAS.items()),
}
