"""The law with the agency's own confirmations and corrections laid over it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bmnn.office.core.models import LawRule

if TYPE_CHECKING:
    from bmnn import law


def overlay() -> list[dict[str, Any]]:
    """Every confirmation and correction, oldest first."""
    return [
        {
            "rule": row.rule,
            "value": json.loads(row.value) if row.value else None,
            "confirmed": row.confirmed,
            "citation": row.citation,
            "by": row.person,
            "on": row.day,
        }
        for row in LawRule.objects.all()
    ]


def law_on(day: date) -> law.View:
    """The law in force on the day, as the agency has confirmed it."""
    from bmnn import law

    return law.on(day)


def knows_rule(rule: str) -> bool:
    """Whether the law in force today has a rule of this key."""
    from bmnn import law

    try:
        law.on(timezone.localdate()).rule(rule)
    except KeyError:
        return False
    return True
