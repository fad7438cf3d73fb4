"""What every test may rely on: nothing connects beyond loopback; the reference samples, where present."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.socket_watch import Watch

SHARED = Path(__file__).resolve().parents[2] / "shared"


class OutsideConnection(AssertionError):
    """A test tried to reach an address beyond loopback."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):  # AF_UNIX and the like never leave the machine
        return True
    host = address[0]
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(name: str) -> Any:
    real = getattr(socket.socket, name)

    def guard(self: socket.socket, address: Any, *rest: Any) -> Any:
        target = rest[-1] if name == "sendto" and rest else address
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(target):
            raise OutsideConnection(f"{name} to {target!r}")
        return real(self, address, *rest)

    return guard


_WATCH = pytest.StashKey[Watch]()


def pytest_configure(config: pytest.Config) -> None:
    """Put the socket guard on for the whole run, before any test or fixture can open a connection; watch the
    programs that the tests start (once: the first process sees the workers and all below them)."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(name))
    if "PYTEST_XDIST_WORKER" not in os.environ:
        config.stash[_WATCH] = Watch(os.getpid())
        config.stash[_WATCH].start()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run in which any program was connected beyond loopback fails."""
    watch = session.config.stash.get(_WATCH, None)
    if watch is not None and (seen := watch.end()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        words = "\n".join(f"KẾT NỐI RA NGOÀI: {one}" for one in sorted(seen))
        print(f"\n{words}", file=sys.stderr)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference samples; where it is absent the tests that need it are skipped and say so."""
    if not SHARED.is_dir():
        pytest.skip("không có thư mục mẫu tham chiếu cạnh dự án")
    return SHARED
