"""What every test may rely on: nothing connects beyond loopback; the reference samples, where present."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest

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


def pytest_configure(config: pytest.Config) -> None:
    """Put the socket guard on for the whole run, before any test or fixture can open a connection."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(name))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference samples; where it is absent the tests that need it are skipped and say so."""
    if not SHARED.is_dir():
        pytest.skip("không có thư mục mẫu tham chiếu cạnh dự án")
    return SHARED
