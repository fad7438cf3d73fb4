"""Old books from a sheet: the columns are those of the form, so that an export can be read back as it is.

Every row goes through the same act as a typed line, inside one transaction: either all are written or none.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.db import transaction

from bmnn import printing, vietnamese
from bmnn.office.core.act import Refused
from bmnn.office.core.engine import Entry, perform_many
from bmnn.office.core.models import Account
from bmnn.office.records import books, sheet_rows
from bmnn.office.records.acts.enter_old_line import EnterOldLine
from bmnn.office.records.models import Book
from bmnn.office.records.words import DOCUMENT_TYPES, LEVEL_SIGNS, LEVELS, NO_SUMMARY
from bmnn.office.web.fields import DayField
from bmnn.sandbox import Box, Limits

_SIGNED = "Ký nhận:"
_VOIDED = "ĐÃ HỦY SỐ:"
HIDDEN = "(không hiện lại)"
_LEVEL_BY_WORD = {vietnamese.fold(w): code for code, w in LEVELS.items()} | {
    vietnamese.fold(sign): code for code, sign in LEVEL_SIGNS.items()
}
_TYPE_BY_WORD = {vietnamese.fold(t): t for t in DOCUMENT_TYPES}
# Which column of the form a refusal belongs to, where the names differ.
_SHOWN_AT = {"doc_type": "summary", "abstract": "summary", "signed": "recipients_signed", "voided": "note"}


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where in the sheet, what stands there, what to do. `row` as Excel counts."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


class Unreadable(ValueError):
    """The file is no sheet of this book. The text is Vietnamese."""


@dataclass
class Table:
    """A sheet as read: its name and the rows under the headings, with the number Excel shows."""

    sheet: str
    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def template(book: Book) -> bytes:
    """An empty sheet with the columns of the book's form and how to fill them."""
    layout = books.layout(book)
    headings = [c.heading for c in layout.columns]
    notes = [(c.heading, c.fill or "Ghi như trong sổ giấy.") for c in layout.columns]
    notes.append(("Cách ghi ngày", "dd/mm/yyyy, ví dụ 05/03/2021"))
    notes.append(("Tên loại và trích yếu", "Kế hoạch: nội dung; Tuyệt mật chỉ ghi tên loại"))
    return printing.sheet_xlsx([printing.Sheet(str(book), headings, [])], notes=notes)


def read(body: bytes) -> Table:
    """The first sheet of an uploaded workbook, read in the sandbox. Raises Unreadable."""
    folder = Path(settings.DATA) / "tmp"
    folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".xlsx") as spool:
        spool.write(body)
        spool.flush()
        with Box("bmnn.office.records.sheet_rows:read", Limits(wall=30, cpu=30)) as box:
            outcome = box.call(paths=[spool.name])
    if not outcome.ok:
        raise Unreadable("Không đọc được tệp này như một bảng tính XLSX. Hãy lưu lại bằng Excel rồi thử lại.")
    rows = outcome.value["rows"]
    if not rows:
        raise Unreadable("Trang tính đầu tiên không có dòng nào.")
    if len(rows) > sheet_rows.MAX_ROWS + 1:
        raise Unreadable(f"Bảng có quá {sheet_rows.MAX_ROWS} dòng. Hãy chia thành nhiều tệp.")
    numbered = [(n, r) for n, r in enumerate(rows[1:], 2) if any(c.strip() for c in r)]
    return Table(outcome.value["sheet"], [h.strip() for h in rows[0]], numbered)


def check_headings(book: Book, table: Table) -> dict[str, int]:
    """Field of the form → column of the sheet. Raises Unreadable naming the missing columns."""
    layout = books.layout(book)
    known = {vietnamese.fold(h): n for n, h in reversed(list(enumerate(table.headings)))}
    places = {c.field: known.get(vietnamese.fold(c.heading)) for c in layout.columns}
    missing = [c.heading for c in layout.columns if places[c.field] is None]
    if missing:
        raise Unreadable(
            "Thiếu cột: " + "; ".join(missing) + ". Hãy dùng bảng mẫu tải về, không đổi tên cột."
        )
    return {name: place for name, place in places.items() if place is not None}


@dataclass
class Result:
    """What an import would do or did."""

    count: int
    problems: list[Problem]


class _Back(Exception):
    """Takes back what was tried."""


def run(book: Book, table: Table, account: Account, *, write: bool) -> Result:
    """Try every row; gather everything that is wrong. Written only when `write` and nothing is wrong."""
    places = check_headings(book, table)
    names = {c.field: c.heading for c in books.layout(book).columns}
    problems: list[Problem] = []
    try:
        with transaction.atomic():
            for number, cells in table.rows:
                problems += _try(book, table, number, cells, places, names, account)
            if problems or not write:
                raise _Back
    except _Back:
        pass
    return Result(len(table.rows), problems)


def _try(
    book: Book,
    table: Table,
    number: int,
    cells: list[str],
    places: dict[str, int],
    names: dict[str, str],
    account: Account,
) -> Iterator[Problem]:
    found = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    values, wrong = _values(book, found)
    if not wrong:
        act = EnterOldLine(EnterOldLine.Input(book, **values))
        try:
            with transaction.atomic():
                for _ in perform_many([Entry(act, account, f"import-{uuid.uuid4()}")]):
                    pass
        except Refused as refused:
            wrong = [(r.field, _said(r.message, r.citation)) for r in refused.refusals]
    secret = values.get("level") == NO_SUMMARY
    for name, message in wrong:
        column = name if name in names else _SHOWN_AT.get(name, name)
        if column == "recipients_signed" and column not in names:
            column = "recipients"
        shown = found.get(column, "")
        if secret and column == "summary":
            shown = HIDDEN
        yield Problem(table.sheet, number, names.get(column, ""), shown[:200], message)


def _values(book: Book, found: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The act's values out of the cells of a row, and what could not be understood."""
    wrong: list[tuple[str, str]] = []

    def whole(name: str, default: int | None) -> int | None:
        text = found.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            wrong.append((name, "Phải là một số nguyên."))
            return default
        return int(text)

    def day(name: str) -> date | None:
        try:
            return DayField(required=False).to_python(found.get(name, ""))
        except django_forms.ValidationError as error:
            wrong.append((name, error.messages[0]))
            return None

    level = level_of(found.get("level", ""))
    if book.series == "bmnn" and not level and found.get("level"):
        wrong.append(("level", "Độ mật ghi Tuyệt mật, Tối mật, Mật hoặc A, B, C."))
    doc_type, abstract = _split_summary(found.get("summary", ""))
    if not doc_type:
        wrong.append(
            ("summary", "Hãy bắt đầu bằng tên loại, ví dụ «Kế hoạch: …»; tên loại phải có trong danh sách.")
        )
    recipients, signed = _split_signed(found.get("recipients_signed", found.get("recipients", "")))
    note, voided = _split_note(found.get("note", ""))
    values: dict[str, Any] = {
        "order_no": whole("order_no", None),
        "arrival_no": whole("arrival_no", None),
        "copies": whole("copies", 1),
        "day": day("day"),
        "document_day": day("document_day"),
        "reference": found.get("reference", ""),
        "issuer": found.get("issuer", ""),
        "signer": found.get("signer", ""),
        "keeper": found.get("keeper", ""),
        "level": level if book.series == "bmnn" else "",
        "doc_type": doc_type,
        "abstract": abstract,
        "recipients": recipients,
        "signed": signed,
        "note": note,
        "voided": voided,
    }
    return values, wrong


def _said(message: str, citation: str) -> str:
    return f"{message} (Căn cứ: {citation})" if citation else message


def level_of(text: str) -> str:
    """The level a cell names in words or by its sign; "" where it names none."""
    return _LEVEL_BY_WORD.get(vietnamese.fold(text).strip(), "")


def _split_summary(text: str) -> tuple[str, str]:
    """`Kế hoạch: nội dung` → kind and summary. Without a colon the whole may be a kind."""
    head, _, rest = text.partition(":")
    kind = _TYPE_BY_WORD.get(vietnamese.fold(head).strip(), "")
    return kind, rest.strip()


def _split_signed(text: str) -> tuple[str, str]:
    where, _, signed = text.partition(_SIGNED)
    return where.strip(), signed.strip()


def _split_note(text: str) -> tuple[str, str]:
    if not text.startswith(_VOIDED):
        return text, ""
    reason, _, rest = text.removeprefix(_VOIDED).partition(";")
    return rest.strip(), reason.strip()
