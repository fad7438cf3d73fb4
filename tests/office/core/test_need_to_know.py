"""One answer in every channel: what the rule says of a line is what lists, searches, pages and counts show of it.

Two bodies of one commune, the People's Committee and the Party committee, share an office and one clerk.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bmnn.office.core.access import may, rows_for
from bmnn.office.core.act import Refusal, Refused
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.models import Account, OfficeService, Unit
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.models import Book, Entry, Item
from bmnn.office.web import doing
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEVELS = ("MAT", "TOI_MAT", "TUYET_MAT")
RANK = {"": 0, "MAT": 1, "TOI_MAT": 2, "TUYET_MAT": 3}


class Shared:
    """The commune: `party` beside `cast.unit`, `office` serving both, a book and three lines in each."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.party = self._found("Đảng ủy xã Mẫu Một", "dang_uy")
        self.office = self._found("Văn phòng Đảng ủy, HĐND và UBND xã", "van_phong", (cast.unit, self.party))
        both = (Role("van_thu", cast.unit), Role("van_thu", self.party))
        self.roles("van_thu", *both)
        self.roles("cap_pho", Role("thu_truong", self.party))
        self.roles("soan_thao", Role("soan_thao", cast.unit), ceiling="TOI_MAT")
        self.roles("thu_truong", Role("thu_truong", cast.unit), ceiling="TOI_MAT")
        self.entries: dict[str, tuple[Entry, Unit, str]] = {}
        for number, (unit, level) in enumerate(itertools.product((cast.unit, self.party), LEVELS), 1):
            book = self._book(unit)
            reference = f"{100 + number}/KH-CAT"
            given = RegisterIn.Input(
                book,
                arrived=date.today(),
                issuer="Công an tỉnh Mẫu",
                reference=reference,
                document_day=date.today(),
                doc_type="Kế hoạch",
                level=level,
                abstract="" if level == "TUYET_MAT" else f"Phương án {number}",
                receiver="Văn phòng",
            )
            cast.do(RegisterIn(given), cast.accounts["van_thu"])
            self.entries[reference] = (Entry.objects.get(book=book, reference=reference), unit, level)

    def _found(self, name: str, kind: str, serves: tuple[Unit, ...] = ()) -> Unit:
        act = FoundUnit(FoundUnit.Input(name, kind, "commune", date(2018, 1, 1), serves=serves))
        return Unit.objects.get(public_id=self.cast.do(act, None).event.data["unit"])

    def roles(self, who: str, *roles: Role, ceiling: str = "TUYET_MAT") -> None:
        account = self.cast.accounts[who]
        self.cast.do(SetRoles(SetRoles.Input(account, roles, ceiling, "QĐ 2")), None)
        account.refresh_from_db()

    def _book(self, unit: Unit) -> Book:
        there = Book.objects.filter(unit=unit, code="so_den").first()
        if there is not None:
            return there
        term = "2025-2030" if unit == self.party else ""
        done = self.cast.do(
            OpenBook(OpenBook.Input(unit, "so_den", "bmnn", term)), self.cast.accounts["van_thu"]
        )
        return Book.objects.get(public_id=done.event.data["book"])

    def expected(self, who: str) -> set[str]:
        """Who may see which lines, written down apart from the rule: the unit's clerk, leader or inspector, up
        to their own level."""
        seen = set()
        for reference, (_, unit, level) in self.entries.items():
            keeps = {
                "van_thu": True,
                "cap_pho": unit == self.party,
                "thu_truong": unit == self.cast.unit,
                "doan_kiem_tra": unit == self.cast.unit,
            }.get(who, False)
            if keeps and RANK[level] <= RANK[self.cast.accounts[who].ceiling]:
                seen.add(reference)
        return seen


@pytest.fixture
def shared(tmp_path: Path, settings: Any) -> Shared:
    settings.DATA = tmp_path
    shared = Shared(Cast(now=datetime.now(UTC) - timedelta(hours=2)))
    shared.cast.now = datetime.now(UTC)
    return shared


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return answer.content.decode() if answer.status_code == 200 else ""


def test_the_shared_office_serves_both_bodies_and_its_clerk_keeps_the_books_of_both(shared: Shared) -> None:
    served = OfficeService.objects.filter(office=shared.office).values_list("body_id", flat=True)
    assert set(served) == {shared.cast.unit.pk, shared.party.pk}
    shelf = text(signed_in(shared.cast.accounts["van_thu"]).get(reverse("records:shelf")))
    for book in Book.objects.all():
        assert str(book.public_id) in shelf
    other = text(signed_in(shared.cast.accounts["cap_pho"]).get(reverse("records:shelf")))
    assert [str(b.public_id) in other for b in Book.objects.order_by("id")] == [False, True]


def test_every_channel_shows_each_person_the_same_lines(shared: Shared) -> None:
    for who, account in shared.cast.accounts.items():
        wanted = shared.expected(who)
        assert {e.reference for e in rows_for(account, Entry)} == wanted, who
        client = signed_in(account)
        in_books = ""
        for book in Book.objects.all():
            in_books += text(client.get(reverse("records:book", args=[book.public_id])))
            in_books += text(
                client.post(reverse("records:book", args=[book.public_id]), {"q": "cong an tinh mau"})
            )
        found = text(client.post(reverse("records:find"), {"q": "cong an tinh mau"}))
        for reference, (entry, _, _) in shared.entries.items():
            item = Item.objects.get(pk=entry.item_id)
            seen = reference in wanted
            assert may(account, "see", entry) is seen, (who, reference)
            assert may(account, "see", item) is seen, (who, reference)
            page = client.get(reverse("records:item", args=[item.public_id]))
            assert page.status_code == (200 if seen else 404), (who, reference)
            assert (reference in in_books) is seen, (who, reference)
            assert (reference in found) is seen, (who, reference)
            if not seen:
                form = client.get(reverse("records:correct", args=[entry.public_id]))
                assert form.status_code == 404, (who, reference)


def test_a_role_that_ends_or_a_level_that_is_lowered_takes_the_lines_away_at_once(shared: Shared) -> None:
    account = shared.cast.accounts["van_thu"]
    client = signed_in(account)
    entry, _, _ = next(e for e in shared.entries.values() if e[2] == "TUYET_MAT")
    item = reverse("records:item", args=[Item.objects.get(pk=entry.item_id).public_id])
    assert client.get(item).status_code == 200
    shared.roles("van_thu", Role("van_thu", shared.cast.unit), ceiling="MAT")
    assert client.get(item).status_code == 404
    assert {e.reference for e in rows_for(account, Entry)} == {
        r for r, (_, unit, level) in shared.entries.items() if unit == shared.cast.unit and level == "MAT"
    }


def test_nothing_is_shown_when_the_look_cannot_be_written_down(shared: Shared, monkeypatch: Any) -> None:
    def full(act: Any, *args: Any, **more: Any) -> Any:
        raise Refused(Refusal("", "Ổ đĩa đã đầy."))

    client = signed_in(shared.cast.accounts["van_thu"])
    entry, _, _ = next(iter(shared.entries.values()))
    page = reverse("records:item", args=[Item.objects.get(pk=entry.item_id).public_id])
    assert entry.reference in text(client.get(page))
    monkeypatch.setattr(doing, "perform", full)
    answer: Any = client.get(page)
    assert answer.status_code == 503
    assert "Ổ đĩa đã đầy." in answer.content.decode() and entry.reference not in answer.content.decode()
