"""Reads a workbook inside the locked-down process: the rows of each sheet as JSON values, days as ISO text."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

MAX_SHEETS = 20
MAX_COLUMNS = 100
MAX_TEXT = 5_000


def read(files: list[BinaryIO], argument: Any) -> dict[str, Any]:
    """`{"sheets": [[name, rows]]}`; `{"why": …}` for what is no workbook. `argument`: most rows of a sheet."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(files[0].read()))
        sheets = []
        for name in book.sheet_names[:MAX_SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=int(argument["most"]))
            sheets.append([name, [[_plain(v) for v in row[:MAX_COLUMNS]] for row in rows]])
    except (CalamineError, OSError, ValueError, IndexError, KeyError):
        return {"why": "không phải bảng tính đọc được"}
    return {"sheets": sheets}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return value[:MAX_TEXT] if isinstance(value, str) else value
