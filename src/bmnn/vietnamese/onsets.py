"""Syllable onsets as codes: what survives OCR without Vietnamese, lost marks and old encodings.

Each white-space token is folded, a leading 1, ! or | before a letter or digit is read as l, and the longest
onset at its start is taken; onsets that look or sound alike share a code (đ b p d, g gh gi, ng ngh, c k, q qu).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_ONSETS = ("ngh", "ng", "nh", "ph", "th", "tr", "ch", "kh", "gh", "gi", "qu", *"bcdghklmnpqrstvx")
_SAME = {"ngh": "ng", "gh": "g", "gi": "g", "qu": "q", "k": "c", "b": "d", "p": "d"}
_CLASSES = sorted({_SAME.get(o, o) for o in _ONSETS})
_CODE = {o: _CLASSES.index(_SAME.get(o, o)) + 1 for o in _ONSETS}
_TOKEN = re.compile(r"\S+")
_LEAD = re.compile(r"^[^a-z0-9!|]+")
_L = re.compile(r"^[1!|](?=[a-z0-9])")
_LETTERS = re.compile(r"[^a-z]")


@lru_cache(maxsize=200_000)
def onset_code(token: str) -> int:
    """Code of one token's onset, 1 … 22; 0 when it has none and is to be skipped."""
    apart = unicodedata.normalize("NFD", token.lower()).replace("đ", "d")
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    plain = _LETTERS.sub("", _L.sub("l", _LEAD.sub("", plain)))
    return next((_CODE[plain[:n]] for n in (3, 2, 1) if plain[:n] in _CODE), 0)


def onset_codes(text: str) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Codes of all syllables with an onset and the character offset at which each token begins."""
    codes, starts = [], []
    for m in _TOKEN.finditer(text):
        if code := onset_code(m.group()):
            codes.append(code)
            starts.append(m.start())
    return np.array(codes, np.uint8), np.array(starts, np.int32)
