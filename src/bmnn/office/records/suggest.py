"""What a form may suggest; nothing here is written or promised."""

from __future__ import annotations

from bmnn.office.core.models import Counter
from bmnn.office.records.acts.register_out import series_of
from bmnn.office.records.models import Book, Item
from bmnn.office.records.words import DOCUMENT_TYPES


def symbol(item: Item, book: Book) -> str:
    """The usual symbol of the unit for this kind: KH-UBND; BC/TU in Party style; a State letter has no kind."""
    unit = item.unit.short_name
    if not unit:
        return ""
    kind = DOCUMENT_TYPES[item.doc_type]
    if book.term:
        return f"{kind}/{unit}"
    return unit if item.doc_type == "Công văn" else f"{kind}-{unit}"


def next_numbers(book: Book, item: Item | None = None) -> str:
    """The numbers that would be given now, in words; the real ones stand when the line is written."""
    owner = book.unit.public_id
    wanted = [("số thứ tự", f"order/{owner}/{book.code}/{book.series}", str(book.year))]
    if book.code == "so_den":
        wanted.append(("số đến", f"arrival/{owner}/{book.series}", str(book.year)))
    if item is not None and item.kind == "document":
        wanted.append(("số văn bản", *series_of(book, item)))
    return ", ".join(f"{label} {_next(name, period):02d}" for label, name, period in wanted)


def _next(name: str, period: str) -> int:
    known = Counter.objects.filter(name=name, period=period).first()
    return (known.value if known else 0) + 1
