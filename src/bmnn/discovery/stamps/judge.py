"""The last word on a likely stamp: what do its letters say, to the eye and to a reader of words?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from bmnn.discovery.stamps.closely import Letters
from bmnn.discovery.stamps.templates import WORDS

Reader = Callable[[NDArray[np.uint8]], tuple[str, float]]
"""Reads one line: picture (dark on light) → (text, confidence 0..100)."""

_AGREE = 0.75
"""Share of letters that must be right, marks aside, for the reading to agree."""
_CONFIDENT = 70.0
"""Confidence from which a reading of another word is believed."""
_CLEAR, _READABLE = 0.68, 0.5
"""Likeness of frame and word together that can be evidence, and that asks for a look once the word is read."""
_LOOK, _LOOK_WORD = 0.46, 0.40
"""Likenesses from which a person should look."""


@dataclass(frozen=True)
class Verdict:
    """`sure` evidence, or for a person to look at; `read` what was read."""

    sure: bool
    read: str


def judge(level: str, score: float, letters: Letters, text: str, confidence: float) -> Verdict | None:
    """Decide about one candidate from its likeness, its letters and a reading; None drops it."""
    read = " ".join("".join(c for c in text.upper() if c.isalpha() or c == " ").split())
    fits = letters_fit(letters)
    agrees = len(bare(read)) >= 2 and _agrees(read, WORDS[level])
    other = len(bare(read)) >= 2 and not agrees and confidence >= _CONFIDENT
    # A reader errs in marks more often than in letters; where the eye sees the right marks clearly, it is right.
    if other and fits and letters.mark >= 0.8 and _same_letters(read, WORDS[level]):
        other = False
    if fits and not other and score >= _CLEAR:
        return Verdict(sure=True, read=read)
    if other and not fits:
        return None
    looks = score >= _LOOK and letters.word >= _LOOK_WORD
    return Verdict(sure=False, read=read) if looks or (agrees and score >= _READABLE) else None


def letters_fit(letters: Letters) -> bool:
    """Whether every letter looks like itself more than like any other, and the vowel of MẬT has its own marks."""
    return (
        letters.worst >= 0.6
        and letters.lead >= -0.08
        and letters.mark >= 0.6
        and letters.mark_lead >= -0.035
        and letters.dot >= 0.6
    )


def _agrees(read: str, wanted: str) -> bool:
    """Whether a reading is the wanted word: letters nearly, and the last word's marks exactly or all lost."""
    if not _same_letters(read, wanted):
        return False
    last, target = read.rsplit(maxsplit=1)[-1], wanted.rsplit(maxsplit=1)[-1]
    return last in (target, bare(target))


def _same_letters(read: str, wanted: str) -> bool:
    return Levenshtein.normalized_similarity(bare(read), bare(wanted)) >= _AGREE


def bare(text: str) -> str:
    """Letters A–Z only: marks, đ's bar and spaces away."""
    apart = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(c for c in apart if "A" <= c <= "Z")
