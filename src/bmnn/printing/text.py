"""Text on its way to paper: composed, without characters that draw nothing or turn lines round, breakable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Controls except tab and new line; line and paragraph separators are new lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks that reorder or hide text: on paper each shows as a question mark, so that nothing is turned or lost unseen.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINES = re.compile("[\r\u2028\u2029]")
_UNPAIRED = re.compile("[\ud800-\udfff\ufffe\uffff]")
# All of them in one look: a thousand lines are over a hundred thousand characters.
_UNCLEAN = re.compile("|".join(p.pattern for p in (_LINES, _CONTROL, _TURNING, _UNPAIRED)))
_SOFT = "\u200b"


def is_clean(text: str) -> bool:
    """Whether `clean` would change nothing."""
    return _UNCLEAN.search(text) is None and unicodedata.is_normalized("NFC", text)


def clean(text: str) -> str:
    """Text fit for paper and for XML: NFC, new lines as \\n, no controls; what reorders text becomes "?"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _UNPAIRED.sub("?", _TURNING.sub("?", _CONTROL.sub("", text)))
    return unicodedata.normalize("NFC", text)


def width_em(text: str) -> float:
    """About how wide the text is in a Times-like font, in units of the type size (rather too wide)."""
    return sum(map(_width, text))


_WIDTHS = {"narrow": 0.34, "digit": 0.5, "small": 0.52, "capital": 0.74, "wide": 0.92}


@lru_cache(maxsize=5000)
def _width(c: str) -> float:
    return _WIDTHS.get(_kind(c), 1.0)


def _kind(c: str) -> str:
    if c in "iljtf.,;:!|'()[]/-rI ì\u00edỉĩị":
        return "narrow"
    if c.isdigit() and c.isascii():
        return "digit"
    if c in "mwMW@%—…":
        return "wide"
    if ord(c) >= 0x2E80:
        return "other"
    return "capital" if c.isupper() else "small"


def soften(text: str, room_em: float) -> str:
    """The text with break points inside words wider than `room_em` type sizes, which would leave their column.

    After a slash, hyphen or full stop where there is one, else wherever the width is used up.
    """
    if len(text) <= room_em or all(len(word) <= room_em for word in text.split()):
        return text
    return re.sub(r"\S+", lambda found: _cut(found[0], room_em), text)


def _cut(word: str, room_em: float) -> str:
    if len(word) <= room_em or width_em(word) <= room_em:
        return word
    pieces: list[str] = []
    for part in re.findall(r"[^/\-._]*[/\-._]?", word):
        used = 0.0
        piece = ""
        for c in part:
            wide = _width(c)
            if piece and used + wide > room_em:
                pieces.append(piece)
                piece, used = "", 0.0
            piece += c
            used += wide
        if piece:
            pieces.append(piece)
    return _SOFT.join(pieces)


def lines_needed(text: str, per_line: int) -> int:
    """About how many lines the text takes where a line holds `per_line` characters (rather too many)."""
    return sum(1 + len(part) // max(per_line, 1) for part in text.split("\n"))
