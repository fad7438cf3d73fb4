"""How a bad OCR, or a lost code page, changes a syllable: likely originals of a token with their costs.

Costs are negative logarithms, set by hand from how letters look; they are never learnt from a text we are measured on.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bmnn.directives.lexicon import lexicon
from bmnn.vietnamese import fold

MOST = 10
"""Candidates kept for a token."""
_FAR = 3.4
"""A form that costs more than this is no candidate."""
_INSERT = _DELETE = 1.7
_SPECK = 0.5
"""A sign inside a word that is neither letter nor figure."""
_OTHER = 2.4
_KNOWN_FORM = 1.0
"""Letters that already make a syllable are changed less readily."""
_VOWELS = set("aeiouy")
_PAIRS = {
    "o": "¢ & 0 6 d e c a g q Q",
    "e": "c o € ¢ 6 & é",
    "i": "1 l j t ! | ï",
    "l": "1 i | ! t I",
    "a": "4 d ä å 2 @",
    "d": "o p b ð",
    "g": "q 9 y",
    "q": "g",
    "s": "5 $ 8",
    "u": "v w ü i l t",
    "c": "e ¢ o (",
    "h": "b n li",
    "n": "h r u",
    "m": "rn nn",
    "t": "r f i + l",
    "r": "t n",
    "y": "v j g",
    "v": "y u",
    "b": "h 6 8",
    "k": "h",
}
_LIKE: dict[tuple[str, str], float] = {
    (seen, true): 0.9 if seen.isalpha() else 0.2 for true, alike in _PAIRS.items() for seen in alike.split()
}
"""A figure or sign inside a word is surely a misread letter; a letter may be right."""
_CLUSTERS = {
    ("ir", "u"): 0.7,
    ("it", "u"): 0.7,
    ("ii", "u"): 0.7,
    ("iv", "u"): 0.8,
    ("tr", "u"): 0.9,
    ("ur", "u"): 0.6,
    ("ut", "u"): 0.8,
    ("tu", "u"): 0.8,
    ("iu", "u"): 0.7,
    ("lu", "u"): 0.8,
    ("ru", "u"): 0.8,
    ("uu", "u"): 0.7,
    ("vu", "u"): 0.8,
    ("uv", "u"): 0.8,
    ("wo", "uo"): 0.3,
    ("w", "u"): 0.2,
    ("rn", "m"): 0.6,
    ("nn", "m"): 0.9,
    ("cl", "d"): 0.8,
    ("li", "h"): 0.9,
    ("ce", "c"): 0.7,
    ("ec", "c"): 0.9,
    ("rr", "r"): 0.7,
    ("df", "d"): 0.7,
    ("fy", "y"): 0.7,
    ("1l", "l"): 0.7,
    ("l1", "l"): 0.7,
    ("i1", "i"): 0.5,
    ("1i", "i"): 0.5,
    ("ti", "u"): 0.8,
    ("lt", "u"): 0.8,
    ("tt", "u"): 0.8,
}


def plain(token: str) -> str:
    """Lower case without marks; letters of other scripts and signs stay."""
    return fold(token.replace("ﬁ", "fi").replace("ﬂ", "fl")).replace("w", "u")


@lru_cache(maxsize=60_000)
def distance(seen: str, true: str, bound: float) -> float:
    """Weighted edit distance from what was read to a form; stops early above the bound."""
    rows = len(seen) + 1
    before: list[float] = []
    table: list[list[float]] = []
    for i in range(rows):
        row = [0.0] * (len(true) + 1)
        for j in range(len(true) + 1):
            if i == 0 and j == 0:
                continue
            best = 99.0
            if i:
                best = table[i - 1][j] + (_INSERT if seen[i - 1].isalnum() else _SPECK)
            if j and (x := row[j - 1] + _DELETE) < best:
                best = x
            if i and j:
                a, b = seen[i - 1], true[j - 1]
                cost = 0.0 if a == b else _LIKE.get((a, b), 1.9 if a in _VOWELS and b in _VOWELS else _OTHER)
                if i == 1 and j == 1 and b == "d" and a in "pb":
                    cost = 0.5
                if (x := table[i - 1][j - 1] + cost) < best:
                    best = x
                for n in (1, 2):
                    if i >= n:
                        for k in (1, 2):
                            if j >= k and (n, k) != (1, 1):
                                c = _CLUSTERS.get((seen[i - n : i], true[j - k : j]))
                                if c is not None and (x := table[i - n][j - k] + c) < best:
                                    best = x
            row[j] = best
        table.append(row)
        before = row
        if min(row) > bound:
            return 99.0
    return before[-1]


@cache
def _forms() -> list[str]:
    return sorted(lexicon().by_fold)


@lru_cache(maxsize=20_000)
def near_forms(token: str) -> tuple[tuple[str, float], ...]:
    """Known forms without marks that a token may be, with their costs."""
    seen = plain(token)
    known = lexicon().by_fold
    found = {seen: 0.0} if seen in known else {}
    most = 2 if len(seen) > 3 or seen not in known else 1
    for form, _d, _i in process.extract(
        seen, _forms(), scorer=Levenshtein.distance, score_cutoff=most, limit=60
    ):
        if form not in found and (cost := distance(seen, form, _FAR)) <= _FAR:
            found[form] = cost
    return tuple(sorted(found.items(), key=lambda x: x[1])[:24])


@lru_cache(maxsize=20_000)
def candidates(token: str, lost: float, change: float, edit: float) -> tuple[tuple[int, float], ...]:
    """(index of a syllable, cost) of the likeliest originals.

    `lost`: share of words whose marks are gone; `change`: cost of any change; `edit`: cost of any change of letters.
    """
    words = lexicon()
    token = token.lower()
    if plain(token) in words.by_fold and len(token) > 2:
        edit += _KNOWN_FORM
    out: list[tuple[int, float]] = []
    for form, cost in near_forms(token):
        for i in words.by_fold[form]:
            word = words.words[i]
            total = (
                0.0
                if word == token
                else (min(1.0, 2 * cost) * edit + 1.2 * cost) + change + _marks(token, word, lost)
            )
            out.append((i, total))
    out.sort(key=lambda x: x[1] - 0.5 * words.log_one[x[0]])
    return tuple(out[:MOST])


@lru_cache(maxsize=40_000)
def _marks(token: str, word: str, lost: float) -> float:
    """What the marks read say about the marks of a word."""
    import math

    read = _kinds(token)
    true = _kinds(word)
    if not true:
        return 0.1 if not read else 1.2
    if not read:
        return -math.log(min(0.98, max(0.03, lost)))
    cost = -math.log(min(0.97, max(0.03, 1 - lost)))
    shapes, tones = read & _SHAPES, read & _TONES
    if shapes and not shapes & true:
        cost += 0.6
    if tones and not tones & true:
        cost += 0.35
    return cost


_SHAPES = frozenset("\u0302\u0306\u031b")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=40_000)
def _kinds(word: str) -> frozenset[str]:
    found = frozenset(c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c))
    return found | {"đ"} if "đ" in word else found
