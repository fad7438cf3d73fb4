"""Backups of a site on PostgreSQL: made while others write, sealed as elsewhere, brought back to a server or a
file."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office.core import server

psycopg = pytest.importorskip("psycopg")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(server.programs() is None, reason="máy này không có máy chủ PostgreSQL"),
]
NUMBERED = "SELECT name, value FROM core_counter ORDER BY name"

WRITER = """
import sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.engine import perform
for i in range(100_000):
    perform(AddPerson(AddPerson.Input(name=f"Nguyễn Văn {i}")), None, f"{sys.argv[2]}-{i}")
    print(i, flush=True)
"""

# A scan on file: its totals are JSON, whose keys the server keeps in another order than the log.
SCANNED = """
import sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Account, Person, Unit
from bmnn.office.oversight.acts.record_scan import RecordScan
from bmnn.office.oversight.models import Scan
admin, unit = Account.objects.get(), Unit.objects.get()
perform(AddPerson(AddPerson.Input(name="Trần Thị C")), admin, "người")
person = Person.objects.get(name="Trần Thị C")
perform(OpenAccount(OpenAccount.Input(person=person, username="van.thu")), admin, "tài khoản")
clerk = Account.objects.get(username="van.thu")
given = SetRoles.Input(account=clerk, roles=(Role("van_thu", unit),), ceiling="", document="01/QĐ")
perform(SetRoles(given), admin, "vai")
totals = {name: 0 for name in ("suspect", "review", "unreadable", "over_limit", "pages_ocr", "pages_unread")}
totals |= {"items": 1, "clear": 1, "bytes": 1}
result = {"totals": totals, "findings": []}
done = RecordScan.Input(unit, "Quý II", "Thư mục chung", result, "7a2c1c4e-0000-4000-8000-000000000001")
perform(RecordScan(done), clerk, "rà soát")
assert Scan.objects.get().totals == totals
"""


def environment(conninfo: str = "") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BMNN", "DJANGO", "PG"))}
    return kept | ({"BMNN_PG": conninfo} if conninfo else {})


def bmnn(conninfo: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bmnn.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment(conninfo),
        check=False,
    )


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with server.running() as conninfo:
        yield conninfo


def database(host: str, name: str) -> str:
    with psycopg.connect(f"{host} dbname=postgres", autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')
    return f"{host} dbname={name}"


@pytest.fixture(scope="module")
def site(host: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    conninfo, folder = database(host, "goc"), tmp_path_factory.mktemp("may") / "data"
    password = folder.parent / "mk"
    password.write_text("mot mat khau that dai va kho doan 7", encoding="utf-8")
    ran = bmnn(conninfo, "init", "--data", folder, "--unit", "Ủy ban nhân dân xã A", "--admin", "Lê Văn B",
               "--password-file", password)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    subprocess.run([sys.executable, "-c", SCANNED, folder], check=True, env=environment(conninfo))
    return conninfo, folder


def rows(conninfo: str) -> dict[str, int]:
    """Rows of every table of a server's database."""
    with psycopg.connect(conninfo) as there:
        names = [r[0] for r in there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {n: there.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}


def rows_of_file(path: Path, names: set[str]) -> dict[str, int]:
    with sqlite3.connect(path) as there:
        return {n: there.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}


@pytest.fixture(scope="module")
def sealed(site: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """A backup made while two processes write; how much each side of it was already acknowledged."""
    conninfo, folder = site
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, folder, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                         text=True, env=environment(conninfo))
        for name in ("một", "hai")
    ]  # fmt: skip
    try:
        for writer in writers:
            assert writer.stdout is not None
            if writer.stdout.readline() != "0\n":
                raise AssertionError(writer.communicate()[1])
        before = rows(conninfo)["core_event"]
        ran = bmnn(conninfo, "backup", "--json", "--data", folder, "--to", tmp_path_factory.mktemp("usb"))
        after = rows(conninfo)["core_event"]
        assert all(writer.poll() is None for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = json.loads(ran.stdout)
    assert made["restore_test"]["ok"] is True
    assert not list((folder / "tmp").iterdir())
    return Path(made["file"]), before, after


def test_what_was_acknowledged_before_is_in_it_and_both_restores_are_the_same_site(
    site: tuple[str, Path], sealed: tuple[Path, int, int], host: str, tmp_path: Path
) -> None:
    file, before, after = sealed
    assert "Lê Văn B".encode() not in file.read_bytes()
    as_file, there = tmp_path / "tep", tmp_path / "may-chu"
    notes = sorted((site[1] / "checkpoints").glob("*.txt"))[-1]
    target = database(host, "moi")
    for conninfo, folder, key in (
        ("", as_file, "keys/sao-luu.agekey"),
        (target, there, "khoa-khoi-phuc.agekey"),
    ):
        ran = bmnn(conninfo, "restore", file, "--data", folder, "--key", site[1] / key, "--witness", notes)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        ran = bmnn(conninfo, "verify", "--data", folder, "--witness", notes, "--quiet")
        assert ran.returncode == 0 and "KẾT QUẢ: ĐẠT" in ran.stdout, ran.stdout + ran.stderr
    assert not (there / "bmnn.sqlite3").exists()
    counted = rows(target)
    assert counted == rows_of_file(as_file / "bmnn.sqlite3", set(counted))
    assert before <= counted["core_event"] <= after
    with psycopg.connect(target) as restored, sqlite3.connect(as_file / "bmnn.sqlite3") as opened:
        assert restored.execute(NUMBERED).fetchall() == opened.execute(NUMBERED).fetchall()


def test_a_site_brought_to_a_server_goes_on_without_a_gap(
    site: tuple[str, Path], sealed: tuple[Path, int, int], host: str, tmp_path: Path
) -> None:
    conninfo, folder = database(host, "tiep"), tmp_path / "d"
    notes = sorted((site[1] / "checkpoints").glob("*.txt"))[-1]
    ran = bmnn(conninfo, "restore", sealed[0], "--data", folder, "--key", site[1] / "keys/sao-luu.agekey",
               "--witness", notes)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    before = rows(conninfo)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, folder, "ba"], stdout=subprocess.PIPE, text=True,
                              env=environment(conninfo))  # fmt: skip
    assert writer.stdout is not None
    assert [writer.stdout.readline() for _ in range(5)] == [f"{i}\n" for i in range(5)]
    writer.kill()
    writer.communicate()
    time.sleep(0.2)  # the server takes the killed writer's transaction back
    assert rows(conninfo)["core_person"] >= before["core_person"] + 5
    assert bmnn(conninfo, "verify", "--data", folder, "--quiet").returncode == 0
    ran = bmnn(conninfo, "backup", "--json", "--data", folder, "--to", tmp_path / "usb")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_cannot_be_restored_leaves_the_server_and_the_folder_as_they_were(
    site: tuple[str, Path], sealed: tuple[Path, int, int], host: str, tmp_path: Path
) -> None:
    empty = database(host, "trong")
    key, other = site[1] / "keys/sao-luu.agekey", tmp_path / "khac.agekey"
    import pyrage

    other.write_text(f"{pyrage.x25519.Identity.generate()}\n", encoding="ascii")
    damaged = tmp_path / "hong.bmnn-backup"
    raw = bytearray(sealed[0].read_bytes())
    raw[len(raw) // 2] ^= 1
    damaged.write_bytes(raw)
    ready = tmp_path / "co-san"
    ready.mkdir()
    nowhere = f"host={tmp_path} dbname=x"
    for conninfo, file, by, words in (
        (empty, damaged, key, "bị hỏng hay bị sửa"),
        (empty, sealed[0], other, "sai khóa"),
        (site[0], sealed[0], key, "không trống"),
        (nowhere, sealed[0], key, "máy chủ PostgreSQL (BMNN_PG): không kết nối được"),
        ("không phải chuỗi kết nối", sealed[0], key, "máy chủ PostgreSQL (BMNN_PG): không kết nối được"),
        (f"{host} user=khach dbname=trong", sealed[0], key, "Máy chủ được giữ nguyên như trước"),
    ):
        with psycopg.connect(empty, autocommit=True) as there:
            there.execute("DROP ROLE IF EXISTS khach")
            there.execute("CREATE ROLE khach LOGIN")
        for folder in (tmp_path / "moi", ready):
            ran = bmnn(conninfo, "restore", file, "--data", folder, "--key", by)
            assert ran.returncode == 2 and words in ran.stderr and "Traceback" not in ran.stderr, ran.stderr
        assert not (tmp_path / "moi").exists() and not list(ready.iterdir())
        assert rows(empty) == {}
    assert bmnn(site[0], "verify", "--data", site[1], "--quiet").returncode == 0


def test_an_edited_server_gives_a_backup_that_counts_for_nothing(
    site: tuple[str, Path], sealed: tuple[Path, int, int], host: str, tmp_path: Path
) -> None:
    conninfo, folder = database(host, "sua"), tmp_path / "d"
    notes = sorted((site[1] / "checkpoints").glob("*.txt"))[-1]
    ran = bmnn(conninfo, "restore", sealed[0], "--data", folder, "--key", site[1] / "keys/sao-luu.agekey",
               "--witness", notes)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with psycopg.connect(conninfo) as there:
        there.execute("UPDATE core_person SET name = 'Kẻ khác' WHERE id = 2")
    ran = bmnn(conninfo, "backup", "--data", folder, "--to", tmp_path / "usb")
    assert ran.returncode == 1 and "KHÔNG ĐẠT" in ran.stdout and "core_person" in ran.stdout
    shutil.rmtree(folder / "keys")
    ran = bmnn(conninfo, "backup", "--data", folder, "--to", tmp_path / "usb")
    assert ran.returncode == 2 and "Traceback" not in ran.stderr
