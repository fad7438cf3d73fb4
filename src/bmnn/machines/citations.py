"""Articles for a finding, asked from the law room by the keys in `data/citations.yaml`.

The law is that of the day of the latest trace, because the rule on connected computers changed between the
laws; traces without a moment, or older than any law we hold, are judged by the law of the day of the check.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files

import yaml

from bmnn import law


def citations(code: str, day: date | None = None) -> list[str]:
    """Citations for a finding code on a day, each with «chưa đối chiếu» while its rule is not settled."""
    return list(_citations(code, day or datetime.now(UTC).date()))


@lru_cache(maxsize=4096)
def _citations(code: str, day: date) -> tuple[str, ...]:
    view = _view(day)
    found: list[str] = []
    for key in _keys().get(code, []):
        try:
            rule = view.rule(key)
        except LookupError:
            continue
        words = f"{rule.citation} ({rule.badge})" if rule.badge else rule.citation
        if words and words not in found:
            found.append(words)
    return tuple(found)


def _view(day: date) -> law.View:
    try:
        return law.on(day)
    except LookupError:
        return law.on(datetime.now(UTC).date())


@lru_cache
def _keys() -> dict[str, list[str]]:
    text = (files("bmnn.machines") / "data" / "citations.yaml").read_text("utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)["codes"]
    return found
