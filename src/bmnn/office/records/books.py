"""Books as declarations: the form in force when a book was opened drives the screen, the print and the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bmnn.office.core.lawview import law_on
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.words import BOOKS, SERIES


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _number(value: int | None) -> str:
    return f"{value:02d}" if value else ""


def _signed(entry: Entry) -> str:
    return "\n".join(p for p in (entry.recipients, f"Ký nhận: {entry.signed}" if entry.signed else "") if p)


def _note(entry: Entry) -> str:
    return "; ".join(p for p in (f"ĐÃ HỦY SỐ: {entry.voided}" if entry.voided else "", entry.note) if p)


@dataclass(frozen=True)
class Field:
    """What a column of a form may show: the words of a line, its share of the width, how it stands."""

    value: Callable[[Entry], str]
    width: float
    centred: bool = False


# The fields by which the forms in the law name their columns.
FIELDS: dict[str, Field] = {
    "order_no": Field(lambda e: _number(e.order_no), 1, True),
    "arrival_no": Field(lambda e: _number(e.arrival_no), 1, True),
    "day": Field(lambda e: _day(e.day), 2.3, True),
    "document_day": Field(lambda e: _day(e.document_day), 2.3, True),
    "reference": Field(lambda e: e.reference, 2),
    "issuer": Field(lambda e: e.issuer, 2.4),
    "summary": Field(lambda e: e.summary, 4.4),
    "level": Field(lambda e: e.level_word, 1.5, True),
    "signer": Field(lambda e: e.signer, 1.8),
    "recipients": Field(lambda e: e.recipients, 2.4),
    "recipients_signed": Field(_signed, 2.6),
    "signed": Field(lambda e: e.signed, 2.4),
    "keeper": Field(lambda e: e.keeper, 1.5),
    "copies": Field(lambda e: str(e.copies or ""), 1, True),
    "copy_numbers": Field(lambda e: e.keeper, 1.4),
    "note": Field(_note, 1.9),
}


@dataclass(frozen=True)
class Column:
    """One column of a book: heading, how to fill it, and the field it shows."""

    heading: str
    fill: str
    field: str

    def cell(self, entry: Entry) -> str:
        """What stands in the column."""
        return FIELDS[self.field].value(entry)


@dataclass(frozen=True)
class Layout:
    """A book as its form wants it. `notice` says what is not settled about the form; "" when all is read."""

    title: str
    columns: tuple[Column, ...]
    form: str
    version: str
    landscape: bool
    citation: str
    unchecked: bool
    notice: str

    def row(self, entry: Entry) -> list[str]:
        """The cells of one line."""
        return [c.cell(entry) for c in self.columns]


def layout(book: Book) -> Layout:
    """The form in force on the day the book was opened; a book keeps it to its last line.

    The books of the other series use the same columns, without the name and the marks of state secrets.
    """
    try:
        form = law_on(book.opened_on).register(book.code)
    except LookupError:  # a paper book older than the oldest form that is known
        form = law_on(timezone.localdate()).register(book.code)
    columns = tuple(Column(c.heading, c.fill, c.field) for c in form.columns if c.field in FIELDS)
    landscape = "ngang" in form.page
    if book.series != "bmnn":
        plain = tuple(Column(_plain(c.heading), "", c.field) for c in columns)
        title = f"{BOOKS[book.code]} tài liệu {SERIES[book.series]}".upper()
        return Layout(title, plain, "", "", landscape, "", False, "")
    notice = ""
    if book.old:
        notice = "Sổ giấy của năm trước, nhập lại: số thứ tự theo đúng sổ giấy."
    elif not form.official:
        notice = (
            f"{form.form}: bố cục cột của mẫu chưa đọc được từ bản gốc; đây là dữ liệu phải giữ. "
            "Hãy đối chiếu với mẫu trước khi đóng quyển."
        )
    return Layout(
        form.title, columns, form.form, form.version, landscape, form.citation, form.rule.unverified, notice
    )


def _plain(heading: str) -> str:
    return heading.replace(" tài liệu, vật chứa bí mật nhà nước", "").replace(" bí mật nhà nước", "")


def closing_line(first: int | None, last: int | None) -> str:
    """The words under the last line of a volume."""
    if first is None or last is None:
        return "Quyển này chưa có dòng nào."
    return f"Quyển này có {last - first + 1} số thứ tự, từ số {first:02d} đến số {last:02d}."
