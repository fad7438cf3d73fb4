"""Instruments by number and symbol: what they are, when they hold, what replaced them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn import law


def test_a_decree_no_longer_in_force_names_its_successor() -> None:
    old = law.instrument("26/2020/NĐ-CP")
    assert old is not None
    assert (old.in_force_from, old.in_force_until) == (date(2020, 7, 1), date(2026, 2, 28))
    assert old.replaced_by == ("63/2026/NĐ-CP",)
    assert old.in_force(date(2026, 2, 28)) is True
    assert old.in_force(date(2026, 3, 1)) is False
    new = law.instrument("63/2026/NĐ-CP", date(2026, 6, 1))
    assert new is not None
    assert new.in_force(date(2026, 2, 28)) is False


def test_one_symbol_may_name_two_documents() -> None:
    assert [i.issued for i in law.instruments("02-HD/BTCTW")] == [date(2023, 5, 19), date(2026, 5, 22)]
    for day, issued in (
        (date(2023, 5, 19), date(2023, 5, 19)),
        (date(2025, 1, 1), date(2023, 5, 19)),
        (date(2026, 5, 22), date(2026, 5, 22)),
        (date(2022, 1, 1), date(2026, 5, 22)),
    ):
        found = law.instrument("02-HD/BTCTW", day)
        assert found is not None
        assert found.issued == issued


def test_an_instrument_whose_day_of_force_was_not_read_answers_unknown_not_no() -> None:
    circular = law.instrument("115/2026/TT-BQP")
    assert circular is not None
    assert circular.in_force(date(2026, 10, 1)) is None
    ordinance = law.instrument("30/2000/PL-UBTVQH10")
    assert ordinance is not None
    assert ordinance.in_force(date(2010, 1, 1)) is None
    assert ordinance.in_force(date(2021, 1, 1)) is False


@pytest.mark.parametrize("written", ["58-QĐ/TW", "58 - QĐ / TW", "58-qđ/tw", "58-\nQĐ/TW", "58-QD/TW"])
def test_blanks_case_and_a_lost_mark_do_not_hide_an_instrument(written: str) -> None:
    found = law.instrument(written)
    assert found is not None
    assert (found.symbol, found.issued) == ("58-QĐ/TW", date(2022, 2, 8))


def test_a_symbol_nobody_knows_is_none() -> None:
    assert law.instrument("999/2026/NĐ-CP") is None
    assert law.instruments("") == []


@settings(deadline=None)
@given(st.sampled_from(sorted({i.symbol for i in law.library().instruments.values()})))
def test_every_symbol_is_found_composed_or_decomposed(symbol: str) -> None:
    for form in ("NFC", "NFD"):
        found = law.instrument(unicodedata.normalize(form, symbol))
        assert found is not None
        assert found.symbol == symbol


def test_whatever_is_replaced_has_ended_before_its_successor_holds() -> None:
    known = law.library().instruments.values()
    by_symbol = {i.symbol: i for i in known}
    for one in known:
        for symbol in one.replaced_by:
            after = by_symbol[symbol]
            assert one.in_force_until is not None, one.symbol
            if after.in_force_from is not None:
                assert one.in_force_until < after.in_force_from, one.symbol
