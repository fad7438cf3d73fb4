"""The sample agency is written through the acts, marked as invented, without a Tuyệt mật summary."""

from __future__ import annotations

from datetime import date

import pytest

from bmnn.office.core.engine import perform_many
from bmnn.office.records import demo, legal
from bmnn.office.records.models import Book, Entry


@pytest.mark.django_db
def test_every_book_of_the_sample_is_gapless_and_plainly_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    from bmnn.office.core import lawview

    monkeypatch.setattr(demo, "law_on", lawview.law_on)
    assert legal.all_list_items(lawview.law_on(date(2026, 4, 6)))
    for _ in perform_many(demo.Sample(date(2026, 4, 6), 60).entries()):
        pass
    assert Entry.objects.count() == 120
    for book in Book.objects.all():
        numbers = list(book.entries.values_list("order_no", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert demo.MARK in book.unit.name
    assert not Entry.objects.filter(level="TUYET_MAT", abstract__isnull=False).exists()
