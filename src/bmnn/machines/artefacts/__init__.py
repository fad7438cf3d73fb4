"""Artefact readers, one file per kind, found by registration.

A reader says by name and first bytes whether a file is its own, and turns the bytes into `Evidence`:

    @reader("prefetch", "Prefetch", lambda name, head: head[:3] == b"MAM" or head[4:8] == b"SCCA")
    def read(item: Given, out: Evidence) -> None: ...

A reader may raise anything on bad bytes: the check isolates it, keeps what it had found and marks the
artefact. Contents decide, not names: where the first bytes fit several kinds of file (compound files, ESE and
SQLite databases), the reader looks inside and raises `NotThisKind`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from bmnn.machines.model import Evidence, Source

HEAD = 512
"""How many first bytes `matches` is shown."""


class NotThisKind(Exception):
    """The bytes begin like this kind but are another; the file is no artefact."""


@dataclass
class Given:
    """What a reader gets: the path to name as source, the bytes, the transaction logs beside a hive, the write-ahead
    log beside a database."""

    path: str
    name: str
    data: bytes
    logs: list[bytes] = field(default_factory=list)
    wal: bytes = b""

    def at(self, key: str) -> Source:
        """The source of a trace in this artefact."""
        return Source(self.path, key)


@dataclass(frozen=True)
class Reader:
    """A registered kind: code printed as `kind`, Vietnamese title, test and function."""

    kind: str
    title: str
    matches: Callable[[str, bytes], bool]
    read: Callable[[Given, Evidence], None]


READERS: dict[str, Reader] = {}


def reader(
    kind: str, title: str, matches: Callable[[str, bytes], bool]
) -> Callable[[Callable[[Given, Evidence], None]], Callable[[Given, Evidence], None]]:
    """Registers a function as the reader of one kind; `matches(lower-case name, first HEAD bytes)`."""

    def register(function: Callable[[Given, Evidence], None]) -> Callable[[Given, Evidence], None]:
        READERS[kind] = Reader(kind, title, matches, function)
        return function

    return register


@lru_cache
def load() -> dict[str, Reader]:
    """All readers, in a fixed order of kinds."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.ispkg):
        importlib.import_module(f"{__name__}.{module}")
    return READERS


def recognise(name: str, head: bytes) -> list[Reader]:
    """The readers that a file of this name and these first bytes may belong to, the likeliest first."""
    lowered = name.casefold()
    return [r for r in load().values() if r.matches(lowered, head)]
