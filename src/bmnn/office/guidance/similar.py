"""When two texts say the same thing: the same file under another name, the same point in two letters.

Words are compared without marks, in their order, so that retyping and lost marks do not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from bmnn.vietnamese import fold

# Clauses of different subjects in the same genre share up to two fifths of their words in order; a clause taken
# over with its addressees changed and its end cut keeps more than half. A person confirms every proposal.
SAME_POINT = 50.0
_SHORT, _SAME_SHORT = 8, 80.0


def fingerprint(text: str) -> str:
    """Hash of the words of a text without marks, spaces and punctuation."""
    words = "".join(c for c in fold(text) if c.isalnum())
    return hashlib.sha256(words.encode()).hexdigest()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(c for c in w if c.isalnum()) for w in fold(text).split())


def likeness(a: str, b: str) -> float:
    """0 to 100: share of the words in common order (a short text inside a long one does not count as
    alike)."""
    return fuzz.ratio(_words(a), _words(b))


def alike(text: str, others: Iterable[tuple[int, str]]) -> list[tuple[int, float]]:
    """Keys of the texts that order the same thing, the most alike first."""
    found = []
    for key, other in others:
        score = likeness(text, other)
        short = min(len(_words(text)), len(_words(other))) < _SHORT
        if score >= (_SAME_SHORT if short else SAME_POINT):
            found.append((key, score))
    return sorted(found, key=lambda f: -f[1])
