"""How a scan runs: what it looks for, with how many workers, and who watches it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from bmnn.discovery.signals.model import LEVELS, Level
from bmnn.discovery.signals.wording import Entry
from bmnn.reading.model import ReadingLimits

if TYPE_CHECKING:
    from bmnn.discovery.fingerprint import Index


class Progress(Protocol):
    """Who is told how far a scan is. `stage`: "read" (files) or "ocr" (pages)."""

    def stage(self, stage: str, total: int) -> None:
        """A stage begins."""

    def done(self, count: int = 1, bytes_read: int = 0) -> None:
        """So many of the stage are done."""


class Silent:
    """Nobody watches."""

    def stage(self, stage: str, total: int) -> None:
        """See Progress."""

    def done(self, count: int = 1, bytes_read: int = 0) -> None:
        """See Progress."""


@dataclass(frozen=True)
class Options:
    """`index`: fingerprints to find; `numbers`: this agency's own numbers; `entries`: of the lists of secrets.

    `mark_key`: when given, each finding carries a keyed mark of its text, by which an answer can be remembered.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    ocr: bool = True
    index: Index | None = None
    numbers: dict[str, Level | None] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    limits: ReadingLimits = field(default_factory=ReadingLimits)
    allow_missing: frozenset[str] = frozenset()
    mark_key: bytes | None = field(default=None, repr=False)

    def identity(self) -> dict[str, Any]:
        """What a result depends on: a state made under another identity is not taken over."""
        index = self.index
        held = (
            []
            if index is None
            else [index.salt.hex(), index.mode, *sorted(d.sealed[:16] for d in index.documents)]
        )
        return {
            "ocr": self.ocr,
            "index": held,
            "numbers": sorted(self.numbers),
            "entries": [e.code for e in self.entries],
            "limits": self.limits.to_json(),
            "marked": self.mark_key is not None,
        }


def entries_on(day: date) -> tuple[Entry, ...]:
    """The entries of all lists of state secrets in force on a day."""
    from bmnn import law

    found = []
    for held in law.on(day).lists():
        for item in held.items:
            level = next((known for known in LEVELS if known == item.level), None)
            if level is not None:
                found.append(Entry(item.code, level, item.text, item.citation))
    return tuple(found)
