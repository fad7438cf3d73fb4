"""The agency's confirmations and corrections lie over the rules, on the days they are about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn import law

OLD, NEW = date(2024, 6, 1), date(2026, 6, 1)


def entry(rule: str, value: Any = None, on: date = NEW, **more: Any) -> dict[str, Any]:
    base = {"rule": rule, "value": value, "confirmed": value is None, "citation": "Điều 19 bản gốc"}
    return {**base, "by": "Trần Thị Văn", "on": on, **more}


def test_a_confirmation_takes_the_badge_away_and_names_who_and_when() -> None:
    rule = law.on(NEW, [entry("term.mat")]).rule("term.mat")
    assert (rule.value, rule.badge, rule.mark_words) == (10, "", "Đã đối chiếu bản gốc")
    assert rule.confirmation is not None
    assert (rule.confirmation.by, rule.confirmation.on) == ("Trần Thị Văn", "2026-06-01")
    assert rule.citation == "Điều 19 Luật 117/2025/QH15"


def test_a_correction_puts_its_value_and_citation_in_place() -> None:
    rule = law.on(NEW, [entry("term.mat", 15)]).rule("term.mat")
    assert (rule.value, rule.citation, rule.carried) == (15, "Điều 19 bản gốc", False)
    assert rule.mark_words == "Đã sửa theo bản gốc"
    assert law.short(rule) == "15 năm"


def test_a_bare_key_means_the_version_in_force_on_the_day_of_comparing() -> None:
    overlay = law.Overlay.of([entry("term.mat", 15)])
    assert law.on(NEW, overlay).rule("term.mat").value == 15
    assert law.on(OLD, overlay).rule("term.mat").value == 10


def test_an_address_reaches_the_version_of_the_old_law() -> None:
    address = law.on(OLD).rule("register.form.so_di").address
    assert address == "register.form.so_di@2020-07-01"
    overlay = law.Overlay.of([entry(address)])
    assert law.on(OLD, overlay).register("so_di").rule.badge == ""
    assert law.on(NEW, overlay).register("so_di").rule.confirmation is None


def test_the_latest_of_several_wins_and_confirming_a_correction_keeps_it() -> None:
    twice = [entry("term.mat", 15), entry("term.mat", 12)]
    assert law.on(NEW, twice).rule("term.mat").value == 12
    confirmed = law.on(NEW, [*twice, entry("term.mat", by="Lê Văn Trưởng")]).rule("term.mat")
    assert (confirmed.value, confirmed.confirmation and confirmed.confirmation.by) == (12, "Lê Văn Trưởng")


def test_a_rule_the_program_no_longer_has_changes_nothing_and_is_told() -> None:
    overlay = law.Overlay.of([entry("khong.co"), entry("term.mat", "mười"), entry("term.toi_mat", 25)])
    assert overlay.unknown == ("khong.co", "term.mat")
    view = law.on(NEW, overlay)
    assert (view.rule("term.mat").value, view.rule("term.toi_mat").value) == (10, 25)


def test_a_corrected_stamp_is_measured_anew() -> None:
    value = dict(law.on(NEW).rule("stamp.mat").value) | {"width_mm": 22.5}
    stamp = law.on(NEW, [entry("stamp.mat", value)]).stamp("mat")
    assert (stamp.width_mm, stamp.rule.badge) == (22.5, "")


def test_a_list_that_lapsed_is_taken_away_by_a_correction() -> None:
    value = dict(law.on(NEW).rule("list.qd_960_2020").value) | {"state": "replaced"}
    before = {one.number for one in law.on(NEW).lists()}
    after = {one.number for one in law.on(NEW, [entry("list.qd_960_2020", value)]).lists()}
    assert before - after == {"960/QĐ-TTg"}


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(law.on(NEW).rules)), max_size=6), st.integers(0, 99))
def test_an_overlay_touches_only_the_rules_it_names(keys: list[str], value: int) -> None:
    plain = law.on(NEW)
    entries = [entry(key, value if plain.rule(key).shape == "count" else None) for key in keys]
    laid = law.on(NEW, entries)
    assert {k for k in plain.rules if laid.rule(k) != plain.rule(k)} == set(keys)
    assert law.on(NEW).rules == plain.rules


def test_a_version_that_does_not_exist_is_refused() -> None:
    with pytest.raises(law.NotEncoded, match=r"Không có quy định mang mã term\.mat@1999-01-01"):
        law.find_version("term.mat@1999-01-01", NEW)


ITEM = {"code": "an_ninh-M-dv1", "decision": "an_ninh", "level": "MAT", "place": "Điều 3", "text": "Mục thử"}


def test_the_agency_adds_an_item_of_a_list_from_its_day_on_and_takes_it_back() -> None:
    added = entry("list.item.an_ninh-M-dv1@2026-03-01", ITEM)
    overlay = law.Overlay.of([added])
    own = [i for one in law.on(NEW, overlay).lists() for i in one.items if i.own]
    assert [(i.code, i.citation, i.rule.badge) for i in own] == [("an_ninh-M-dv1", "Điều 19 bản gốc", "")]
    assert not [i for one in law.on(OLD, overlay).lists() for i in one.items if i.own]
    assert law.sources(own[0].rule, law.library().sources) == ["Cơ quan tự nhập từ bản gốc"]
    back = law.Overlay.of([added, entry("list.item.an_ninh-M-dv1@2026-03-01", None, confirmed=False)])
    assert law.on(NEW, back).rules == law.on(NEW).rules


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("list.item.moi@2026-03-01", {**ITEM, "level": "KIN"}),
        ("list.item.moi", ITEM),
        ("term.moi@2026-03-01", ITEM),
        ("list.item.moi@2026-03-01", None),
    ],
)
def test_nothing_else_can_be_added(rule: str, value: Any) -> None:
    overlay = law.Overlay.of([entry(rule, value, confirmed=False)])
    assert (overlay.added, overlay.unknown) == ({}, (rule,))
