"""Finding an item of the lists of state secrets by words without marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone

from bmnn import vietnamese
from bmnn.office.core.lawview import law_on
from bmnn.office.records.words import LEVELS

SHOWN = 12


@dataclass(frozen=True)
class Option:
    """An item of a list as a drafter chooses it."""

    code: str
    level: str
    level_word: str
    text: str
    source: str
    badge: str


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return vietnamese.fold(text)


def _options() -> list[tuple[Option, str]]:
    found = []
    for one in law_on(timezone.localdate()).lists():
        for item in one.items:
            option = _option(one, item)
            words = f"{item.code} {item.text} {one.field} {one.number} {item.place}"
            found.append((option, _folded(words)))
    return found


def _option(one: Any, item: Any) -> Option:
    source = ", ".join(p for p in (item.place, one.number and f"Quyết định {one.number}") if p)
    return Option(item.code, item.level, LEVELS.get(item.level, ""), item.text, source, item.rule.badge)


def find(text: str, chosen: str = "") -> list[Option]:
    """The items that hold every word, the chosen one first; without words only the chosen one."""
    words = vietnamese.fold(text[:200]).split()
    picked, others = [], []
    for option, folded in _options():
        if option.code == chosen and chosen:
            picked.append(option)
        elif words and all(w in folded for w in words):
            others.append(option)
    return (picked + others)[:SHOWN]


def one(code: str) -> Option | None:
    """The item of this code in the lists in force today."""
    return next((o for o, _ in _options() if o.code == code), None) if code else None
