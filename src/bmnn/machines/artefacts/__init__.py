"""Artefact readers, one file per kind, found by registration.

A reader says by name and first bytes whether a file is its own, and turns the bytes into `Evidence`:

    @reader("prefetch", "Prefetch", lambda name, head: head[:3] == b"MAM" or head[4:8] == b"SCCA")
    def read(item: Given, out: Evidence) -> None: ...

A reader may raise anything on bad bytes: the check isolates it, keeps what it had found and marks the
artefact.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from bmnn.machines.model import Evidence, Source


@dataclass
class Given:
    """What a reader gets: the path to name as source, the bytes, and the transaction logs beside a hive."""

    path: str
    name: str
    data: bytes
    logs: list[bytes] = field(default_factory=list)

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
    """Registers a function as the reader of one kind; `matches(lower-case name, first 64 bytes)`."""

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


def recognise(name: str, head: bytes) -> Reader | None:
    """The reader for a file of this name and these first bytes; None when no reader knows it."""
    lowered = name.casefold()
    return next((r for r in load().values() if r.matches(lowered, head)), None)
