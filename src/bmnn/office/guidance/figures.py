"""Figures of other rooms that answer a point: a room may have `evidence.py` with `figures(unit, since, until)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bmnn.office.core.models import Unit
from bmnn.office.core.rooms import modules


@dataclass(frozen=True)
class Figure:
    """A count over the acts of a room: `code` names it for good, `url` opens the rows it counts."""

    code: str
    label: str
    value: int
    url: str


def figures(unit: Unit, since: date, until: date) -> list[Figure]:
    """What every room can count for the unit between the two days, both included."""
    found: list[Figure] = []
    for _, module in modules("evidence"):
        found += module.figures(unit, since, until)
    return found
