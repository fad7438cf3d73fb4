"""The guard itself: a run that could reach outside would prove nothing."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import OutsideConnection


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
