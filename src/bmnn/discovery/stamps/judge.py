"""The last word on a likely stamp: what does the word inside say?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

Reader = Callable[[NDArray[np.uint8]], tuple[str, float]]
"""Reads one line: picture (dark on light) → (text, confidence 0..100)."""

WORDS = {"TUYET_MAT": "TUYỆT MẬT", "TOI_MAT": "TỐI MẬT", "MAT": "MẬT"}
_AGREE = 0.75
"""Share of letters that must be right, marks aside, for the reading to agree."""
_CONFIDENT = 55.0
"""Confidence from which a reading of another word is believed."""
_CONFIDENT_MARKS = 40.0
"""Confidence from which the marks of an agreeing reading are believed (MẤT, MẮT and MẶT are other words)."""
_CLEAR, _CLEAR_WORD = 0.60, 0.74
"""Correlations that are evidence when nobody could read the word."""


@dataclass(frozen=True)
class Verdict:
    """`sure` evidence, or for a person to look at; `read` what was read."""

    sure: bool
    read: str


def judge(
    picture: NDArray[np.uint8], level: str, score: float, word_score: float, read: Reader | None
) -> Verdict | None:
    """Decide about one candidate; None drops it."""
    text, confidence = read(picture) if read else ("", 0.0)
    text = " ".join("".join(c for c in text.upper() if c.isalpha() or c == " ").split())
    plain, wanted = bare(text), bare(WORDS[level])
    if len(plain) < 2:
        return Verdict(sure=False, read=text) if score >= 0.38 and word_score >= 0.40 else None
    likeness = Levenshtein.normalized_similarity(plain, wanted)
    if likeness >= _AGREE:
        if _same_marks(text, WORDS[level]):
            return Verdict(sure=True, read=text)
        if confidence >= _CONFIDENT_MARKS and word_score < 0.9:
            return None if plain == wanted and confidence >= 70 else Verdict(sure=False, read=text)
        return Verdict(sure=False, read=text)
    if confidence >= _CONFIDENT:
        return None
    return Verdict(sure=False, read=text) if score >= _CLEAR or word_score >= _CLEAR_WORD else None


def bare(text: str) -> str:
    """Letters A–Z only: marks, đ's bar and spaces away."""
    apart = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(c for c in apart if "A" <= c <= "Z")


def _same_marks(text: str, wanted: str) -> bool:
    """Whether the last word carries the marks of MẬT, or none at all (a reader without Vietnamese)."""
    last, target = text.split()[-1], wanted.split()[-1]
    return last == target or bare(last) == last
