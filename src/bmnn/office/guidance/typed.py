"""Values that a person typed as lines of a box."""

from __future__ import annotations

import re
from typing import Any

_CLAUSE = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[IVX]{1,5})\s*[.)\-:]\s+(.+)$", re.DOTALL)


def points_of_lines(text: str) -> list[dict[str, Any]]:
    """One point a line; a number or letter at its start is the clause."""
    found = []
    for one in text.splitlines():
        if not one.strip():
            continue
        match = _CLAUSE.match(one)
        words = " ".join((match[2] if match else one).split())
        found.append({"clause": match[1] if match else "", "text": words, "action": words[:1000]})
    return found


def columns_of_lines(text: str) -> list[list[str]]:
    """One record a line, its columns parted by `|`."""
    return [[c.strip() for c in one.split("|")] for one in text.splitlines() if one.strip()]
