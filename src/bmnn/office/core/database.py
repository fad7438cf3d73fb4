"""How SQLite must be opened so that a committed act survives a power cut (decision 0030).

TRUNCATE and EXTRA: the rollback journal avoids the race of WAL before SQLite 3.51.3 and a power cut loses
nothing. IMMEDIATE: two clerks never meet "database is locked". recursive_triggers: INSERT OR REPLACE cannot
walk past the append-only triggers.
"""

from __future__ import annotations

from typing import Any

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

# What a PostgreSQL server must say of itself before an act is acknowledged on it.
POSTGRES_SETTINGS: dict[str, str] = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "data_checksums": "on",
}


def postgres(conninfo: str) -> dict[str, Any]:
    """Django's settings for the server profile, from a libpq connection string (needs the extra `pg`)."""
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(conninfo)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        **{name: str(given.pop(key, "")) for name, key in named.items()},
        "OPTIONS": given,
    }
