"""Dates as clerks type them and as documents write them."""

from __future__ import annotations

import re
from datetime import date

from bmnn.vietnamese.fields import FieldError
from bmnn.vietnamese.marks import fold
from bmnn.vietnamese.numbers import number_in_words

_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4}))?")


def parse_date(text: str, year: int | None = None) -> date:
    """Read 05/3/2026, 5-3-2026, 0503 and 5/3 (in `year`), 05032026, 2026-03-05, "ngày 05 tháng 3 năm 2026".

    Raises:
        FieldError: no such day, or not readable as a date.
    """
    plain = re.sub(r"^ngay\s+", "", fold(text).strip())
    if m := _ISO.fullmatch(plain):
        return _day(int(m[3]), int(m[2]), int(m[1]))
    for pattern in (_FIGURES, _SHORT, _WORDS):
        if m := pattern.fullmatch(plain):
            written = m[3]
            if written is None and year is None:
                raise FieldError(f"Ngày «{text.strip()}» thiếu năm; hãy ghi đủ ngày/tháng/năm.")
            full = int(written) if written else int(year or 0)
            return _day(int(m[1]), int(m[2]), full + 2000 if full < 100 else full)
    raise FieldError(f"Không đọc được ngày «{_short(text)}»; hãy ghi dạng 05/3/2026.")


def _short(text: str) -> str:
    """What was typed, enough of it to be known again."""
    plain = text.strip()
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


def _day(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise FieldError(f"Không có ngày {day:02d}/{month:02d}/{year}.") from None


def written_date(day: date) -> str:
    """As documents of State bodies write it: a zero before days under 10 and before months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def date_in_words(day: date) -> str:
    """ngày năm tháng ba năm hai nghìn không trăm hai mươi sáu; days 1 to 10 take "mùng"."""
    number = number_in_words(day.day)
    spoken = f"mùng {number}" if day.day <= 10 else number
    month = {1: "một", 4: "tư"}.get(day.month, number_in_words(day.month))
    return f"ngày {spoken} tháng {month} năm {number_in_words(day.year)}"
