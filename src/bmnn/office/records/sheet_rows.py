"""Reads the first sheet of a workbook as rows of text; runs in the sandbox, without the site."""

from __future__ import annotations

import datetime
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook

MAX_ROWS = 20_000
MAX_COLUMNS = 40
_CELL = 12_000


def read(files: list[BinaryIO], argument: Any) -> dict[str, Any]:
    """`{"sheet": name, "rows": [[text, …], …]}`. Days come as dd/mm/yyyy, whole numbers without a point."""
    book = CalamineWorkbook.from_filelike(files[0])
    sheet = book.get_sheet_by_index(0)
    rows = []
    for row in sheet.to_python(skip_empty_area=False)[: MAX_ROWS + 2]:
        rows.append([_text(v) for v in row[:MAX_COLUMNS]])
    return {"sheet": sheet.name, "rows": rows}


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_CELL] if value is not None else ""
