"""What is unsafe is refused before the site opens, in words a clerk understands."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import namedtuple
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bmnn.office.core import recovery, selfcheck, triggers
from bmnn.office.core.act import Refused
from bmnn.office.core.database import PRAGMAS
from bmnn.office.core.engine import perform
from tests.office.core.test_engine import START, note

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    os.chmod(tmp_path, 0o700)
    return tmp_path


def codes(now: datetime | None = None) -> dict[str, bool]:
    return {f.code: f.fatal for f in selfcheck.run(now) if f.code != "disk"}


def test_a_sound_site_has_nothing_to_say() -> None:
    assert codes() == {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="chỉ SQLite có PRAGMA")
def test_an_unsafe_way_to_open_the_database_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=0")
        try:
            assert codes() == {"settings": True}
        finally:
            cursor.execute("PRAGMA recursive_triggers=1")


def test_missing_guards_and_an_open_folder_are_refused(data_folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(triggers.drop_statements()[0])
    os.chmod(data_folder, 0o755)
    assert codes() == {"triggers": True, "folder": True}


def test_a_full_disk_is_refused_and_a_filling_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, fatal in ((10 * 2**20, True), (100 * 2**30 // 10, False)):
        usage = Usage(100 * 2**30, 0, free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert {f.fatal for f in selfcheck.run() if f.code == "disk"} == {fatal}


def test_a_clock_set_back_is_told() -> None:
    perform(note("một"), None, "k1", clock=lambda: START)
    assert codes(START - timedelta(days=1)) == {"clock": False}
    assert codes(START + timedelta(days=1)) == {}


def test_after_a_restore_no_act_is_done_until_the_numbers_are_settled(data_folder: Path) -> None:
    recovery.mark(data_folder, ["«so/di» từng có 9 việc, nay còn 7."])
    assert codes() == {"recovery": False}
    with pytest.raises(Refused, match="đối chiếu sổ giấy"):
        perform(note("một"), None, "k1")
    recovery.leave()
    assert perform(note("một"), None, "k1").numbers == {"số": 1}


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False),
     ((3, 51, 3), True), ((3, 45, 0), False)],
)  # fmt: skip
def test_the_versions_of_sqlite_with_the_race_are_known(version: tuple[int, int, int], safe: bool) -> None:
    assert selfcheck.wal_is_safe(version) is safe


def test_a_real_file_is_opened_with_every_pragma_that_power_loss_asks_for(tmp_path: Path) -> None:
    from bmnn.office.core.database import SQLITE_OPTIONS

    file = sqlite3.connect(tmp_path / "x.sqlite3")
    file.executescript(str(SQLITE_OPTIONS["init_command"]))
    there = {name: str(file.execute(f"PRAGMA {name}").fetchone()[0]) for name in PRAGMAS}
    assert there == {
        "journal_mode": "truncate",
        "synchronous": "3",
        "foreign_keys": "1",
        "recursive_triggers": "1",
    }
    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="cần máy chủ PostgreSQL (BMNN_PG)")
def test_a_server_that_acknowledges_before_it_writes_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert codes() == {"settings": True}
