"""The door is the only door: nothing outside acts and their projections writes to a table built from the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import bmnn.office

ROOT = Path(bmnn.office.__file__).parent
WRITES = re.compile(
    r"objects\b.*\.(?:create|update|delete|bulk_create|bulk_update|get_or_create|update_or_create)\(|"
    r"\.(?:save|bulk_create|bulk_update)\("
)
RAW = re.compile(
    r"\b(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+core_(?:event|ledgernode|loghead|counter)\b", re.I
)
# What is no part of the log: the password's hash, where an account is signed in, signed checkpoints.
NOT_IN_THE_LOG = {"core/passwords.py", "core/seats.py", "core/checkpoints.py"}
ENGINE = {"core/writer.py", "core/replay.py"}


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def _may_write(name: str) -> bool:
    parts = name.split("/")
    return "acts" in parts or "migrations" in parts or parts[-1] == "project.py" or name in NOT_IN_THE_LOG


def test_rows_are_written_by_acts_and_projections_alone() -> None:
    found = [
        f"{name}: {line.strip()}"
        for name, text in sources()
        if not _may_write(name)
        for line in text.splitlines()
        if WRITES.search(line)
    ]
    assert found == []


def test_the_tables_of_the_log_are_written_by_the_engine_alone() -> None:
    assert [name for name, text in sources() if RAW.search(text) and name not in ENGINE] == []


def test_the_search_itself_finds_what_it_looks_for() -> None:
    for line in ("Item.objects.filter(a=1).update(b=2)", "x.save()", "Book.objects.create(a=1)"):
        assert WRITES.search(line), line
    for line in (
        "data.update(b=2)",
        "Item.objects.filter(a=1).count()",
        'messages.success(request, "đã lưu")',
    ):
        assert not WRITES.search(line), line
    assert RAW.search("INSERT INTO core_event (id) VALUES (1)")
