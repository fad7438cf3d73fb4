"""How well a text reads: share of words that are Vietnamese syllables, and whether their marks are there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.vietnamese import is_syllable

_WORD = re.compile(r"[^\W\d_]+")
CLEAN = 0.93
"""Share of well-formed words from which a text with marks counts as clean."""
MARKED = 0.45
"""Share of words carrying a mark from which marks count as present; Vietnamese prose has about two thirds."""
HOPELESS = 0.45
"""Below this share of possible syllables nothing is extracted."""
LEAST_WORDS = 25


@dataclass(frozen=True)
class Quality:
    """`known` and `marked` are shares 0..1; `route`: clean, restore (marks lost or misread), hopeless, short."""

    words: int
    known: float
    marked: float
    route: str


def judge(text: str) -> Quality:
    """Choose the route for a text."""
    words = _WORD.findall(text)[:40_000]
    long = [w for w in words if len(w) > 1]
    if not long:
        return Quality(len(words), 0.0, 0.0, "hopeless")
    # Names of programs and countries are no syllables anywhere; bad OCR breaks ordinary words.
    known = sum(is_syllable(w) for w in long) / len(long)
    marked = sum(not w.isascii() for w in long) / len(long)
    if known < HOPELESS or (len(long) > LEAST_WORDS and known < 0.6 and marked < 0.1):
        return Quality(len(words), known, marked, "hopeless")
    if known >= CLEAN and marked >= MARKED:
        return Quality(len(words), known, marked, "clean")
    return Quality(len(words), known, marked, "restore")
