"""What somebody with the database file in hand could do to it; used by tests and by bench/tamper.py."""

from __future__ import annotations

import random
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from bmnn.ledger import grow, root_of
from bmnn.office.core.leaf import leaf_of

_COLUMNS = ("id", "stream", "seq", "act", "v", "actor", "at", "day", "key", "numbers", "body", "salt")


def edit_body(cursor: Any) -> None:
    cursor.execute("UPDATE core_event SET body = replace(body, 'việc', 'viêc') WHERE id = 3")


def edit_actor(cursor: Any) -> None:
    cursor.execute("UPDATE core_event SET actor = 'ai đó' WHERE id = 5")


def edit_day(cursor: Any) -> None:
    cursor.execute("UPDATE core_event SET day = '2019-01-01' WHERE id = 6")


def delete_one(cursor: Any) -> None:
    cursor.execute("DELETE FROM core_event WHERE id = 4")


def delete_and_renumber(cursor: Any) -> None:
    cursor.execute("SELECT stream, seq FROM core_event WHERE id = 4")
    stream, seq = cursor.fetchone()
    cursor.execute("DELETE FROM core_event WHERE id = 4")
    # In two steps: a server checks that numbers are unique after each row.
    cursor.execute("UPDATE core_event SET id = -id WHERE id > 4")
    cursor.execute("UPDATE core_event SET id = -id - 1 WHERE id < 0")
    cursor.execute("UPDATE core_event SET seq = -seq WHERE stream = %s AND seq > %s", [stream, seq])
    cursor.execute("UPDATE core_event SET seq = -seq - 1 WHERE stream = %s AND seq < 0", [stream])


def swap_two(cursor: Any) -> None:
    cursor.execute("UPDATE core_event SET id = -1 WHERE id = 2")
    cursor.execute("UPDATE core_event SET id = 2 WHERE id = 4")
    cursor.execute("UPDATE core_event SET id = 4 WHERE id = -1")


def swap_bodies(cursor: Any) -> None:
    cursor.execute(
        "UPDATE core_event SET body = (SELECT body FROM core_event o WHERE o.id = 8 - core_event.id) WHERE "
        "id IN (3, 5)"
    )


def change_number(cursor: Any) -> None:
    cursor.execute("""UPDATE core_event SET numbers = replace(numbers, '"value":2', '"value":9') WHERE id =
    3""")


EDITS = [
    edit_body,
    edit_actor,
    edit_day,
    delete_one,
    delete_and_renumber,
    swap_two,
    swap_bodies,
    change_number,
]


def random_edit(cursor: Any, chance: random.Random) -> str:
    """One edit of a random kind at a random place, in the log or in a table built from it; says what it
    did."""
    cursor.execute("SELECT id FROM core_event")
    ids = [row[0] for row in cursor.fetchall()]
    one, two = chance.sample(ids, 2)
    kind = chance.choice(["column", "delete", "renumber", "swap", "counter", "row", "lose_row", "insert"])
    if kind == "column":
        column = chance.choice(["actor", "at", "day", "key", "body", "numbers", "act", "salt"])
        value = b"x" * 32 if column == "salt" else '[{"label":"x","name":"y","period":"","value":1}]'
        cursor.execute(f"UPDATE core_event SET {column} = %s WHERE id = %s", [value, one])
        return f"{kind} {column} {one}"
    if kind == "delete":
        cursor.execute("DELETE FROM core_event WHERE id = %s", [one])
    elif kind == "renumber":
        cursor.execute("SELECT stream, seq FROM core_event WHERE id = %s", [one])
        stream, seq = cursor.fetchone()
        cursor.execute("DELETE FROM core_event WHERE id = %s", [one])
        cursor.execute("UPDATE core_event SET id = -id WHERE id > %s", [one])
        cursor.execute("UPDATE core_event SET id = -id - 1 WHERE id < 0")
        cursor.execute("UPDATE core_event SET seq = -seq WHERE stream = %s AND seq > %s", [stream, seq])
        cursor.execute("UPDATE core_event SET seq = -seq - 1 WHERE stream = %s AND seq < 0", [stream])
    elif kind == "swap":
        cursor.execute("UPDATE core_event SET id = -1 WHERE id = %s", [one])
        cursor.execute("UPDATE core_event SET id = %s WHERE id = %s", [one, two])
        cursor.execute("UPDATE core_event SET id = %s WHERE id = -1", [two])
    elif kind == "counter":
        cursor.execute(
            "UPDATE core_counter SET value = value + 1 WHERE id = (SELECT max(id) FROM core_counter)"
        )
    elif kind == "row":
        cursor.execute("UPDATE core_person SET name = name || 'x' WHERE id = %s", [1 + one % 30])
    elif kind == "lose_row":
        cursor.execute("DELETE FROM core_person WHERE id = %s", [1 + one % 30])
    else:
        cursor.execute(
            "INSERT INTO core_event SELECT (SELECT max(id) FROM core_event) + 1, stream, 999, act, v, "
            "actor, at, day, "
            "'khác', numbers, body, salt, leaf_hash FROM core_event WHERE id = %s",
            [one],
        )
    return f"{kind} {one} {two}"


def rewrite_tree(cursor: Any) -> None:
    """Make leaves, nodes and heads fit whatever the events now say, as a careful forger would."""
    cursor.execute(f"SELECT {', '.join(_COLUMNS)} FROM core_event ORDER BY stream, seq")
    frontiers: dict[str, list[bytes]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    nodes = []
    leaves = []
    for row in cursor.fetchall():
        event = SimpleNamespace(**dict(zip(_COLUMNS, row, strict=True)))
        leaf = leaf_of(event).hash()
        leaves.append((leaf, event.id))
        nodes += [(event.stream, *n) for n in grow(frontiers[event.stream], sizes[event.stream], leaf)]
        sizes[event.stream] += 1
        last[event.stream] = event.at
    cursor.executemany("UPDATE core_event SET leaf_hash = %s WHERE id = %s", leaves)
    cursor.execute("DELETE FROM core_ledgernode")
    cursor.executemany(
        'INSERT INTO core_ledgernode (stream, level, "index", hash) VALUES (%s, %s, %s, %s)', nodes
    )
    cursor.execute("DELETE FROM core_loghead")
    cursor.executemany(
        "INSERT INTO core_loghead (stream, size, frontier, root, last_seen) VALUES (%s, %s, %s, %s, %s)",
        [(s, sizes[s], b"".join(f), root_of(f), last[s]) for s, f in frontiers.items()],
    )
