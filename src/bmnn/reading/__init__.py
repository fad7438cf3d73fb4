"""Any file → text and page images: one file per format, a dispatcher that goes into what is nested, budgets, OCR.

See `docs/architecture.md`, "Reading files". Importing this package loads no parser: whoever reads through `Reader`
keeps them all in the sandbox. `read` is for use inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bmnn.reading.model import (
    NOTES,
    OVER_LIMIT,
    UNREADABLE,
    Item,
    Page,
    PageImage,
    Part,
    ReadingLimits,
    Unread,
    Verdict,
    verdict_of,
)
from bmnn.reading.names import clean
from bmnn.reading.reader import Reader, items_of

if TYPE_CHECKING:
    from bmnn.reading.dispatch import read

__all__ = [
    "NOTES",
    "OVER_LIMIT",
    "UNREADABLE",
    "Item",
    "Page",
    "PageImage",
    "Part",
    "Reader",
    "ReadingLimits",
    "Unread",
    "Verdict",
    "clean",
    "items_of",
    "read",
    "verdict_of",
]


def __getattr__(name: str) -> Any:
    # A sandboxed module that imports `read` at its top loads the parsers there and then, before the lock closes.
    if name == "read":
        from bmnn.reading.dispatch import read as read_items

        return read_items
    raise AttributeError(name)
