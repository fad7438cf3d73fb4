"""A text without marks and capitals, character for character, so that patterns stay simple and places stay true."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

_LIMIT = 0x3000
_OTHER = 0x7F
"""Stands for every character that is neither an ASCII one nor a Latin letter nor white space."""
_BARS = "│┃║¦｜"


def plain(text: str) -> str:
    """Lower case, without marks, đ as d; every other character beyond ASCII becomes one stand-in. Same length."""
    if text.isascii():
        return text.lower()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table()[np.minimum(points, _LIMIT)].tobytes().decode("ascii")


@cache
def _table() -> NDArray[np.uint8]:
    table = np.full(_LIMIT + 1, _OTHER, np.uint8)
    for point in range(_LIMIT):
        letter = chr(point)
        base = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))[0]
        if letter in _BARS:
            table[point] = ord("|")
        elif base.isascii():
            table[point] = ord(base)
        elif letter.isspace():
            table[point] = ord(" ")
    return table


def phrase(words: str) -> str:
    """The source of a pattern for plain words with any white space between them."""
    return r"\s+".join(map(re.escape, words.split()))


def any_of(*phrases: str) -> str:
    """Alternatives, longest first as given."""
    return "(?:" + "|".join(map(phrase, phrases)) + ")"
