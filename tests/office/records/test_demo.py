"""The sample agency is written through the acts, marked as invented, without a Tuyệt mật summary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bmnn.office.core.engine import perform_many
from bmnn.office.core.models import Event, Unit
from bmnn.office.records import demo
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal
from bmnn.office.records.sample import people


@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 4, 6), date(2028, 1, 2)])
def test_the_sample_is_gapless_plainly_invented_has_open_work_and_keeps_history(today: date) -> None:
    sample = demo.Sample(today, 80)
    for _ in perform_many(sample.entries()):
        pass
    assert Item.objects.count() > 120
    for book in Book.objects.all():
        numbers = list(book.entries.values_list("order_no", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert demo.MARK in book.unit.name
    assert not Entry.objects.filter(level="TUYET_MAT", abstract__isnull=False).exists()
    assert not Event.objects.filter(day__gt=today.isoformat()).exists()
    for key in ("tinh", "so", "tinh_uy", "xa1", "xa2", "xa3", "du1"):
        mine = Item.objects.filter(unit=sample.units[key])
        assert Proposal.objects.filter(item__in=mine, status="waiting").count() == 2
        assert mine.filter(state="determined").exists()
        assert Copy.objects.filter(item__in=mine, state="handed").count() == 2
    ending = Item.objects.filter(term_until__range=(today, today + timedelta(days=90)))
    assert ending.count() >= 5
    district, commune = Unit.objects.get(code="huyen"), Unit.objects.get(code="xa1")
    assert district.until == people.REFORM
    assert {u.code for u in district.successors.all()} == {"xa1", "xa2", "xa3"}
    before, after = (commune.parent_on(d) for d in (people.REFORM - timedelta(days=1), people.REFORM))
    assert (before, after) == (district, Unit.objects.get(code="tinh"))
    assert Book.objects.filter(unit=district).exists()
