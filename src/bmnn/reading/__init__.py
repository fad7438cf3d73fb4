"""Any file → text and page images: one file per format, a dispatcher that goes into what is nested, budgets, OCR.

See `docs/architecture.md`, "Reading files".
"""

from bmnn.reading.dispatch import clean, read
from bmnn.reading.model import (
    NOTES,
    OVER_LIMIT,
    UNREADABLE,
    Item,
    Page,
    Part,
    ReadingLimits,
    Unread,
    Verdict,
    verdict_of,
)
from bmnn.reading.pictures import PageImage
from bmnn.reading.reader import Reader, items_of

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
