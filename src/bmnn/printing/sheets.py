"""XLSX: strings always as strings, so that `=…` typed in a register never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from bmnn.printing.model import PrintError, Register
from bmnn.printing.text import clean

Cell = str | int | float | date | None
# What a cell of Excel can hold; longer text is cut in sight.
_LONGEST = 32_767
_CUT = " … [cắt bớt: dài hơn giới hạn của ô Excel, xem đủ trên sổ]"
_MAX_ROWS = 1_048_575


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (up to 31 characters), headings, rows, and shares of width in characters.

    A `str` cell is written as text whatever it looks like, `int`/`float` as a number, `date` as a day shown
    dd/mm/yyyy, None as an empty cell.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()


def sheet_xlsx(sheets: Sequence[Sheet], *, notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook: headings in row 1 of each sheet, then the rows; `notes` (label, value) go to a last sheet
    "Thông tin" so that a list can be read back as it is.

    Raises PrintError: no sheet, more rows than Excel holds.
    """
    if not sheets:
        raise PrintError("Không có trang tính nào để xuất.")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    cell = book.add_format(base)
    day = book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "left"})
    head = book.add_format(
        {**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DFE5EA"}
    )
    names: set[str] = set()
    for sheet in sheets:
        if len(sheet.rows) > _MAX_ROWS:
            raise PrintError(
                f"Trang tính «{sheet.name}» có nhiều dòng hơn Excel chứa được; hãy xuất từng quyển."
            )
        page = book.add_worksheet(_sheet_name(sheet.name, names))
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.freeze_panes(1, 0)
        page.set_footer("&RTrang &P/&N")
        for n, heading in enumerate(sheet.headings):
            width = sheet.widths[n] if n < len(sheet.widths) else 18
            page.set_column(n, n, width)
            page.write_string(0, n, _text(heading), head)
        for r, row in enumerate(sheet.rows, 1):
            for n, value in enumerate(row):
                _write(page, r, n, value, cell, day)
        if sheet.headings and sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    if notes:
        page = book.add_worksheet(_sheet_name("Thông tin", names))
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 90)
        for r, (label, value) in enumerate(notes):
            page.write_string(r, 0, _text(label), head)
            page.write_string(r, 1, _text(value), cell)
    book.close()
    return target.getvalue()


def register_xlsx(register: Register, *, notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """The rows of a register as a workbook, with the fingerprint and who exported it on the sheet "Thông tin"."""
    facts = [("Sổ", register.title), ("Cơ quan", register.agency), ("Số dòng", str(len(register.rows)))]
    if register.form:
        facts.append(("Mẫu", register.form))
    if register.checkpoint:
        facts.append(("Số việc đã ghi", str(register.checkpoint.size)))
        facts.append(("Dấu vân tay của sổ", register.checkpoint.fingerprint))
        facts.append(("Chốt sổ", register.checkpoint.note))
    facts += [("Xuất", register.trace)] if register.trace else []
    facts += [("Lưu ý", register.mark)] if register.mark else []
    wide = [max(8.0, 11 * c.width) for c in register.columns]
    sheet = Sheet(register.title, [c.heading for c in register.columns], register.rows, wide)
    return sheet_xlsx([sheet], notes=[*facts, *notes])


def _text(text: str) -> str:
    words = clean(text)
    return words if len(words) <= _LONGEST else words[: _LONGEST - len(_CUT)] + _CUT


def _write(page: Any, row: int, column: int, value: Cell, cell: Any, day: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, cell)
    elif isinstance(value, str):
        page.write_string(row, column, _text(value), cell)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    else:
        page.write_number(row, column, value, cell)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel takes: none of []:*?/\\, at most 31 characters, no quote at its ends, unlike the others."""
    name = "".join(" " if c in "[]:*?/\\" else c for c in clean(wanted).replace("\n", " ")).strip(" '")[:31]
    name = name or "Trang tính"
    n = 1
    found = name
    while found.casefold() in taken or found.casefold() == "history":
        n += 1
        found = f"{name[: 31 - len(str(n)) - 1]} {n}"
    taken.add(found.casefold())
    return found
