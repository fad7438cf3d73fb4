"""The door: one act is one event with its numbers, its leaf and its projection, or nothing at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from bmnn.office.core.engine import Entry, Refused, lookup, perform, perform_many
from bmnn.office.core.models import Counter, Event, LedgerNode, LogHead
from tests.office.core.sample import Note

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


def clock() -> Iterator[datetime]:
    moment = START
    while True:
        yield moment
        moment += timedelta(minutes=1)


def salts() -> Iterator[bytes]:
    n = 0
    while True:
        yield hashlib.sha256(str(n).encode()).digest()
        n += 1


def note(text: str, book: str = "A") -> Note:
    return Note(Note.Input(text=text, book=book))


def test_an_act_gives_the_next_number_and_an_event() -> None:
    first = perform(note("một"), None, "k1")
    second = perform(note("hai"), None, "k2")
    assert (first.numbers, second.numbers) == ({"số": 1}, {"số": 2})
    assert Event.objects.get(key="k2").data["text"] == "hai"
    assert not first.replayed


def test_the_same_key_again_gives_the_same_answer_and_no_second_number() -> None:
    first = perform(note("một"), None, "k1")
    again = perform(note("một"), None, "k1")
    assert again.replayed
    assert (again.event.id, again.numbers) == (first.event.id, first.numbers)
    assert Event.objects.count() == 1
    assert Counter.objects.get(name="A").value == 1
    found = lookup("k1")
    assert found is not None and found.numbers == {"số": 1}


def test_a_refused_act_writes_nothing_and_leaves_no_gap() -> None:
    perform(note("một"), None, "k1")
    with pytest.raises(Refused) as refused:
        perform(note(""), None, "k2")
    assert refused.value.refusals[0].field == "text"
    with pytest.raises(Refused):
        perform(note("hỏng sau khi lấy số"), None, "k3")
    assert perform(note("hai"), None, "k4").numbers == {"số": 2}
    assert Event.objects.count() == 2


def test_bulk_writes_the_very_bytes_that_single_acts_write() -> None:
    acts = [note(f"việc {i}", "AB"[i % 2]) for i in range(37)]

    def plain(row: dict[str, object]) -> str:
        return str({k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items() if k != "id"})

    def snapshot() -> list[list[str]]:
        tables = (Event, LogHead, LedgerNode, Counter)
        return [sorted(plain(row) for row in table.objects.values()) for table in tables]

    ticks, grains = clock(), salts()
    point = transaction.savepoint()
    for i, act in enumerate(acts):
        perform(act, None, f"k{i}", clock=lambda: next(ticks), salts=lambda: next(grains))
    one_by_one = snapshot()
    transaction.savepoint_rollback(point)
    assert Event.objects.count() == 0
    ticks, grains = clock(), salts()
    entries = [Entry(act, None, f"k{i}") for i, act in enumerate(acts)]
    done = list(perform_many(entries, clock=lambda: next(ticks), salts=lambda: next(grains), batch=10))
    assert len(done) == 37
    assert snapshot() == one_by_one


def test_every_stream_has_its_own_tree_with_the_root_of_rfc_6962() -> None:
    for i in range(11):
        perform(note(f"việc {i}"), None, f"k{i}")
    leaves = [bytes(e.leaf_hash) for e in Event.objects.filter(stream="test/A").order_by("seq")]

    def root(hashes: list[bytes]) -> bytes:
        if len(hashes) == 1:
            return hashes[0]
        k = 1
        while k * 2 < len(hashes):
            k *= 2
        return hashlib.sha256(b"\x01" + root(hashes[:k]) + root(hashes[k:])).digest()

    assert bytes(LogHead.objects.get(stream="test/A").root) == root(leaves)


def test_the_database_refuses_to_change_or_delete_an_event() -> None:
    perform(note("một"), None, "k1")
    for statement in (
        "UPDATE core_event SET actor = 'x'",
        "DELETE FROM core_event",
        "INSERT OR REPLACE INTO core_event SELECT * FROM core_event",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Event.objects.count() == 1


def test_the_leaf_is_canonical_json_in_nfc_with_the_salt() -> None:
    from bmnn.office.core.leaf import leaf_of

    event = perform(note("Tài liệu ho\u0323c"), None, "k1").event
    leaf = json.loads(leaf_of(event).text())
    assert leaf["body"]["text"] == "Tài liệu học"
    assert len(leaf["salt"]) == 64
    assert hashlib.sha256(b"\0" + leaf_of(event).text().encode()).digest() == event.leaf_hash


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (timedelta(days=-1), "chạy lùi"),
        (timedelta(minutes=-6), "chạy lùi"),
        (timedelta(days=46), "hơn 45 ngày"),
    ],
)
def test_a_wrong_clock_refuses_in_words(shift: timedelta, words: str) -> None:
    perform(note("một"), None, "k1", clock=lambda: START)
    with pytest.raises(Refused, match=words):
        perform(note("hai"), None, "k2", clock=lambda: START + shift)
    assert perform(note("hai"), None, "k3", clock=lambda: START - timedelta(minutes=4)).numbers == {"số": 2}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)),
        (datetime(2028, 2, 28, 16, 59, 59, tzinfo=UTC), datetime(2028, 2, 28, 17, 0, 0, tzinfo=UTC)),
    ],
)
def test_the_day_and_the_year_turn_at_midnight_in_vietnam(before: datetime, after: datetime) -> None:
    one = perform(note("trước nửa đêm"), None, "k1", clock=lambda: before)
    two = perform(note("sau nửa đêm"), None, "k2", clock=lambda: after)
    days = [e.day for e in (one.event, two.event)]
    assert days in (["2026-12-31", "2027-01-01"], ["2028-02-28", "2028-02-29"])
    assert two.numbers["số"] == (1 if days[1].startswith("2027") else 2)
    assert {(c.period, c.value) for c in Counter.objects.all()} == (
        {("2026", 1), ("2027", 1)} if days[1].startswith("2027") else {("2028", 2)}
    )
