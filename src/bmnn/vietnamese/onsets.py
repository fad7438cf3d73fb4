"""Syllable onsets as codes: what survives OCR without Vietnamese, lost marks and old encodings.

Each white-space token is folded, what a bad OCR makes of a leading l or c is read as that letter (1, ! and | before
a letter or digit, i and j before a vowel; ¢, © and €, e before a digit), and the longest onset at its start is
taken; onsets that look or sound alike share a code (đ b p d, g gh gi, ng ngh, c k, q qu). A speck between two
words is read as a mark that joins them (tổ-chức, cơ’quan): such a token is parted where a syllable ends and
another one begins, which leaves symbols (58-QĐ/TW) and marks inside a syllable (thu’c) as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

_ONSETS = ("ngh", "ng", "nh", "ph", "th", "tr", "ch", "kh", "gh", "gi", "qu", *"bcdghklmnpqrstvx")
_SAME = {"ngh": "ng", "gh": "g", "gi": "g", "qu": "q", "k": "c", "b": "d", "p": "d"}
_CLASSES = sorted({_SAME.get(o, o) for o in _ONSETS})
_CODE = {o: _CLASSES.index(_SAME.get(o, o)) + 1 for o in _ONSETS}
_LEAD = re.compile(r"^[^a-z0-9!|]+")
_L = re.compile(r"^[1!|](?=[a-z0-9])")
_C = re.compile(r"^[^a-z]*e(?=[0-9])")
_I = re.compile(r"^[ij](?=[aeouywg])")
_LIKE_C = str.maketrans("¢©€", "ccc")
_VOWELS = "aeiouyw"
"""Letters that carry a syllable; an OCR without Vietnamese reads ư as w."""
_E = 5
_LETTERS = re.compile(r"[^a-z]")

_LETTER, _DIGIT, _ONE, _BAR, _SPACE, _MARK, _BREAK, _OTHER = 27, 28, 29, 30, 31, 32, 33, 0
"""Kinds of a character in the table; 1 … 26 are the letters, `_LETTER` is the first kind above them."""
_MARKS, _LONGEST = 3, 7
"""Most marks that may stand between two syllables of one token, and characters of the longest syllable."""
_LIMIT = 0x3000
"""Characters beyond this are neither Latin letters nor spaces of the table (U+3000 is treated as one)."""
_CHUNK = 200_000
"""Characters worked on at once: larger arrays fall out of the processor's cache."""


@lru_cache(maxsize=200_000)
def onset_code(token: str) -> int:
    """Code of one token's onset, 1 … 22; 0 when it has none and is to be skipped."""
    plain = _C.sub("c", _L.sub("l", _LEAD.sub("", _plain(token))))
    plain = _I.sub("l", _LETTERS.sub("", plain))
    return next((_CODE[plain[:n]] for n in (3, 2, 1) if plain[:n] in _CODE), 0)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower()).replace("đ", "d").translate(_LIKE_C)
    return "".join(c for c in apart if not unicodedata.combining(c))


def onset_codes(text: str) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Codes of all syllables with an onset and the character offset at which each token begins."""
    codes, starts, at = [], [], 0
    while at < len(text):
        end = _cut(text, at)
        piece_codes, piece_starts = _piece(text[at:end])
        codes.append(piece_codes)
        starts.append(piece_starts + np.int32(at))
        at = end
    if not codes:
        return np.zeros(0, np.uint8), np.zeros(0, np.int32)
    return np.concatenate(codes), np.concatenate(starts)


def _cut(text: str, at: int) -> int:
    """Where the piece beginning at `at` may end: at a space, so that no token is torn."""
    end = at + _CHUNK
    while end < len(text) and not text[end].isspace():
        end += 1
    return min(end, len(text))


def _piece(text: str) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kind = _kinds()[np.minimum(points, _LIMIT)]
    where = np.flatnonzero(kind != _MARK).astype(np.int32)
    kind = kind[where]
    first = _firsts(kind)
    if not len(first):
        return np.zeros(0, np.uint8), np.zeros(0, np.int32)
    ends = np.append(first[1:], len(kind))
    # Padding keeps the looks one or two letters ahead inside the arrays.
    letters = np.flatnonzero((kind > 0) & (kind < _LETTER))
    letter_at = np.concatenate((letters, np.full(3, len(kind) + 3)))
    letter = np.concatenate((kind[letters], np.zeros(3, np.uint8))).astype(np.int32)
    i = np.searchsorted(letters, first)
    a, b, c = (np.where(letter_at[i + n] < ends, letter[i + n], 0) for n in range(3))
    codes = _three_letters()[(a * 27 + b) * 27 + c]
    then = np.append(kind, np.full(5, _SPACE, np.uint8))[letter_at[i] + 1]
    codes[(a == _E) & ((then == _DIGIT) | (then == _ONE))] = _CODE["c"]
    codes[_led_by_l(kind, first, ends)] = _CODE["l"]
    some = codes > 0
    return codes[some], where[first[some]]


def _firsts(kind: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Where tokens begin: after spaces, and after marks between two syllables that are written as one token."""
    space = kind == _SPACE
    tokens = ~space
    tokens[1:] &= space[:-1]
    mark = np.flatnonzero(kind == _BREAK)
    ahead = np.append(kind, [_SPACE] * 3)
    mark = mark[ahead[mark + 1] < _LETTER]
    three = _letter_or_digit()[ahead[mark[:, None] + np.array([1, 2, 3])]].astype(np.intp)
    mark = mark[_opens_syllable()[(three[:, 0] * 28 + three[:, 1]) * 28 + three[:, 2]]]
    tokens[mark[_ends_syllable(kind, mark)] + 1] = True
    return np.flatnonzero(tokens)


def _ends_syllable(kind: NDArray[np.uint8], mark: NDArray[np.intp]) -> NDArray[np.bool_]:
    """True for each mark before which, perhaps behind other marks, stands a piece with a vowel or a digit."""
    behind = np.append(kind, _SPACE)  # index -1: before the first character
    at = mark
    for _ in range(_MARKS):
        at = np.where(behind[at] == _BREAK, np.maximum(at - 1, -1), at)
    inside, found = np.ones(len(mark), np.bool_), np.zeros(len(mark), np.bool_)
    for _ in range(_LONGEST):
        here = behind[at]
        inside &= (here != _SPACE) & (here != _BREAK)
        found |= inside & _carries_syllable()[here]
        at = np.maximum(at - 1, -1)
    return found


@cache
def _letter_or_digit() -> NDArray[np.uint8]:
    """Of every kind: 1 … 26 for letters, 27 for digits and what is read for them, 0 for the rest."""
    table = np.zeros(_BREAK + 1, np.uint8)
    table[1:_LETTER] = np.arange(1, _LETTER)
    table[[_DIGIT, _ONE, _BAR]] = 27
    return table


@cache
def _carries_syllable() -> NDArray[np.bool_]:
    """Of every kind: true for vowels and for digits, which a bad OCR reads for vowels with marks."""
    table = np.zeros(_BREAK + 1, np.bool_)
    table[[ord(vowel) - 96 for vowel in _VOWELS] + [_DIGIT, _ONE, _BAR]] = True
    return table


@cache
def _opens_syllable() -> NDArray[np.bool_]:
    """True for three characters that begin with an onset and go on with a vowel or a digit."""
    table = np.zeros(28**3, np.bool_)
    signs = " abcdefghijklmnopqrstuvwxyz0"
    opening = re.compile(f"(?:{'|'.join(_ONSETS)})[{_VOWELS}0]|ngh")
    for at in range(28**3):
        three = signs[at // 784] + signs[at // 28 % 28] + signs[at % 28]
        table[at] = opening.match(three) is not None
    return table


def _led_by_l(kind: NDArray[np.uint8], first: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tokens whose first letter, digit or bar is a 1, ! or | that stands before a letter or digit."""
    if not np.any((kind == _BAR) | (kind == _ONE)):
        return np.zeros(len(first), np.bool_)
    strong = np.flatnonzero((kind != _OTHER) & (kind != _BREAK) & (kind != _SPACE))
    at = np.append(strong, len(kind))[np.searchsorted(strong, first)]
    padded = np.append(kind, [_SPACE, _SPACE]).astype(np.uint8)
    leads = (padded[at] == _BAR) | (padded[at] == _ONE)
    follows = (padded[at + 1] > 0) & (padded[at + 1] <= _ONE)
    led: NDArray[np.bool_] = (at + 1 < ends) & leads & follows
    return led


@cache
def _kinds() -> NDArray[np.uint8]:
    """Kind of every character below `_LIMIT`, and last of all those above."""
    table = np.zeros(_LIMIT + 1, np.uint8)
    for point in range(_LIMIT):
        letter = chr(point)
        plain = _plain(letter)
        if letter.isspace():
            table[point] = _SPACE
        elif plain == "":
            table[point] = _MARK
        elif plain == "1":
            table[point] = _ONE
        elif plain in ("!", "|"):
            table[point] = _BAR
        elif len(plain) == 1 and plain.isascii() and plain.isdigit():
            table[point] = _DIGIT
        elif len(plain) == 1 and "a" <= plain <= "z":
            table[point] = ord(plain) - 96
        elif unicodedata.category(letter)[0] in "PS":
            table[point] = _BREAK
    table[_LIMIT] = _OTHER
    return table


@cache
def _three_letters() -> NDArray[np.uint8]:
    """Code of a token by its first three letters (0 for none), 27 values each."""
    table = np.zeros(27**3, np.uint8)
    alphabet = ["", *(chr(97 + n) for n in range(26))]
    for i, a in enumerate(alphabet):
        for j, b in enumerate(alphabet):
            for k, c in enumerate(alphabet):
                if a:
                    table[(i * 27 + j) * 27 + k] = onset_code(a + b + c)
    return table
