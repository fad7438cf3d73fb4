"""The agency compares a rule with the original text: from then on every act and page reads the agency's rule."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bmnn import law
from bmnn.office.core import replay
from bmnn.office.core.act import Act, Refused
from bmnn.office.core.acts.law_rules import ConfirmLawRule, CorrectLawRule
from bmnn.office.core.engine import perform
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import LawRule
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 6)
_keys = itertools.count()


@pytest.fixture
def cast(tmp_path: Any, settings: Any) -> Cast:
    settings.DATA = tmp_path
    return Cast()


def counted() -> law.Rule:
    """Some rule whose value is a number, as the program has it."""
    return next(r for r in law.on(DAY).rules.values() if r.shape == "count" and isinstance(r.value, int))


def do(cast: Cast, act: Act, who: str = "van_thu") -> None:
    perform(act, cast.accounts[who], f"law-{next(_keys)}", clock=lambda: datetime(2026, 4, 6, 3, tzinfo=UTC))


def test_a_confirmed_rule_keeps_its_value_and_names_who_compared_it(cast: Cast) -> None:
    rule = counted()
    do(cast, ConfirmLawRule(ConfirmLawRule.Input(rule.key, "Điều 19, đọc bản gốc")))
    read = law_on(DAY).rule(rule.key)
    assert (read.value, read.unverified) == (rule.value, False)
    assert read.confirmation is not None
    assert (read.confirmation.by, read.confirmation.on) == ("Trần Thị Văn", "2026-04-06")


def test_a_corrected_rule_has_the_agencys_value_in_its_version_only(cast: Cast) -> None:
    rule = counted()
    do(cast, CorrectLawRule(CorrectLawRule.Input(rule.key, "Điều 19", str(rule.value + 7))))
    assert law_on(DAY).rule(rule.key).value == rule.value + 7
    assert law.on(DAY).rule(rule.key).value == rule.value
    others = [v for v in law.library().versions[rule.key] if v.address != rule.address]
    for other in others:
        assert law_on(other.in_force_from).rule(rule.key).value == other.value
    assert LawRule.objects.get().rule == rule.address
    before = replay.fingerprints()["core_lawrule"]
    replay.rebuild()
    assert replay.fingerprints()["core_lawrule"] == before
    assert law_on(DAY).rule(rule.key).value == rule.value + 7


@pytest.mark.parametrize("value", ["", "mười", "-1", "true", "[1]", '"10"', "1e999", "NaN", "[" * 5000])
def test_a_value_that_the_rule_cannot_have_is_refused_at_its_field(cast: Cast, value: str) -> None:
    with pytest.raises(Refused) as refused:
        do(cast, CorrectLawRule(CorrectLawRule.Input(counted().key, "Điều 19", value)))
    assert {r.field for r in refused.value.refusals} == {"value"}
    assert LawRule.objects.count() == 0


def test_only_the_clerk_or_a_leader_compares_and_only_rules_that_are_there(cast: Cast) -> None:
    for who in ("soan_thao", "quan_tri", "doan_kiem_tra"):
        with pytest.raises(Refused, match="Chỉ văn thư hoặc thủ trưởng"):
            do(cast, ConfirmLawRule(ConfirmLawRule.Input(counted().key, "Điều 19")), who)
    with pytest.raises(Refused, match="Không có quy định"):
        do(cast, ConfirmLawRule(ConfirmLawRule.Input("khong.co", "Điều 19")))
    with pytest.raises(Refused, match="Chưa nhập"):
        do(cast, ConfirmLawRule(ConfirmLawRule.Input(counted().key, "")))
