"""Hives: read in place, logs replayed, damage contained."""

from __future__ import annotations

import io
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmnn.machines.hive import Hive, HiveDamaged, replay
from bmnn.machines.hive.log import marvin32
from bmnn.machines.hive.write import hive

TREE: dict = {"A": {"B": {}, "Đĩa 🌎": {}}}
TREE["A"]["B"][""] = {"so": (4, 7), "chu": (1, "giá trị"), "x": (3, b"1234567")}


def test_keys_and_values_are_found_whatever_their_case():
    key = Hive(hive(TREE)).get("a\\b")
    assert key is not None and (key.number("SO"), key.text("Chu")) == (7, "giá trị")
    value = key.value("x")
    assert value is not None and value.data == b"1234567"


def test_names_beyond_latin_are_kept():
    assert {k.name for k in Hive(hive(TREE)).root.child("A").subkeys()} == {"B", "Đĩa 🌎"}


def log_entry(sequence: int, bins: int, pages: list[tuple[int, bytes]]) -> bytes:
    body = b"".join(struct.pack("<II", at, len(p)) for at, p in pages) + b"".join(p for _, p in pages)
    size = (40 + len(body) + 511) // 512 * 512
    body = body.ljust(size - 40, b"\0")
    head = (
        b"HvLE"
        + struct.pack("<IIIII", size, 0, sequence, bins, len(pages))
        + struct.pack("<Q", marvin32(body))
    )
    return head + struct.pack("<Q", marvin32(head)) + body


def dirty_pair(first: int = 4) -> tuple[bytes, bytes, bytes]:
    """(hive as it lies, its log, hive as Windows meant it)."""
    old = hive({"A": {"cũ": {}}}, primary=5, secondary=4)
    new = hive({"A": {"mới": {}}})
    log = new[:512] + log_entry(first, len(new) - 4096, [(0, new[4096:])])
    return old, log, new


def test_a_dirty_hive_is_brought_up_to_date_by_its_log():
    old, log, _ = dirty_pair()
    done = replay(old, [log])
    assert done.complete and [k.name for k in Hive(done.data).root.child("A").subkeys()] == ["mới"]
    assert not Hive(done.data).dirty


def test_entries_that_windows_had_already_written_are_not_put_in_again():
    old, log, _ = dirty_pair(first=3)
    done = replay(old, [log])
    assert (done.pages, done.older_pages, done.data) == (0, 1, old)


def test_a_clean_hive_is_never_touched():
    _, log, new = dirty_pair()
    assert replay(new, [log]).data == new


@given(at=st.integers(512, 4000), bit=st.integers(0, 7))
def test_a_torn_log_entry_adds_nothing(at, bit):
    old, log, _ = dirty_pair()
    torn = bytearray(log)
    torn[at] ^= 1 << bit
    assert replay(old, [bytes(torn)]).data in (old, replay(old, [log]).data)


@given(data=st.data())
def test_flipped_bits_never_crash_or_loop(data):
    raw = bytearray(hive(TREE))
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(4, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        broken = Hive(bytes(raw))
    except HiveDamaged:
        return
    stack, count = [(broken.root, 0)], 0
    while stack and count < 500:
        key, depth = stack.pop()
        count += 1
        list(key.values())
        stack += [(k, depth + 1) for k in key.subkeys()] if depth < 10 else []


def test_a_foreign_writer_is_understood(hivexregedit, tmp_path):
    """hivexregedit writes with another library; what it wrote is read back."""
    base = tmp_path / "h"
    base.write_bytes(hive({}))
    text = '[\\Microsoft]\n\n[\\Microsoft\\X]\n"a"=dword:0000002a\n"b"="chuoi"\n\n'
    done = subprocess.run(
        [hivexregedit, "--merge", str(base)], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    key = Hive(base.read_bytes()).get("Microsoft\\X")
    assert key is not None and (key.number("a"), key.text("b")) == (42, "chuoi")


@pytest.mark.shared
def test_replay_agrees_with_an_independent_parser(samples: Path, tmp_path: Path):
    """regipy as oracle for the log that applies; it also puts in LOG2, whose entry is older than the hive."""
    from regipy.recovery import apply_transaction_logs

    primary = samples / "hives/dirty_NTUSER.DAT"
    logs = [samples / f"hives/dirty_ntuser.dat.LOG{i}" for i in (1, 2)]
    restored, pages = apply_transaction_logs(
        str(primary), str(logs[0]), restored_hive_path=str(tmp_path / "r")
    )
    ours = replay(primary.read_bytes(), [p.read_bytes() for p in logs])
    theirs = Path(restored).read_bytes()
    assert (ours.pages, ours.older_pages) == (pages, 9) == (132, 9)
    assert ours.data[4096:] == theirs[4096:]
    assert io.BytesIO(ours.data).read(4) == b"regf"
