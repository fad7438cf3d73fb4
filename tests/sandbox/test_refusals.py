"""Each refusal of the box, by a real attempt inside a locked worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bmnn.sandbox import Box, Limits, Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="các lớp khóa này chỉ có trên Linux")


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with Box("tests.sandbox.victims:attempt") as box:
        yield box


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "ngoai.txt"
    path.write_text("bí mật của người khác")
    return path


NETWORK = ["tcp", "udp", "unix", "raw", "pair"]
PROCESS = ["fork", "vfork_exec", "spawn", "exec", "kill_parent", "kill_all", "ptrace", "memory_of_parent"]
FILES = ["read", "proc", "write", "append", "own_folder", "unlink", "rename", "mkdir", "symlink", "chmod"]
MORE_FILES = ["truncate", "utime", "reopen_writable", "write_to_given", "memfd", "setuid"]


@pytest.mark.parametrize("what", NETWORK + PROCESS + FILES + MORE_FILES)
def test_the_worker_may_not(box: Box, outside: Path, what: str) -> None:
    before = outside.read_bytes()
    outcome = box.call([outside], [what, str(outside)])
    assert outcome.ok, outcome
    assert outcome.value in ("PermissionError", "OSError")
    assert outside.read_bytes() == before
    assert [p.name for p in outside.parent.iterdir()] == [outside.name]


def test_a_folder_outside_cannot_be_listed(box: Box, outside: Path) -> None:
    assert box.call([], ["list", str(outside.parent)]).value == "PermissionError"


def test_four_gib_are_not_to_be_had(box: Box) -> None:
    assert box.call([], ["four_gib", ""]).value == "MemoryError"


def test_threads_of_a_parser_work(box: Box) -> None:
    assert box.call([], ["thread", ""]).value == "done"


def test_only_what_the_parent_opened_can_be_read(tmp_path: Path) -> None:
    given, other = tmp_path / "a", tmp_path / "b"
    given.write_bytes(b"12345")
    other.write_bytes(b"1")
    with Box("tests.sandbox.victims:size") as box:
        assert box.call([given, other]).value == [5, 1]


def test_nothing_of_the_environment_reaches_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAT_KHAU", "khong-duoc-lo")
    with Box("tests.sandbox.victims:environment") as box:
        seen: Outcome = box.call()
    assert "MAT_KHAU" not in seen.value
    assert "HOME" not in seen.value


def test_a_folder_named_in_the_limits_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "mau.txt").write_text("x")
    with Box("tests.sandbox.victims:attempt", Limits(readable=(tmp_path,))) as box:
        assert box.call([], ["read", str(tmp_path / "mau.txt")]).value == "done"
        assert box.call([], ["write", str(tmp_path / "mau.txt")]).value == "PermissionError"
