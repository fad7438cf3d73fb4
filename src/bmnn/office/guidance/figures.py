"""Figures of other rooms that answer a point: a room may have `evidence.py` with `figures(unit, since, until)`."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from datetime import date

from django.apps import apps

from bmnn.office.core.models import Unit


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
    for app in apps.get_app_configs():
        name = f"{app.name}.evidence"
        if app.name.startswith("bmnn.office.") and importlib.util.find_spec(name) is not None:
            found += importlib.import_module(name).figures(unit, since, until)
    return found
