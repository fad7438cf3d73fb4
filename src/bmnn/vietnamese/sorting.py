"""The Vietnamese order of words and of persons' names."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bmnn.vietnamese.marks import TONES, nfc

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: i + 1 for i, letter in enumerate(_ALPHABET)}


@lru_cache(maxsize=50_000)
def _syllable(word: str) -> tuple[tuple[int, ...], int]:
    """Letters first, the tone only between equal letters (a à ả ã á ạ)."""
    letters: list[str] = []
    tone = 0
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in TONES:
            tone = TONES.index(c) + 1
        elif unicodedata.combining(c):
            letters[-1:] = [unicodedata.normalize("NFC", letters[-1] + c)] if letters else []
        else:
            letters.append(c)
    return tuple(_RANK.get(c, 0) if c in _RANK else 100 + ord(c) for c in letters), tone


def collation_key(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Key that sorts phrases the Vietnamese way: syllable by syllable, letters before tones."""
    return tuple(_syllable(w) for w in nfc(text).split())


def sort_key(name: str) -> str:
    """Key of a person's name as plain text for a database column: given name, then surname, then middle names.

    Letters and tones become fixed-width figures, so that byte order is the Vietnamese order.
    """
    words = nfc(name).split()
    if not words:
        return ""
    ordered = [words[-1], *words[:-1]]
    parts = []
    for letters, tone in (_syllable(w) for w in ordered):
        parts.append("".join(f"{n:02x}" if n < 100 else f"fe{n:06x}" for n in letters) + f"00{tone}")
    return " ".join(parts)
