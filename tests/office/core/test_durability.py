"""Two clerks at once, and a machine that dies: nothing acknowledged is lost, no number is missing or given
twice.

The full sizes (2 × 1,000 registrations, 1,000 kills) run in bench/durability.py.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bmnn.office.core.boot import snapshot
from tests.office.core.site import CHECKER, KILLER, WRITER, finish, new_site, start

pytestmark = pytest.mark.slow
KILLS = 60


def acknowledged(output: str) -> dict[str, int]:
    """Key and number of every line that was written out whole."""
    lines = [x.split() for x in output.splitlines() if x != "ready"]
    return {x[0]: int(x[1]) for x in lines if len(x) == 2 and x[1].isdigit()}


def test_two_processes_with_rollbacks_and_retries_give_every_number_once(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    writers = [start(WRITER, site, name, 120, 0.3) for name in ("một", "hai")]
    for writer in writers:
        assert writer.stdout is not None and writer.stdin is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [acknowledged(finish(writer)) for writer in writers]
    assert [len(s) for s in said] == [120, 120]
    assert sorted([*said[0].values(), *said[1].values()]) == list(range(1, 241))
    assert json.loads(finish(start(CHECKER, site)))["problems"] == []


def test_killing_the_writing_process_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    told = acknowledged(finish(start(KILLER, site, KILLS, 7)))
    found = json.loads(finish(start(CHECKER, site)))
    assert found["problems"] == []
    assert told and told.items() <= found["given"].items()
    assert sorted(found["given"].values()) == list(range(1, len(found["given"]) + 1))


def test_a_copy_made_while_somebody_writes_is_whole(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    writer = start(WRITER, site, "một", 10_000, 0.1)
    assert writer.stdout is not None and writer.stdin is not None
    assert writer.stdout.readline() == "ready\n"
    writer.stdin.write("go\n")
    writer.stdin.flush()
    sizes = []
    for number in range(12):
        for _ in range(5):
            writer.stdout.readline()
        copy = tmp_path / f"{number}.sqlite3"
        snapshot(site / "bmnn.sqlite3", copy)
        base = sqlite3.connect(copy)
        assert base.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        count, last = base.execute("SELECT count(*), max(id) FROM core_event").fetchone()
        (heads,) = base.execute("SELECT sum(size) FROM core_loghead").fetchone()
        (given,) = base.execute("SELECT sum(value) FROM core_counter").fetchone()
        base.close()
        assert count == last == heads == given
        sizes.append(count)
    writer.kill()
    writer.communicate()
    assert sizes == sorted(sizes) and sizes[-1] > sizes[0]
