"""What a format's reader is given and what it fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bmnn.reading.budget import Budget
from bmnn.reading.model import PageImage, ReadingLimits
from bmnn.reading.text import Gathered


@dataclass(slots=True)
class Member:
    """Something inside a file that is read as a file of its own.

    `why`: it could not be taken out, or not wholly. `reader`: how to read it, where its bytes alone do not say.
    """

    name: str
    data: bytes = b""
    why: str | None = None
    size: int | None = None
    reader: Callable[[Found], None] | None = None


@dataclass(slots=True)
class Found:
    """One file as its reader sees it: the bytes in, the findings out.

    A reader adds text while it goes and raises Unread (or anything) when it cannot go on: what was added stays.
    `members` is called after the item was handed on; it may be slow and may fail midway.
    """

    data: bytes
    name: str
    type: str
    budget: Budget
    text: Gathered
    properties: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    why: str | None = None
    members: list[Callable[[], Iterator[Member]]] = field(default_factory=list)
    images: Sequence[PageImage] = ()
    closers: list[Callable[[], None]] = field(default_factory=list)

    @property
    def limits(self) -> ReadingLimits:
        """The budgets as they were at the start."""
        return self.budget.limits

    def fail(self, why: str) -> None:
        """Remember the first reason for which this item is not wholly read; reading goes on."""
        self.why = self.why or why

    def property(self, name: str, value: str) -> None:
        """One property of the document, as text."""
        value = " ".join(value.split())
        if value:
            self.properties[name] = value[:2000]
