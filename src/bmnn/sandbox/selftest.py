"""What the worker tries after locking itself: each attempt must be refused, else that layer is missing."""

from __future__ import annotations

import contextlib
import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HUGE = 4 * 1024**3


def refused(canary: Path, memory: int) -> dict[str, bool]:
    """For each layer, whether real attempts to break it failed.

    `canary`: a readable file outside the allowed folders; attempts to write go beside it. `memory`: the budget; an
    allocation beyond it (at least 4 GB) is tried.
    """
    tries: dict[str, list[Callable[[], object]]] = {
        "network": [_socket(socket.AF_INET), _socket(getattr(socket, "AF_UNIX", socket.AF_INET6))],
        "process": [_another_process],
        "execute": [_another_program],
        "read_outside": [canary.read_bytes],
        "write": [lambda: canary.with_suffix(".new").write_bytes(b"x"), lambda: os.truncate(canary, 0)],
        "memory": [lambda: mmap.mmap(-1, max(HUGE, memory)).close()],
    }
    return {layer: all(_fails(attempt) for attempt in attempts) for layer, attempts in tries.items()}


def _fails(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return True
    return False


def _socket(family: int) -> Callable[[], object]:
    def attempt() -> None:
        socket.socket(family, socket.SOCK_STREAM).close()

    return attempt


def _another_process() -> None:
    if sys.platform == "win32":
        subprocess.run([sys.executable, "-c", ""], check=False, timeout=20)
    elif os.fork() == 0:
        os._exit(0)
    else:
        with contextlib.suppress(OSError):
            os.wait()


def _another_program() -> None:
    if sys.platform == "win32":
        _another_process()
    else:
        _no_such_program()


def _no_such_program() -> None:
    # A name that does not exist: a kernel that lets the call through answers "no such file", a refusing one does not.
    with contextlib.suppress(FileNotFoundError):
        os.execv("/khong-co-chuong-trinh-nay", ["x"])  # noqa: S606 - must fail
