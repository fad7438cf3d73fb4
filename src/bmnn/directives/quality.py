"""How well a text reads: share of possible syllables, and of words that lost their marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.lexicon import lexicon
from bmnn.vietnamese import fold, is_syllable

_WORD = re.compile(r"[^\W\d_]+")
CLEAN = 0.93
"""Share of possible syllables from which a text counts as clean."""
BARE = 0.045
"""Share of words that are known only with other marks («cua», «duoc») up to which marks count as present."""
HOPELESS = 0.45
"""Below this share of possible syllables nothing is extracted."""
LEAST_WORDS = 25


@dataclass(frozen=True)
class Quality:
    """Shares 0..1; `route`: clean, restore (marks lost or misread), hopeless."""

    words: int
    known: float
    bare: float
    route: str


def judge(text: str) -> Quality:
    """Choose the route for a text."""
    lex = lexicon()
    long = [w for w in _WORD.findall(text)[:40_000] if len(w) > 1]
    if not long:
        return Quality(0, 0.0, 0.0, "hopeless")
    # Names of programs and countries are no syllables anywhere; bad OCR breaks ordinary words.
    known = sum(is_syllable(w) for w in long) / len(long)
    small = [w for w in long if not w.isupper()] or long
    bare = sum(w.lower() not in lex.index and fold(w) in lex.by_fold for w in small) / len(small)
    readable = sum(fold(w) in lex.by_fold for w in small) / len(small)
    if known < HOPELESS or (len(long) > LEAST_WORDS and readable < HOPELESS):
        return Quality(len(long), known, bare, "hopeless")
    return Quality(len(long), known, bare, "clean" if known >= CLEAN and bare <= BARE else "restore")
