"""How much of a text is possible Vietnamese syllables: the test that chooses between readings of bytes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = "ngh|ng|nh|ph|th|tr|ch|kh|gh|gi|qu|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x|"
_NUCLEUS = "iê|yê|ia|ya|uô|ua|ươ|ưa|uâ|uê|uy|uyê|uya|uơ|oa|oă|oe|oo|ôô|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
_CODA = "ng|nh|ch|c|m|n|p|t|i|y|o|u|"
_SYLLABLE = re.compile(f"(?:{_ONSET})(?:{_NUCLEUS})(?:{_CODA})")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_ODD_TONE = re.compile("[^aeiouy\u0302\u0306\u031b][\u0300\u0301\u0303\u0309\u0323]")
_TONES = dict.fromkeys(map(ord, "\u0300\u0309\u0303\u0301\u0323"))


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether a word of letters can be one Vietnamese syllable (tone marks aside)."""
    apart = unicodedata.normalize("NFD", word.lower())
    if _ODD_TONE.search(apart):
        return False
    apart = apart.translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", apart)) is not None


def syllable_score(text: str) -> float:
    """Share of words that are possible syllables and, where the word carries marks, well marked: 0..1.

    Words of plain ASCII letters count a quarter: they fit any reading of the bytes.
    """
    good = total = 0.0
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        weight = 0.25 if word.isascii() else 1.0
        total += weight
        if is_syllable(word):
            good += weight
    return good / total if total else 0.0
