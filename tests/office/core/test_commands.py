"""The commands on a real folder: a site is made, checked, backed up, restored; what is wrong is told in Vietnamese."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

# One site serves them all, so they run in one worker.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]


def bmnn(*words: object) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BMNN", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "bmnn.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("may")
    (folder / "mk").write_text("câu này chỉ để thử thôi", encoding="utf-8")
    data = folder / "data"
    ran = bmnn("init", "--data", data, "--unit", "Ủy ban nhân dân xã A", "--admin", "Lê Văn B",
               "--password-file", folder / "mk")  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return data


def test_what_init_makes_is_private_and_passes_verify(site: Path) -> None:
    assert stat.S_IMODE(site.stat().st_mode) == 0o700
    for key in (site / "keys").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600, key
    report = json.loads(bmnn("verify", "--json", "--data", site).stdout)
    assert (report["ok"], report["problems"]) == (True, [])
    assert report["entries"] == 4


def test_init_again_keeps_everything_and_a_folder_in_use_is_refused(site: Path, tmp_path: Path) -> None:
    again = bmnn("init", "--data", site)
    assert again.returncode == 0 and "giữ nguyên" in again.stdout
    (tmp_path / "của tôi.txt").write_text("x", encoding="utf-8")
    other = bmnn("init", "--data", tmp_path, "--unit", "A", "--admin", "B")
    assert other.returncode == 2 and "không trống" in other.stderr


def test_a_backup_is_tested_opens_with_either_key_and_not_when_one_byte_changed(
    site: Path, tmp_path: Path
) -> None:
    made = json.loads(bmnn("backup", "--json", "--data", site, "--to", tmp_path / "usb").stdout)
    assert made["restore_test"]["ok"] is True
    sealed = Path(made["file"])
    assert "Lê Văn B".encode() not in sealed.read_bytes()
    notes = tmp_path / "chot.txt"
    assert bmnn("ledger", "checkpoint", "--data", site, "--out", notes).returncode == 0
    for name in ("keys/sao-luu.agekey", "khoa-khoi-phuc.agekey"):
        target = tmp_path / name.replace("/", "-")
        ran = bmnn("restore", sealed, "--data", target, "--key", site / name, "--witness", notes)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        # The restored folder can be backed up again, and the recovery key is not left on the machine.
        again = bmnn("backup", "--json", "--data", target, "--to", target / "backups")
        assert again.returncode == 0 and json.loads(again.stdout)["restore_test"]["ok"], again.stderr
        recovery = (site / "khoa-khoi-phuc.agekey").read_text(encoding="ascii")
        assert not any(recovery in p.read_text("latin-1") for p in target.rglob("*") if p.is_file())
        ran = bmnn("restore", json.loads(again.stdout)["file"], "--data", tmp_path / f"{target.name}-2", "--key",
                   site / "khoa-khoi-phuc.agekey", "--witness", notes)  # fmt: skip
        assert ran.returncode == 0, ran.stdout + ran.stderr
    raw = bytearray(sealed.read_bytes())
    raw[len(raw) // 2] ^= 1
    sealed.write_bytes(raw)
    broken = bmnn("restore", sealed, "--data", tmp_path / "x", "--key", site / "keys/sao-luu.agekey")
    assert broken.returncode == 2 and "bị hỏng hay bị sửa" in broken.stderr
    assert not (tmp_path / "x").exists()


OLDER = """
import sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", "records", "0004", verbosity=0)
"""


def test_a_backup_of_an_older_version_is_restored_and_brought_up_to_this_one(
    site: Path, tmp_path: Path
) -> None:
    old = tmp_path / "cũ"
    shutil.copytree(site, old)
    subprocess.run([sys.executable, "-c", OLDER, old], check=True)
    assert bmnn("verify", "--data", old).returncode == 2
    ran = bmnn("backup", "--json", "--data", old, "--to", tmp_path / "usb")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    target = tmp_path / "mới"
    ran = bmnn(
        "restore", json.loads(ran.stdout)["file"], "--data", target, "--key", old / "keys/sao-luu.agekey"
    )
    assert "phục hồi" in ran.stdout, ran.stderr
    assert bmnn("verify", "--data", target, "--quiet").returncode == 0


def test_an_edit_of_the_file_is_told_with_status_1_and_a_proof_is_checked(site: Path, tmp_path: Path) -> None:
    proof = tmp_path / "bang-chung.json"
    assert bmnn("ledger", "prove", "--entry", 2, "--data", site, "--out", proof).returncode == 0
    assert bmnn("ledger", "check", proof).returncode == 0
    proof.write_text(proof.read_text(encoding="utf-8").replace("Lê Văn B", "Lê Văn C"), encoding="utf-8")
    assert bmnn("ledger", "check", proof).returncode == 1
    copy = tmp_path / "copy"
    copy.mkdir()
    with sqlite3.connect(site / "bmnn.sqlite3") as good, sqlite3.connect(copy / "bmnn.sqlite3") as bad:
        good.backup(bad)
        bad.execute("UPDATE core_person SET name = 'Kẻ khác'")
    ran = bmnn("verify", "--data", copy)
    assert ran.returncode == 1
    assert "Bảng core_person" in ran.stdout and "Traceback" not in ran.stderr


def test_the_kit_is_checked_elsewhere_by_its_own_file_and_the_slip_of_paper_by_verify(
    site: Path, tmp_path: Path
) -> None:
    from bmnn.ledger import fingerprint

    kit = tmp_path / "bộ kiểm tra"
    assert bmnn("ledger", "kit", "--data", site, "--out", kit).returncode == 0
    words = ["nhat-ky.jsonl", "--chot", "chot-so.txt", "--khoa", "khoa-cong-khai.txt"]
    ran = subprocess.run([sys.executable, "-I", "kiemtraso.py", *words], cwd=kit, capture_output=True, text=True,
                         env={}, check=False)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    printed = fingerprint((kit / "chot-so.txt").read_bytes())
    assert bmnn("verify", "--data", site, "--fingerprint", printed.lower(), "--quiet").returncode == 0
    other = fingerprint(b"x")
    ran = bmnn("verify", "--data", site, "--fingerprint", other, "--quiet")
    assert ran.returncode == 1 and "không khớp bản chốt nào" in ran.stdout
    assert bmnn("verify", "--data", site, "--fingerprint", other[:-1]).returncode == 2
    again = bmnn("ledger", "kit", "--data", site, "--out", kit)
    assert again.returncode == 2 and "không phải thư mục trống" in again.stderr


def test_proofs_carry_a_signature_that_check_holds_against_the_public_key(site: Path, tmp_path: Path) -> None:
    old, proof, keys = tmp_path / "cũ.txt", tmp_path / "p.json", tmp_path / "k.txt"
    assert bmnn("ledger", "checkpoint", "--data", site, "--out", old).returncode == 0
    assert bmnn("ledger", "keys", "--data", site, "--out", keys).returncode == 0
    said = json.loads(bmnn("ledger", "prove", "--entry", 1, "--data", site, "--json").stdout)
    assert {"schema_version", "ok", "entries", "root", "problems", "unwitnessed"} <= said.keys()
    assert said["ok"] and said["entries"] == said["size"] and len(said["root"]) == 64
    bmnn("ledger", "prove", "--since", old, "--data", site, "--out", proof)
    checked = bmnn("ledger", "check", proof, "--since", old, "--key", keys, "--json")
    answer = json.loads(checked.stdout)
    assert (checked.returncode, answer["ok"], answer["problems"]) == (0, True, [])
    assert bmnn("ledger", "check", proof, "--key", keys).returncode == 1
    strange = tmp_path / "other.txt"
    strange.write_text(keys.read_text().replace("+", "+0", 1))
    assert bmnn("ledger", "check", proof, "--since", old, "--key", strange).returncode == 1
    wrong: list[list[object]] = [["prove"], ["prove", "--entry", 999], ["prove", "--since", keys], ["check"]]
    for words in [*wrong, ["export", "--stream", "x"]]:
        ran = bmnn("ledger", *words, "--data", site)
        assert ran.returncode == 2 and ran.stderr.strip() and "Traceback" not in ran.stderr, words


def test_a_folder_of_an_older_version_is_brought_up_to_date_with_its_tables_filled_from_the_log(
    site: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    older = """
import sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", "core", "0002_append_only", verbosity=0)
"""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BMNN", "DJANGO"))}
    subprocess.run([sys.executable, "-c", older, str(copy)], check=True, env=environment)
    told = bmnn("serve", "--data", copy)
    assert told.returncode == 2 and "phiên bản cũ" in told.stderr and "bmnn init" in told.stderr
    updated = bmnn("init", "--data", copy)
    assert updated.returncode == 0 and "các bảng đã dựng lại" in updated.stdout, updated.stderr
    assert bmnn("verify", "--data", copy, "--quiet").returncode == 0


def test_what_a_killed_writer_left_half_done_is_taken_back_before_verify_reads(
    site: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    code = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.executescript("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA cache_size=1;")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE core_person SET note = hex(randomblob(200000))")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code, str(copy / "bmnn.sqlite3")], check=False)
    assert (copy / "bmnn.sqlite3-journal").stat().st_size
    ran = bmnn("verify", "--data", copy, "--json", "--quiet")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["ok"]


def test_a_missing_key_is_told_and_a_backup_is_not_made_without_it(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    (copy / "keys/server.ed25519").unlink()
    for verb in (["backup", "--to", tmp_path / "b"], ["ledger", "checkpoint"]):
        ran = bmnn(*verb, "--data", copy)
        assert ran.returncode == 2 and "Traceback" not in ran.stderr, verb
    ran = bmnn("verify", "--data", copy)
    assert ran.returncode == 1 and "khóa ký" in ran.stdout


@pytest.mark.parametrize("verb", ["verify", "rebuild", "serve", "ledger checkpoint", "backup --to x"])
def test_an_empty_folder_is_told_what_to_do(verb: str, tmp_path: Path) -> None:
    ran = bmnn(*verb.split(), "--data", tmp_path)
    assert ran.returncode == 2
    assert "bmnn init" in ran.stderr and "Traceback" not in ran.stderr


def test_a_file_that_is_no_database_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "bmnn.sqlite3").write_bytes(b"khong phai" * 1000)
    ran = bmnn("verify", "--data", tmp_path)
    assert ran.returncode == 2
    assert "tệp bị hỏng" in ran.stderr and "Traceback" not in ran.stderr
