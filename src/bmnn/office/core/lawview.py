"""The law with the agency's own confirmations and corrections laid over it."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bmnn.office.core.models import LawRule

if TYPE_CHECKING:
    from bmnn import law


_FIELDS = ("rule", "value", "confirmed", "citation", "person", "day", "note")


def overlay() -> law.Overlay:
    """Every confirmation and correction of the agency, laid one over the other."""
    return _laid(tuple(LawRule.objects.values_list(*_FIELDS)))


@lru_cache(maxsize=8)
def _laid(rows: tuple[tuple[Any, ...], ...]) -> law.Overlay:
    # Keyed by what the rows say, so that a rebuild or a restored database can never meet a stale answer.
    from bmnn import law

    return law.Overlay.of(
        {
            "rule": rule,
            "value": json.loads(value) if value else None,
            "confirmed": confirmed,
            "citation": citation,
            "by": person,
            "on": day,
            "note": note,
        }
        for rule, value, confirmed, citation, person, day, note in rows
    )


def law_on(day: date) -> law.View:
    """The law in force on the day, as the agency has confirmed it."""
    from bmnn import law

    return law.on(day, overlay())


def cited(view: law.View, key: str) -> str:
    """The article of a rule, with «chưa đối chiếu» while it is not settled; "" where nothing is encoded."""
    rule = view.find(key)
    if rule is None:
        return ""
    return f"{rule.citation} ({rule.badge})" if rule.badge else str(rule.citation)


def rule_named(rule: str, day: date) -> law.Rule | None:
    """The version of a rule that an address (`key@since`) names, or a key alone on the day; None: no such."""
    from bmnn import law

    try:
        return law.find_version(rule, day)
    except law.NotEncoded:
        return None
