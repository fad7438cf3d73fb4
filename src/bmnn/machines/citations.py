"""Articles for a finding, asked from the law room by the keys in `data/citations.yaml`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bmnn import law


@lru_cache
def citations(code: str) -> list[Any]:
    """Citations in force today for a finding code; [] when the law room does not know the rules."""
    text = (files("bmnn.machines") / "data" / "citations.yaml").read_text("utf-8")
    view = _view()
    found: list[Any] = []
    for key in yaml.safe_load(text)["codes"].get(code, []):
        try:
            citation = getattr(view.rule(key), "citation", None)
        except (LookupError, AttributeError, ValueError):
            continue
        if citation is not None and str(citation) not in map(str, found):
            found.append(str(citation))
    return found


@lru_cache
def _view() -> Any:
    on = getattr(law, "on", None)
    return on(datetime.now(UTC).date()) if on else None
