"""A book on paper and as a sheet: the same columns and lines as on the screen, volume by volume."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, datetime

from bmnn import ledger, printing
from bmnn.office.core import checkpoints
from bmnn.office.core.models import Account
from bmnn.office.records import books
from bmnn.office.records.models import Book, Entry, Volume

# What stands on a line that the person who prints may not see: its number shows that nothing is missing.
HIDDEN = "(ngoài phạm vi được xem của người in)"


@dataclass(frozen=True)
class Request:
    """What to put on paper: a volume or (None) the whole book, for whom, with how many empty lines.

    `by_hand`: receipts are left out, the takers sign with a pen.
    """

    book: Book
    volume: Volume | None
    account: Account
    now: datetime
    blank_rows: int = 0
    by_hand: bool = False
    mark: str = ""


def lines(book: Book, volume: Volume | None, account: Account) -> list[Entry | int]:
    """The lines in order of their numbers; a bare number where the account may not see the line."""
    rows = Entry.objects.filter(book=book)
    seen = Entry.objects.visible_to(account).filter(book=book).select_related("item")
    if volume is not None:
        rows, seen = rows.filter(volume=volume), seen.filter(volume=volume)
    known = {e.order_no: e for e in seen}
    numbers = rows.order_by("order_no").values_list("order_no", flat=True)
    return [known.get(n, n) for n in numbers]


def register(wanted: Request) -> printing.Register:
    """Everything the printing room needs, the newest checkpoint of the book's log among it."""
    book, volume = wanted.book, wanted.volume
    layout = books.layout(book)
    found = lines(book, volume, wanted.account)
    first, last = _ends(found)
    closed = volume.closed_on if volume else book.closed_on
    unit = book.unit
    parent = unit.parent_on(book.opened_on)
    cover = printing.Cover(
        agency=unit.name_on(book.opened_on),
        parent=parent.name_on(book.opened_on) if parent else "",
        year=str(book.year),
        from_day=volume.opened_on if volume else book.opened_on,
        to_day=closed,
        first=first,
        last=last,
        volume=volume.number if volume else None,
        note=layout.notice,
    )
    return printing.Register(
        title=layout.title,
        columns=[_column(c, by_hand=wanted.by_hand) for c in layout.columns],
        rows=[_cells(layout, line, by_hand=wanted.by_hand) for line in found],
        agency=unit.name_on(book.opened_on),
        cover=cover,
        landscape=layout.landscape,
        form=layout.form,
        closing=books.closing_line(first, last) if closed or volume is None else "",
        signatures=("Văn thư", "Thủ trưởng cơ quan") if closed else (),
        blank_rows=wanted.blank_rows,
        voided=frozenset(n for n, e in enumerate(found) if isinstance(e, Entry) and e.voided),
        checkpoint=_checkpoint(book),
        trace=f"In ngày {wanted.now:%d/%m/%Y} lúc {wanted.now:%H:%M}, người in: {wanted.account.person.name}",
        mark=wanted.mark,
    )


def _ends(found: list[Entry | int]) -> tuple[int | None, int | None]:
    if not found:
        return None, None
    first, last = found[0], found[-1]
    return (
        first.order_no if isinstance(first, Entry) else first,
        last.order_no if isinstance(last, Entry) else last,
    )


def _column(column: books.Column, *, by_hand: bool) -> printing.Column:
    field = books.FIELDS[column.field]
    return printing.Column(
        column.heading,
        field.width,
        "center" if field.centred else "left",
        by_hand=by_hand and column.field == "signed",
        struck=column.field != "note",
    )


def _cells(layout: books.Layout, line: Entry | int, *, by_hand: bool) -> list[str]:
    if isinstance(line, Entry):
        return [
            line.recipients if by_hand and c.field == "recipients_signed" else c.cell(line)
            for c in layout.columns
        ]
    return [
        f"{line:02d}" if c.field == "order_no" else HIDDEN if c.field in ("summary", "recipients") else ""
        for c in layout.columns
    ]


def _checkpoint(book: Book) -> printing.Checkpoint | None:
    """The newest checkpoint; without the signing key the one made before it was lost, if any."""
    with contextlib.suppress(OSError):
        checkpoints.make("in sổ")
    row = checkpoints.newest(book.stream)
    if row is None:
        return None
    signed, _ = ledger.Checkpoint.parse(row.note)
    return printing.Checkpoint(row.size, signed.fingerprint, row.note)


def sheet(wanted: Request) -> bytes:
    """The book as XLSX, strings as strings."""
    book = wanted.book
    notes = [("Năm", str(book.year)), ("Ngày mở sổ", f"{book.opened_on:%d/%m/%Y}")]
    return printing.register_xlsx(register(wanted), notes=notes)


def file_name(book: Book, volume: Volume | None, kind: str, day: date) -> str:
    """A name without any word of the contents."""
    part = f"-quyen-{volume.number}" if volume else ""
    return f"{book.code.replace('_', '-')}-{book.year}{part}-{day:%Y%m%d}.{kind}"
