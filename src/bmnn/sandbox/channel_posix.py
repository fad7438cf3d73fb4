"""The channel between parent and worker on Unix: a socket pair over which open files can be handed."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import socket
import subprocess
import sys
import time
from typing import Any, BinaryIO

from bmnn.sandbox import frames
from bmnn.sandbox.limits import MAX_FILES

assert sys.platform != "win32"  # for the type checker: the rest exists on one system only

_CHANNEL = "BMNN_CHANNEL"


class Closed(Exception):
    """The other side is gone."""


class TooLate(Exception):
    """The other side did not answer in time."""


class WorkerChannel:
    """The worker's end."""

    def __init__(self) -> None:
        """Take the socket the parent left open."""
        self._socket = socket.socket(fileno=int(os.environ.pop(_CHANNEL)))

    def receive(self) -> tuple[Any, list[BinaryIO]] | None:
        """The next message with its files; None when the parent is gone."""
        first, fds, _, _ = socket.recv_fds(self._socket, frames.HEADER.size, MAX_FILES)
        if not first:
            return None
        header = first + self._exactly(frames.HEADER.size - len(first))
        _, length = frames.head(header, 2**32 - 1)
        value = frames.unpack(self._exactly(length))
        return value, [io.BufferedReader(io.FileIO(fd)) for fd in fds]

    def send(self, kind: bytes, value: Any) -> None:
        """One frame to the parent."""
        self._socket.sendall(frames.pack(kind, value))

    def _exactly(self, length: int) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            part = self._socket.recv(min(1 << 20, length - len(parts)))
            if not part:
                raise SystemExit(0)
            parts += part
        return bytes(parts)


class ParentChannel:
    """The parent's end: starts the worker, speaks to it within a deadline, ends it with its whole group."""

    def __init__(self, environment: dict[str, str], memory: int) -> None:
        """Start a worker process. `memory` is unused here: the worker limits itself."""
        ours, theirs = socket.socketpair()
        self._socket = ours
        with theirs:
            fd = theirs.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-m", "bmnn.sandbox.worker"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=environment | {_CHANNEL: str(fd)},
                pass_fds=(fd,),
                start_new_session=True,
            )
        ours.setblocking(False)

    def send(self, kind: bytes, value: Any, fds: list[int], deadline: float) -> None:
        """One message, with open descriptors. Raises Closed or TooLate."""
        data = memoryview(frames.pack(kind, value))
        while data:
            self._wait(deadline, writing=True)
            try:
                sent = socket.send_fds(self._socket, [data], fds) if fds else self._socket.send(data)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Closed from error
            fds, data = [], data[sent:]

    def receive(self, deadline: float, most: int) -> tuple[bytes, Any, int]:
        """The next frame: kind, value, length. Raises Closed, TooLate or frames.BadFrame."""
        kind, length = frames.head(self._exactly(frames.HEADER.size, deadline), most)
        return kind, frames.unpack(self._exactly(length, deadline)), length

    def kill(self) -> int:
        """End the worker and whatever belongs to its group; its exit status."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self._socket.close()
        return self.process.wait()

    def exit_reason(self) -> str:
        """Why a worker that is gone went: "cpu", "memory" (killed by the system) or "crashed"."""
        try:
            status = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "crashed"
        return {-signal.SIGXCPU: "cpu", -signal.SIGKILL: "memory"}.get(status, "crashed")

    def _exactly(self, length: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            self._wait(deadline, writing=False)
            try:
                part = self._socket.recv(min(1 << 20, length - len(parts)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            parts += part
        return bytes(parts)

    def _wait(self, deadline: float, *, writing: bool) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TooLate
        poll = select.poll()
        try:
            poll.register(self._socket, select.POLLOUT if writing else select.POLLIN)
        except (ValueError, OSError) as error:  # closed meanwhile by `Box.close`
            raise Closed from error
        if not poll.poll(left * 1000):
            raise TooLate
