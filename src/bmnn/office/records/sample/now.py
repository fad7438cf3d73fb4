"""What is left to do today in the sample, so that every person's page "Hôm nay" shows something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bmnn.office.core.engine import Entry
from bmnn.office.records.sample.desks import DESKS, Desk

if TYPE_CHECKING:
    from bmnn.office.records.demo import Sample

# The open work begins so long before today.
BEFORE = timedelta(days=20)
_LIVING = ("tinh", "tinh_uy", "so", "xa1", "xa2", "xa3", "du1")


def entries(sample: Sample) -> Iterator[Entry]:
    """Day by day: receipts that are missing, items to register, proposals that wait."""
    steps = (
        (16, _unsigned_inside),
        (12, _unsigned_outside),
        (8, _waits_for_a_decision),
        (5, _to_register),
        (2, _arrived),
        (1, _waits_for_a_decision),
        (0, _arrived),
        (0, _books),
    )
    n = sample.pairs
    for before, step in steps:
        day = sample.until - timedelta(days=before)
        for key in _LIVING:
            n += 1
            yield from step(sample, DESKS[key], n, day)


def _books(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    for code in ("so_di", "so_den", "so_chuyen_giao"):
        yield from desk.book(sample, code, "bmnn", day)


def _unsigned_inside(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    yield from desk.receive(sample, n, day)
    yield from desk.deliver(sample, n, day, inside=True, signed=False)


def _unsigned_outside(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    yield from desk.propose(sample, n, day)
    yield from desk.decide(sample, day)
    yield from desk.register(sample, n, day)
    yield from desk.deliver(sample, n, day, inside=False, signed=False)


def _waits_for_a_decision(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    yield from desk.propose(sample, n, day, level=("MAT", "TOI_MAT")[n % 2])


def _to_register(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    yield from desk.propose(sample, n, day, level="MAT")
    yield from desk.decide(sample, day)


def _arrived(sample: Sample, desk: Desk, n: int, day: date) -> Iterator[Entry]:
    yield from desk.receive(sample, n, day, level=("MAT", "TOI_MAT", "TUYET_MAT")[n % 3])
