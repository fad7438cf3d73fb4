"""A text without marks and capitals, character for character, so that patterns stay simple and places stay true."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

_UNITS = 0x10000
_WITH_BASE = ((0, 0x250), (0x1E00, 0x1F00), (0x2000, 0x2280))
"""Where the letters and signs lie that come down to an ASCII one."""
_OTHER = 0x7F
"""Stands for every character that is neither an ASCII one nor a Latin letter nor white space."""
_BARS = "│┃║¦｜"
_SPACES = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def plain(text: str) -> str:
    """Lower case, without marks, đ as d; every other character beyond ASCII becomes one stand-in. Same length."""
    if text.isascii():
        return text.lower()
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) == len(text):
        return _table().take(units).tobytes().decode("ascii")
    # Characters beyond the first plane are two units each: here they must stay one.
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table().take(np.where(points < _UNITS, points, _UNITS - 1)).tobytes().decode("ascii")


@cache
def _table() -> NDArray[np.uint8]:
    table = np.full(_UNITS, _OTHER, np.uint8)
    for start, end in _WITH_BASE:
        for point in range(start, end):
            base = unicodedata.normalize("NFD", chr(point).lower().replace("đ", "d"))[0]
            if base.isascii():
                table[point] = ord(base)
    for letter in _SPACES:
        table[ord(letter)] = ord(" ")
    for letter in _BARS:
        table[ord(letter)] = ord("|")
    return table


def phrase(words: str) -> str:
    """The source of a pattern for plain words with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


def any_of(*phrases: str) -> str:
    """Alternatives, longest first as given."""
    return "(?:" + "|".join(map(phrase, phrases)) + ")"
