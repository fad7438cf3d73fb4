"""Windows events that matter, one module per family; each handler is found by provider and event number.

@event("Microsoft-Windows-Partition", 1006)
def partition(e: Event, out: Evidence) -> None: ...
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from bmnn.machines.model import Evidence, Source


@dataclass(frozen=True)
class Event:
    """One record: where it stands, when, on which computer, and its named data (all values as text)."""

    source: Source
    provider: str
    number: int
    at: datetime | None
    channel: str
    computer: str
    data: dict[str, str]


Handler = Callable[[Event, Evidence], None]
HANDLERS: dict[tuple[str, int], Handler] = {}


def event(provider: str, *numbers: int) -> Callable[[Handler], Handler]:
    """Registers a handler for events of one provider (case-insensitive)."""

    def register(function: Handler) -> Handler:
        for number in numbers:
            HANDLERS[(provider.casefold(), number)] = function
        return function

    return register


@lru_cache
def load() -> dict[tuple[str, int], Handler]:
    """All handlers."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return HANDLERS


def flatten(node: Any, into: dict[str, str]) -> dict[str, str]:
    """Leaves of a record's EventData or UserData by name; attributes are left out, `Data` lists are
    numbered."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "#attributes":
                continue
            if isinstance(value, (dict, list)):
                if name == "Data" and isinstance(value, dict) and isinstance(value.get("#text"), list):
                    into.update({f"#{i}": str(v) for i, v in enumerate(value["#text"])})
                flatten(value, into)
            elif value is not None:
                into.setdefault(name, str(value))
    elif isinstance(node, list):
        for part in node:
            flatten(part, into)
    return into
