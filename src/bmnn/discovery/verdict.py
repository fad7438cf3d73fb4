"""From signals to a verdict: which of them are evidence, and when several weak ones together are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bmnn.discovery.signals import SURE, Level, Signal, gravest

Verdict = Literal["suspect", "review", "clear", "unreadable", "over_limit"]

WORDS: dict[str, str] = {
    "suspect": "Nghi chứa bí mật nhà nước",
    "review": "Cần người xem",
    "unreadable": "Không đọc được",
    "over_limit": "Vượt giới hạn xử lý",
    "clear": "Không thấy dấu hiệu",
}
"""In order of gravity."""

_PHYSICAL = frozenset({"stamp", "level_line", "copy_number", "recall_mark", "named_only"})
_SAME = {"stamp": "level_line"}
"""A stamp seen and the same stamp read are one mark, not two."""
_LOOK = 0.4
"""Score from which a single weak signal asks for a look."""


def verdict(signals: Sequence[Signal]) -> tuple[Literal["suspect", "review", "clear"], Level | None]:
    """The verdict on an item that was read, and the gravest level its evidence names.

    One sure signal is evidence; so are two different marks that only secret documents bear. Wording and likeness to
    a list are never more than a reason to look.
    """
    sure = [s for s in signals if s.score >= SURE]
    bearing = [s for s in signals if s.kind in _PHYSICAL and s.score >= _LOOK]
    if sure:
        return "suspect", gravest([s.level for s in sure]) or gravest([s.level for s in bearing])
    if len({_SAME.get(s.kind, s.kind) for s in bearing}) >= 2:
        return "suspect", gravest([s.level for s in bearing])
    if any(s.score >= _LOOK for s in signals):
        return "review", gravest([s.level for s in signals])
    return "clear", None
