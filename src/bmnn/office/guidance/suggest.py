"""Which units a directive's words point to below a body, and which figures may answer a point."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz

from bmnn.office.core.models import Unit
from bmnn.vietnamese import fold

# Names of units differ from the words of a directive by a place name or a level ("Công an tỉnh").
_SAME_NAME = 88.0


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = (files("bmnn.office.guidance") / "data" / "suggestions.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def units(responsible: list[str], giver: Unit, day: date) -> list[Unit]:
    """Units of the giver and below that the words name, alone or collectively; [] when none fits."""
    below = list(Unit.objects.under(giver, day).filter(pk__in=Unit.objects.on(day)))
    found: list[Unit] = []
    for words in map(_plain, responsible):
        named = [u for u in below if _names(words, u)] or _begun(words, below)
        found += [u for u in named if u not in found]
        for group in _data()["collective"]:
            if any(f" {_plain(w)} " in f" {words} " for w in group["words"]):
                tiers = group["tiers"]
                found += [u for u in below if u not in found and u != giver and u.tier in tiers]
    return found


def _names(words: str, unit: Unit) -> bool:
    """The words hold a name of the unit, or are it but for spelling. A place name at the end must agree: communes of
    one province differ in nothing else."""
    names = [_plain(n) for n in (unit.name.split("(")[0], unit.short_name) if n]
    return any(
        (len(name) > 8 and f" {name} " in f" {words} ")
        or (words.split()[-1:] == name.split()[-1:] and fuzz.ratio(words, name) >= _SAME_NAME)
        for name in names
    )


def _begun(words: str, below: list[Unit]) -> list[Unit]:
    """The one unit whose name begins with the words ("Công an tỉnh" for "Công an tỉnh Mẫu"); several: none."""
    found = [u for u in below if _plain(u.name).startswith(f"{words} ")]
    return found if len(found) == 1 and len(words) > 6 else []


def figure_codes(text: str) -> list[str]:
    """Codes of the figures whose words stand in the text."""
    words = f" {_plain(text)} "
    return [
        code for code, marks in _data()["figures"].items() if any(f" {_plain(m)} " in words for m in marks)
    ]


def duty_prefixes(unit: Unit) -> tuple[str, ...]:
    """Prefixes of the law's duties that concern a body of this kind and tier."""
    return tuple(
        prefix
        for row in _data()["duties"]
        if (not row["kinds"] or unit.kind in row["kinds"]) and (not row["tiers"] or unit.tier in row["tiers"])
        for prefix in row["prefixes"]
    )
