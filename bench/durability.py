"""Full size of the durability claims: 2 × 1,000 registrations with rollbacks and retries; 1,000 kills of a
writer."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from tests.office.core.site import CHECKER, KILLER, WRITER, finish, new_site, start
from tests.office.core.test_durability import acknowledged

from bench import Row

TITLE = "Durability: two clerks at once, and a writer killed again and again"


def two_clerks(folder: Path, count: int) -> int:
    """How many numbers are missing, double or wrong, and how many problems `verify` has."""
    site = new_site(folder / "hai")
    writers = [start(WRITER, site, name, count, 0.3) for name in ("một", "hai")]
    for writer in writers:
        assert writer.stdout is not None and writer.stdin is not None
        writer.stdout.readline()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    numbers = sorted(n for writer in writers for n in acknowledged(finish(writer)).values())
    wrong = len(set(range(1, 2 * count + 1)) ^ set(numbers)) + len(numbers) - len(set(numbers))
    return wrong + len(json.loads(finish(start(CHECKER, site)))["problems"])


def kills(folder: Path, rounds: int) -> tuple[int, int]:
    """Acknowledged entries, and how many of them are lost, changed or out of order after all the kills."""
    site = new_site(folder / "chết")
    told = acknowledged(finish(start(KILLER, site, rounds, 11)))
    found = json.loads(finish(start(CHECKER, site)))
    given = found["given"]
    lost = sum(given.get(key) != value for key, value in told.items())
    gaps = len(set(given.values()) ^ set(range(1, len(given) + 1)))
    return len(told), lost + gaps + len(found["problems"])


def run() -> list[Row]:
    """Errors against the number of chances for one; BMNN_BENCH_KILLS makes the second part shorter."""
    rounds = int(os.environ.get("BMNN_BENCH_KILLS", "1000"))
    with tempfile.TemporaryDirectory() as scratch:
        wrong = two_clerks(Path(scratch), 1000)
        told, lost = kills(Path(scratch), rounds)
    return [
        Row(
            "2 × 1,000 registrations: errors, gaps, doubles",
            wrong,
            2000,
            "numbers",
            wrong / 2000,
            "0",
            wrong == 0,
        ),
        Row(
            f"{rounds} kills -9: lost of acknowledged",
            lost,
            told,
            "entries",
            lost / max(told, 1),
            "0",
            lost == 0,
        ),
    ]
