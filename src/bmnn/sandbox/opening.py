"""Opening a file for the worker: regular files only, links never followed, read-only, access time kept if possible."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KEEP_TIME = getattr(os, "O_NOATIME", 0)


class Unopened(Exception):
    """The file is not handed over; `why` is a code of limits.WHY_WORDS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def open_regular(path: str | Path, most: int) -> BinaryIO:
    """The file, open for reading. Raises Unopened: missing, not regular, no right, larger than `most` bytes."""
    return os.fdopen(descriptor(path, most), "rb")


def descriptor(path: str | Path, most: int) -> int:
    """As `open_regular`, without a Python file around it."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Unopened("not_regular")
        fd = _open(path)
    except FileNotFoundError as error:
        raise Unopened("missing") from error
    except PermissionError as error:
        raise Unopened("in_use" if getattr(error, "winerror", None) == 32 else "no_right") from error
    except ValueError as error:  # a NUL in the name
        raise Unopened("missing") from error
    except OSError as error:
        raise Unopened("not_regular" if _became_link(path) else "unreadable_disk") from error
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise Unopened("not_regular")
        if status.st_size > most:
            raise Unopened("input_too_large")
        return fd
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(fd)
        raise


def _open(path: str | Path) -> int:
    if _KEEP_TIME:
        try:
            return os.open(path, _FLAGS | _KEEP_TIME)
        except PermissionError:  # only the owner may keep the access time
            pass
    return os.open(path, _FLAGS)


def _became_link(path: str | Path) -> bool:
    try:
        return not stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
