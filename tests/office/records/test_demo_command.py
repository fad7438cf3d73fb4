"""`bmnn demo` on a real folder: everything or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "bmnn.cli.main", "demo", "--data"]


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}


def demo(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)


@pytest.mark.slow
def test_the_sample_is_made_once_with_its_marker(tmp_path: Path) -> None:
    folder = tmp_path / "mau"
    done = demo(folder, "--pairs", "20")
    assert done.returncode == 0, done.stderr[-500:]
    assert "vt.xa1" in done.stdout and "MẪU – SỐ LIỆU BỊA" in done.stdout
    assert (folder / "demo").is_file() and (folder / "bmnn.sqlite3").is_file()
    size = (folder / "bmnn.sqlite3").stat().st_size
    assert demo(folder, "--if-missing").returncode == 0
    again = demo(folder)
    assert again.returncode == 2 and "đã có dữ liệu" in again.stderr
    assert (folder / "bmnn.sqlite3").stat().st_size == size


def test_stopping_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "mau"
    running = subprocess.Popen([*COMMAND, str(folder)], stderr=subprocess.PIPE, text=True, env=environment())
    while not (folder / "bmnn.sqlite3").exists():
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, words = running.communicate(timeout=120)
    assert running.returncode == 2 and "Đã dừng" in words and "Traceback" not in words
    assert not folder.exists()
