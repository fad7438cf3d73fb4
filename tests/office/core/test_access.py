"""Who may see what: the predicate and the queryset are one rule, and what is not declared is denied."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bmnn.office.core import access
from bmnn.office.core.access import ALWAYS, NEVER, Condition, Has, Linked, Viewer, Visible
from bmnn.office.core.models import Account, Person, Post, RoleGrant, Unit

DAY = date(2026, 3, 5)


def leaves() -> st.SearchStrategy[Condition]:
    ranks = st.integers(0, 3)
    return st.one_of(
        st.just(ALWAYS),
        st.just(NEVER),
        st.builds(Has, st.just("name"), st.sampled_from(["lte", "gte", "exact"]), st.sampled_from("ABC")),
        st.builds(Has, st.just("posts__unit_id"), st.just("in"), st.sets(ranks).map(frozenset)),
        st.builds(Has, st.just("posts__unit__name"), st.just("exact"), st.sampled_from("ABC")),
        st.builds(Has, st.just("accounts__ceiling"), st.just("exact"), st.sampled_from(["MAT", ""])),
        st.builds(
            lambda unit, deputy: Linked("posts", (("unit_id", "exact", unit), ("deputy", "exact", deputy))),
            ranks,
            st.booleans(),
        ),
    )


conditions = st.recursive(
    leaves(),
    lambda c: st.one_of(st.builds(lambda a, b: a & b, c, c), st.builds(lambda a, b: a | b, c, c)),
    max_leaves=6,
)


class People(Visible[Person]):
    """The queryset under test."""


class PredicateAndQueryset(TestCase):
    """For any rule and any rows, `may` says yes for exactly the rows that the queryset gives."""

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        conditions, st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 2), st.booleans()), max_size=8)
    )
    def test_the_predicate_and_its_queryset_twin_agree(self, rule: Condition, rows: list[Any]) -> None:
        units = [
            Unit.objects.create(id=i, name="ABC"[i], fold="", kind="x", tier="y", since=DAY) for i in range(3)
        ]
        for n, (name, unit, deputy) in enumerate(rows):
            someone, _ = Person.objects.get_or_create(name=name, fold=name, sort=name)
            Post.objects.create(person=someone, unit=units[unit], post="x", deputy=deputy, since=DAY)
            if deputy:
                Account.objects.create(username=f"u{n}", person=someone, ceiling="MAT")
        alone = Person.objects.create(name="A", fold="", sort="")
        viewer = Account.objects.create(username="xem", person=alone, ceiling="MAT")
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(access._RULES, (Person, "see"), lambda _: rule)
            seen = {p.pk for p in People(Person).visible_to(viewer, day=DAY)}
            counted = People(Person).visible_to(viewer, day=DAY).count()
            allowed = {p.pk for p in Person.objects.all() if access.may(viewer, "see", p, DAY)}
        assert seen == allowed
        assert counted == len(seen)


@pytest.mark.django_db
def test_what_no_rule_names_is_denied_and_looks_like_absent() -> None:
    someone = Person.objects.create(name="A", fold="a", sort="a")
    viewer = Account.objects.create(username="xem", person=someone, ceiling="TUYET_MAT")
    assert not access.may(viewer, "see", someone)
    assert not access.may(AnonymousUser(), "see", someone)
    assert list(People(Person).visible_to(viewer)) == []
    for wrong in (someone.public_id, "không phải mã", None):
        with pytest.raises(Http404):
            access.see_or_404(viewer, Person, wrong)


@pytest.mark.django_db
def test_roles_hold_on_their_days_and_a_closed_account_has_none() -> None:
    someone = Person.objects.create(name="A", fold="a", sort="a")
    viewer = Account.objects.create(username="xem", person=someone, ceiling="TOI_MAT")
    RoleGrant.objects.create(account=viewer, role="kiem_tra", since=date(2026, 3, 1), until=date(2026, 3, 10))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 10)]
    assert [Viewer(viewer, d).roles("kiem_tra") for d in days] == [False, True, True, False]
    assert Viewer(viewer, DAY).ceiling == 2
    viewer.is_active = False
    assert (Viewer(viewer, DAY).ceiling, Viewer(viewer, DAY).grants) == (0, [])


def test_a_second_rule_for_the_same_model_is_refused() -> None:
    key = (Unit, f"thử{next(itertools.count())}")
    access.policy(*key)(lambda _: NEVER)
    try:
        with pytest.raises(ValueError, match="đã có quy tắc"):
            access.policy(*key)(lambda _: ALWAYS)
    finally:
        del access._RULES[key]
