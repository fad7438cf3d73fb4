"""Articles for a finding, asked from the law room by the keys in `data/citations.yaml`.

The law is that of the day of the latest trace, because the rule on connected computers changed between the
laws; where that day knew no such rule, or the trace has no moment, the law of the day of the check answers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files

import yaml

from bmnn import law


def citations(code: str, day: date | None = None) -> list[str]:
    """Citations for a finding code on a day, each with «chưa đối chiếu» while its rule is not settled."""
    today = datetime.now(UTC).date()
    return list(_citations(code, min(day or today, today), today))


@lru_cache(maxsize=4096)
def _citations(code: str, day: date, today: date) -> tuple[str, ...]:
    found: dict[str, bool] = {}
    for key in _keys().get(code, []):
        rule = law.on(day).find(key) or law.on(today).find(key)
        if rule is not None and rule.citation:
            # One instrument may carry several rules: it is unsettled only when all of them are.
            found[rule.citation] = found.get(rule.citation, True) and rule.unverified
    return tuple(f"{c} ({law.BADGE})" if unsettled else c for c, unsettled in found.items())


@lru_cache
def _keys() -> dict[str, list[str]]:
    text = (files("bmnn.machines") / "data" / "citations.yaml").read_text("utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)["codes"]
    return found
