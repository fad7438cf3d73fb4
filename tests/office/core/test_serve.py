"""`bmnn serve` on a real folder: opens on this machine alone, stops cleanly, does not open what is unsafe."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.office.core.site import new_site
from tests.socket_watch import remote_address

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_site(tmp_path_factory.mktemp("may") / "data")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def start(site: Path, port: int | str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BMNN", "DJANGO"))}
    words = [sys.executable, "-m", "bmnn.cli.main", "serve", "--data", str(site), "--port", str(port)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


@contextmanager
def serving(site: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    port = free_port()
    server = start(site, port)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in line, server.communicate()
        yield port, server
    finally:
        server.kill()
        server.communicate()


def test_it_answers_on_this_machine_alone_and_stops_when_asked(site: Path) -> None:
    with serving(site) as (port, server):
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=20)
        assert "Đăng nhập" in answer.read().decode()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Server"] == "bmnn"
        strange = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": "ngoai.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(strange, timeout=20)
        assert refused.value.code == 400
        listening = [
            remote_address(fields[1]).is_loopback
            for table in ("tcp", "tcp6")
            for fields in map(str.split, Path(f"/proc/net/{table}").read_text().splitlines()[1:])
            if int(fields[1].rsplit(":", 1)[1], 16) == port and fields[3] == "0A"
        ]
        assert listening == [True]
        second = start(site, port)
        _, err = second.communicate(timeout=60)
        assert second.returncode == 2 and f"Cổng {port} đang có chương trình khác dùng" in err
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
        assert (server.returncode, out.strip().splitlines()[-1]) == (0, "Đã dừng."), err


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DROP TRIGGER core_event_no_delete", "mất chốt chống sửa, xóa"),
        ("DELETE FROM django_migrations WHERE app = 'core'", "phiên bản cũ"),
    ],
)
def test_it_does_not_open_what_is_unsafe(site: Path, tmp_path: Path, damage: str, words: str) -> None:
    copy = tmp_path / "data"
    copy.mkdir(mode=0o700)
    with sqlite3.connect(site / "bmnn.sqlite3") as good, sqlite3.connect(copy / "bmnn.sqlite3") as bad:
        good.backup(bad)
        bad.execute(damage)
    server = start(copy, free_port())
    _, err = server.communicate(timeout=60)
    assert server.returncode == 2
    assert "KHÔNG MỞ ĐƯỢC" in err and words in err and "Traceback" not in err


@pytest.mark.parametrize("port", ["0", "70000", "tám"])
def test_a_wrong_port_is_told(site: Path, port: str) -> None:
    server = start(site, port)
    _, err = server.communicate(timeout=60)
    assert server.returncode == 2 and "Traceback" not in err and port in err
