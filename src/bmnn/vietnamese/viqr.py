"""VIQR: Vietnamese written with ASCII signs after the letter (RFC 1456), as in mail of the 1990s."""

from __future__ import annotations

import re
import unicodedata

from bmnn.vietnamese.syllables import is_syllable

_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b"}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_LETTER = re.compile(r"(\\)?(?:(dd|DD|Dd|dD)|([aAeEiIoOuUyY])([\^(+]?)([`?~'.]?))")
_SHAPED = re.compile(r"[aAeEoO]\^|[aA]\(|[oOuU]\+|\b[dD][dD](?=[aeiouyAEIOUY])")
_SIGNS = re.compile(r"[A-Za-z]+(?:[\^(+`?~'.]+[A-Za-z]*)+")
_TONED = re.compile(r"[\^(+aeiouyAEIOUY][`?~'.][A-Za-z]*$")
LEAST_SHAPED = 0.08
"""Share of words that must carry a circumflex, breve, horn or đ for a text to be taken for VIQR."""


def from_viqr(text: str) -> tuple[str, str | None]:
    """The text read as VIQR and "viqr" if it clearly is; else unchanged and None. ASCII text only."""
    sample = text[:20_000]
    words = len(re.findall(r"[A-Za-z]{1,}", sample))
    if words < 4 or len(_SHAPED.findall(sample)) < max(2, LEAST_SHAPED * words):
        return text, None
    signed = [read(word.rstrip("'`?~.(")) for word in _SIGNS.findall(sample)]
    letters = [part for word in signed for part in re.findall(r"[^\W\d_]+", word) if not part.isascii()]
    if not letters or sum(map(is_syllable, letters)) < 0.9 * len(letters):
        return text, None
    return read(text), "viqr"


def read(text: str) -> str:
    """Signs after letters become marks, strictly as RFC 1456 says: a sign that is none is escaped by a backslash."""
    return unicodedata.normalize("NFC", _LETTER.sub(_join, text))


def _join(m: re.Match[str]) -> str:
    escaped, crossed, letter, shape, tone = m.groups()
    if escaped:
        return m[0]
    if crossed:
        return "đ" if crossed[0] == "d" else "Đ"
    if not shape and not tone:
        return str(letter)
    fits = {"^": "aeo", "(": "a", "+": "ou"}
    if shape and letter.lower() not in fits[shape]:
        return m[0]
    marked = str(letter) + _SHAPES.get(shape, "")
    # A syllable has one tone: a second sign at the end of a word is punctuation.
    before = m.string[max(0, m.start() - 7) : m.start()]
    if tone and _TONED.search(before) and not m.string[m.end() : m.end() + 1].isalpha():
        return marked + str(tone)
    return marked + _TONES.get(tone, "")
