"""7Z by py7zr, into memory with a counter: solid blocks unpack once, in order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import py7zr
from py7zr import exceptions
from py7zr.io import Py7zIO, WriterFactory

from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread


class _Full(Exception):
    """The budget is spent."""


class _Store(Py7zIO):
    """Holds one member's bytes up to a limit."""

    def __init__(self, most: int, left: list[int]) -> None:
        self.data = bytearray()
        self.over = False
        self._most, self._left = most, left

    def write(self, s: bytes | bytearray) -> int:
        self._left[0] -= len(s)
        if self._left[0] < 0:
            raise _Full
        if len(self.data) + len(s) > self._most:
            self.over = True
        else:
            self.data += s
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        return None

    def size(self) -> int:
        return len(self.data)


class _Stores(WriterFactory):
    def __init__(self, most: int, left: list[int]) -> None:
        self.made: dict[str, _Store] = {}
        self._most, self._left = most, left

    def create(self, filename: str) -> Py7zIO:
        store = _Store(self._most, self._left)
        self.made[filename] = store
        return store


def read(found: Found) -> None:
    """Members by name. An archive whose names are encrypted is unreadable as a whole."""
    try:
        archive = py7zr.SevenZipFile(io.BytesIO(found.data))
    except exceptions.PasswordRequired as error:
        raise Unread("encrypted") from error
    except (exceptions.UnsupportedCompressionMethodError, NotImplementedError) as error:
        raise Unread("unsupported_compression") from error
    found.closers.append(archive.close)
    files: list[Any] = list(archive.list())
    if len(files) > found.limits.members:
        raise Unread("too_many")
    names = [f.filename for f in files if not f.is_directory]
    if archive.password_protected:
        found.members.append(lambda: iter([Member(name, why="encrypted") for name in names]))
        return
    links = {f.filename for f in files if getattr(f, "is_symlink", False)}
    unpacked = sum(f.uncompressed or 0 for f in files)
    found.budget.check_ratio(len(found.data), unpacked)
    if unpacked > found.budget.room() * 2:
        raise Unread("total")
    found.members.append(lambda: _members(found, archive, names, links))


def _members(found: Found, archive: Any, names: list[str], links: set[str]) -> Iterator[Member]:
    room = found.budget.room()
    left = [
        min(
            found.budget.bytes,
            max(found.limits.ratio_from, found.limits.ratio * len(found.data)),
            600_000_000,
        )
    ]
    stores = _Stores(room, left)
    why = None
    wanted = [name for name in names if name not in links]
    try:
        archive.extract(targets=wanted, factory=stores)
    except _Full:
        why = "total"
    except exceptions.PasswordRequired:
        why = "encrypted"
    except exceptions.UnsupportedCompressionMethodError:
        why = "unsupported_compression"
    except Exception:
        why = "damaged"
    for name in names:
        store = stores.made.get(name)
        if name in links:
            yield Member(name, why="link")
        elif store is None:
            yield Member(name, why=why or "damaged")
        else:
            found.budget.spend(len(store.data))
            # With a failure somewhere it cannot be told which members are whole.
            yield Member(name, bytes(store.data), "too_large" if store.over else why)
