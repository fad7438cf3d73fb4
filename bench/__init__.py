"""Benches: a module has `TITLE` and `run() -> list[Row]`; both sides of a ratio come from one run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One ratio: what was measured, our figure and the other's (same unit), and the goal it must meet."""

    what: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    goal: str
    ok: bool
