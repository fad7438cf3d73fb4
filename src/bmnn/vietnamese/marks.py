"""Vietnamese letters and their marks: one form (NFC), no marks (fold), both ways of placing the tone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining tone marks in dictionary order: huyền, hỏi, ngã, sắc, nặng."""


def nfc(text: str) -> str:
    """The composed form in which everything is kept and compared."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without any mark, đ as d; NFC and NFD give the same; NFC text keeps its length."""
    if text.isascii():
        return text.lower()
    return nfc(text).translate(_fold_table()).lower()


@cache
def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for code in [*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)]:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    table.update(dict.fromkeys((ord(c) for c in TONES + "\u0302\u0306\u031b"), ""))
    return table


def tone_of(syllable: str) -> tuple[str, str]:
    """(syllable without its tone, the tone as a combining mark or "")."""
    apart = unicodedata.normalize("NFD", syllable)
    tone = next((c for c in apart if c in TONES), "")
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES)), tone


_PLACED = re.compile(r"(?i)(?<![qQ])(o[àáảãạaèéẻẽẹe]|[òóỏõọ][ae]|u[ỳýỷỹỵy]|[ùúủũụ]y)(?![\w])")


def modern_tones(text: str) -> str:
    """Tone on the main vowel, as in hoà, thuý, khoẻ: the way of school books since 1980."""
    return _PLACED.sub(lambda m: _place(m.group(), 1), nfc(text))


def classic_tones(text: str) -> str:
    """Tone on the first vowel of oa, oe, uy, as in hòa, thúy, khỏe: the way of legal texts."""
    return _PLACED.sub(lambda m: _place(m.group(), 0), nfc(text))


def _place(pair: str, at: int) -> str:
    bare, tone = tone_of(pair)
    if not tone:
        return pair
    letters = list(bare)
    letters[at] += tone
    return unicodedata.normalize("NFC", "".join(letters))
