"""The guard itself: a run that could reach outside would prove nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from ipaddress import ip_address
from pathlib import Path

import pytest

from tests.conftest import OutsideConnection
from tests.socket_watch import Watch, family, remote_address


@pytest.mark.parametrize("host", ["192.0.2.1", "8.8.8.8", "example.org"])
def test_a_connection_beyond_loopback_is_refused(host: str) -> None:
    with socket.socket() as s, pytest.raises(OutsideConnection):
        s.connect((host, 80))


def test_a_datagram_beyond_loopback_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s, pytest.raises(OutsideConnection):
        s.sendto(b"x", ("192.0.2.1", 53))


def test_loopback_still_works() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("0100007F:1F90", "127.0.0.1"),
        ("08080808:0035", "8.8.8.8"),
        ("0000000000000000FFFF00000100007F:0050", "127.0.0.1"),
        ("B80D0120000000000000000001000000:01BB", "2001:db8::1"),
    ],
)
def test_the_kernels_addresses_are_read(field: str, address: str) -> None:
    assert remote_address(field) == ip_address(address)


# A program of its own (no child of this run, which would rightly fail the run) with one connected socket below it.
_APART = """
import os, socket, sys, time
if os.fork():
    os._exit(0)
os.setsid()
if os.fork() == 0:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.connect((sys.argv[1], 9))
    time.sleep(30)
    os._exit(0)
print(os.getpid(), flush=True)
time.sleep(30)
"""


@pytest.mark.skipif(not Path("/proc/net/udp").exists(), reason="hệ điều hành này không có /proc/net")
@pytest.mark.parametrize(("address", "outside"), [("192.0.2.1", True), ("127.0.0.1", False)])
def test_a_program_below_that_is_connected_beyond_loopback_is_seen(address: str, outside: bool) -> None:
    started = subprocess.Popen([sys.executable, "-c", _APART, address], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    pid = int(started.stdout.readline())
    started.wait()
    try:
        watch = Watch(pid)
        for _ in range(50):
            watch.look()
            if watch.seen:
                break
            time.sleep(0.02 if outside else 0.004)
        assert len(family(pid)) == 2 and os.getpid() not in family(pid)
        assert any(address in seen for seen in watch.seen) is outside
    finally:
        os.killpg(pid, signal.SIGKILL)
