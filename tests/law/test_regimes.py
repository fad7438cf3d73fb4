"""The law follows the day of the act, not the date of the document."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn import law

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "regime", "early"),
    [
        (date(2018, 12, 31), "", False),
        (date(2019, 1, 1), "2018", True),
        (date(2020, 6, 30), "2018", True),
        (date(2020, 7, 1), "2018", False),
        (date(2026, 2, 28), "2018", False),
        (date(2026, 3, 1), "2025", False),
        (date(2030, 1, 1), "2025", False),
    ],
)
def test_the_regime_of_a_day(day: date, regime: str, early: bool) -> None:
    view = law.on(day)
    assert (view.regime, view.early, view.encoded) == (regime, early, bool(regime))


def test_before_2019_every_answer_says_that_no_rule_is_encoded() -> None:
    view = law.on(date(2018, 12, 31))
    with pytest.raises(law.NotEncoded, match="Chưa nhập quy định nào cho ngày 31/12/2018"):
        view.rule("term.mat")
    answer = view.may("copy", "MAT", law.Holder("ubnd", "province", "chu_tich_ubnd"))
    assert (answer.allowed, answer.rule) == (False, None)
    assert "01/01/2019" in answer.reason
    assert view.lists() == []
    assert view.penalties() == []


def test_terms_hold_from_2019_while_registers_begin_in_july_2020() -> None:
    early = law.on(date(2019, 6, 1))
    assert early.rule("term.toi_mat").value == 20
    assert early.rule("extension.lead").value == 60
    with pytest.raises(law.NotEncoded):
        early.rule("registers.out")
    assert law.on(date(2020, 7, 1)).rule("registers.out").citation == (
        "điểm a khoản 1 Điều 4 Nghị định 26/2020/NĐ-CP"
    )


def test_a_document_marked_in_2019_and_handled_in_2026_keeps_its_term_and_meets_the_new_rules() -> None:
    marked, handled = law.on(date(2019, 5, 2)), law.on(date(2026, 4, 6))
    term = marked.rule("term.mat")
    assert (term.value, term.mark, term.badge) == (10, "text", "")
    assert handled.rule("register.summary_of_tuyet_mat").value == "never"
    assert law.on(date(2026, 2, 28)).rule("register.summary_of_tuyet_mat").value == "with_consent"
    assert handled.register("so_den").version == "2026-03-27"


def test_a_report_period_may_straddle_both_regimes() -> None:
    before, after = law.on(date(2025, 12, 15)), law.on(date(2026, 12, 14))
    period = (date(2025, 12, 15), date(2026, 12, 14))
    assert before.annual_period(2026) == period
    assert after.annual_period(2026) == period
    assert law.regimes_between(*period) == ["2018", "2025"]
    assert law.regimes_between(date(2024, 12, 15), date(2025, 12, 14)) == ["2018"]
    assert law.regimes_between(date(2026, 12, 15), date(2027, 12, 14)) == ["2025"]
    assert before.rule("report.annual.period").badge == ""
    assert after.rule("report.annual.period").badge == "chưa đối chiếu"


@pytest.mark.parametrize("code", ["so_di", "so_den", "so_chuyen_giao", "so_sao_chup", "thong_ke"])
def test_every_register_has_three_versions_of_its_form(code: str) -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 26), date(2026, 3, 27)]
    versions = [law.on(day).register(code).version for day in days]
    assert versions == ["2020", "2026-03-01", "2026-03-01", "2026-03-27"]


def test_every_stamp_has_three_versions_too() -> None:
    for day, version in (
        (date(2021, 1, 1), "2020"),
        (date(2026, 3, 10), "2026-03-01"),
        (date(2026, 5, 1), "2026-03-27"),
    ):
        stamps = law.on(day).stamps()
        assert len(stamps) == 15
        assert {s.version for s in stamps} == {version}


def test_the_size_of_a_stamp_is_in_millimetres_and_unknown_sizes_stay_unknown() -> None:
    view = law.on(date(2021, 1, 1))
    secret = view.stamp("tuyet_mat")
    assert (secret.width_mm, secret.height_mm, secret.borders, secret.gap_mm) == (40, 8, 2, 1)
    assert [line.text for line in view.stamp("giai_mat").lines] == ["GIẢI MẬT", "Từ: …"]
    assert view.stamp("gia_han").width_mm is None
    assert view.stamp("gia_han").rule.badge == "chưa đối chiếu"


def test_fines_change_in_the_middle_of_december_2025() -> None:
    old, new = law.on(date(2025, 12, 14)), law.on(date(2025, 12, 15))
    assert "144/2021/NĐ-CP" in old.rule("penalty.take_out").citation
    assert new.rule("penalty.take_out").citation == "điểm d khoản 1 Điều 22 Nghị định 282/2025/NĐ-CP"
    fine = next(p for p in new.penalties() if p.rule.key == "penalty.connected")
    assert (fine.least, fine.most, fine.unit) == (5, 10, "triệu đồng")
    unknown = next(p for p in old.penalties() if p.rule.key == "penalty.connected")
    assert (unknown.least, unknown.rule.badge) == (None, "chưa đối chiếu")


def test_a_value_carried_over_is_never_shown_as_settled() -> None:
    carried = [r for r in law.library().rules() if r.carried]
    assert carried
    assert not [r.key for r in carried if r.mark == "text"]
    lead = law.on(date(2026, 4, 1)).rule("extension.lead")
    assert (lead.value, lead.carried, lead.mark, lead.badge) == (60, True, "gap", "chưa đối chiếu")


@settings(deadline=None)
@given(DAYS)
def test_the_view_holds_exactly_the_versions_in_force(day: date) -> None:
    view = law.on(day)
    held = {r.address for r in view.rules.values()}
    if not view.encoded:
        assert held == set()
        return
    expected = {
        r.address
        for r in law.library().rules()
        if r.in_force_from <= day and (r.in_force_until is None or day <= r.in_force_until)
    }
    assert held == expected


@settings(deadline=None)
@given(DAYS)
def test_the_law_changes_only_where_a_rule_begins_or_ends(day: date) -> None:
    here, tomorrow = law.on(day), law.on(day + timedelta(days=1))
    changes = {
        k for k in here.rules.keys() | tomorrow.rules.keys() if here.rules.get(k) is not tomorrow.rules.get(k)
    }
    for key in changes:
        edges = [
            r
            for r in law.library().versions[key]
            if r.in_force_from == tomorrow.day or r.in_force_until == here.day
        ]
        assert edges or here.regime != tomorrow.regime
