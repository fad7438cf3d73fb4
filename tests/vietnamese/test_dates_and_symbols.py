"""Dates and document symbols as clerks type them and documents write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmnn.vietnamese import (
    FieldError,
    date_in_words,
    parse_date,
    parse_symbol,
    short_date,
    split_typed,
    written_date,
)


@pytest.mark.parametrize(
    "typed", ["05/3/2026", "5-3-2026", "05.03.2026", "05032026", "2026-03-05", "Ngày 05 tháng 3 năm 2026"]
)
def test_every_way_of_typing_one_day(typed: str) -> None:
    assert parse_date(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["0104", "1/4", "01-04"])
def test_a_short_date_takes_the_year_of_the_book(typed: str) -> None:
    assert parse_date(typed, 2026) == date(2026, 4, 1)


@pytest.mark.parametrize("bad", ["31/02/2026", "29/2/2025", "00/01/2026", "1/13/2026", "hôm qua", "", "5/3"])
def test_a_day_that_is_none_is_refused_in_vietnamese(bad: str) -> None:
    with pytest.raises(FieldError, match="ngày"):
        parse_date(bad.replace("Ngày", "ngày"))


def test_what_cannot_be_read_is_quoted_in_short() -> None:
    with pytest.raises(FieldError) as refused:
        parse_date("dài " * 2500)
    assert "«dài dài" in str(refused.value) and len(str(refused.value)) < 120


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2100, 1, 1)))
def test_written_dates_are_read_back(day: date) -> None:
    assert parse_date(written_date(day)) == day
    assert parse_date(short_date(day)) == day


def test_dates_in_words() -> None:
    assert date_in_words(date(2026, 4, 1)) == "ngày mùng một tháng tư năm hai nghìn không trăm hai mươi sáu"
    assert written_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert written_date(date(2026, 11, 24)) == "ngày 24 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("text", "number", "year", "kind", "type_code", "issuers"),
    [
        ("7592/UBND-THNC", "7592", None, "state", None, ("UBND", "THNC")),
        ("9960-CV/TU", "9960", None, "party", "CV", ("TU",)),
        ("117/2025/QH15", "117", 2025, "state", None, ("QH15",)),
        ("58-\n\nQĐ/TW", "58", None, "party", "QĐ", ("TW",)),
        ("Số: 32/CT-TTg", "32", None, "state", "CT", ("TTg",)),
        ("09/2022/TTLT-BCA-BQP", "09", 2022, "state", "TTLT", ("BCA", "BQP")),
    ],
)
def test_symbols_of_state_and_party(
    text: str, number: str, year: int | None, kind: str, type_code: str | None, issuers: tuple[str, ...]
) -> None:
    read = parse_symbol(text)
    assert read is not None
    assert (read.number, read.year, read.kind, read.type_code, read.issuer_codes) == (
        number,
        year,
        kind,
        type_code,
        issuers,
    )


@pytest.mark.parametrize("text", ["", "năm 2026", "12", "1/2", "05/3/2026", "CV/TU"])
def test_what_is_no_symbol_is_none(text: str) -> None:
    assert parse_symbol(text) is None


def test_the_typing_grid_splits_number_and_symbol() -> None:
    assert split_typed("15/KH-UBND") == ("15", "KH-UBND")
    assert split_typed("15") == ("15", "")
    assert split_typed("KH-UBND") == ("", "KH-UBND")
