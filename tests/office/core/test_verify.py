"""`verify` finds every change of the database that was made past the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bmnn.office.core import checkpoints, triggers, verify
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Checkpoint
from tests.office.core.tampering import EDITS, rewrite_tree
from tests.office.core.test_engine import note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.DATA = tmp_path
    yield tmp_path


def fill(count: int = 12) -> None:
    for i in range(count):
        perform(note(f"việc {i}", "AB"[i % 2]), None, f"k{i}")


def unguarded(change: Callable[[Any], None]) -> None:
    with connection.cursor() as cursor:
        for statement in triggers.drop_statements():
            cursor.execute(statement)
        change(cursor)


def test_an_untouched_log_has_no_problem_and_says_what_no_witness_has_seen() -> None:
    fill(8)
    checkpoints.make("thử")
    fill_more = perform(note("sau khi chốt"), None, "sau")
    report = verify.check()
    assert report.problems == []
    assert report.entries == 9
    assert report.unwitnessed == {"entries": 1, "since": fill_more.event.at}


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: e.__name__)
def test_an_edit_past_the_program_is_found_even_when_the_tree_is_recomputed(edit: Any) -> None:
    fill()
    checkpoints.make("thử")
    outside = checkpoints.latest_notes()
    unguarded(edit)
    assert verify.check([outside]).problems
    unguarded(rewrite_tree)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_checkpoint")
    for path in (Path(checkpoints.settings.DATA) / checkpoints.FOLDER).glob("*"):
        path.unlink()
    assert verify.check([outside]).problems


def test_a_shortened_log_is_told_by_the_checkpoint_held_outside() -> None:
    fill(4)
    checkpoints.make("thử")
    outside = checkpoints.latest_notes()

    def drop(cursor: Any) -> None:
        cursor.execute("DELETE FROM core_event WHERE id > 2")
        cursor.execute("DELETE FROM core_checkpoint")

    unguarded(drop)
    unguarded(rewrite_tree)
    kinds = {p["kind"] for p in verify.check([outside]).problems}
    assert "truncated" in kinds


def test_a_checkpoint_with_a_changed_size_or_a_strange_key_is_refused() -> None:
    fill(4)
    checkpoints.make("thử")
    good = Checkpoint.objects.get(stream="test/A").note
    for bad in (good.replace("\n2\n", "\n1\n"), good[:-8] + "AAAAAA=\n", "không phải bản chốt"):
        assert verify.check([bad]).problems, bad
    assert verify.check([good]).problems == []


def test_the_fingerprint_on_a_slip_of_paper_stands_for_the_checkpoints_of_its_day() -> None:
    fill(6)
    checkpoints.make("thử")
    printed = checkpoints.paper_fingerprint()
    perform(note("về sau"), None, "sau")
    checkpoints.make("thử")
    assert verify.check(fingerprints=[printed]).problems == []

    def forge(cursor: Any) -> None:
        EDITS[0](cursor)
        rewrite_tree(cursor)
        cursor.execute("DELETE FROM core_checkpoint")

    unguarded(forge)
    for path in (Path(checkpoints.settings.DATA) / checkpoints.FOLDER).glob("*"):
        path.unlink()
    checkpoints.make("làm giả")
    assert verify.check().problems == []
    assert {p["kind"] for p in verify.check(fingerprints=[printed]).problems} == {"fingerprint"}


def test_a_missing_signing_key_is_told_and_never_made_anew() -> None:
    fill(2)
    checkpoints.make("thử")
    key = Path(checkpoints.settings.DATA) / "keys/server.ed25519"
    key.unlink()
    assert {p["kind"] for p in verify.check().problems} == {"signature"}
    assert not key.exists()
    with pytest.raises(FileNotFoundError):
        checkpoints.make("thử")
