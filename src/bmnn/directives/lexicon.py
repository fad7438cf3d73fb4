"""Counts of syllables, pairs and triples of law texts (built by `build_lexicon`), and the set phrases of this room."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np

from bmnn.directives.lexis import foreign_words, openers, phrases
from bmnn.vietnamese import fold

PLACE = Path(str(files("bmnn.directives") / "data" / "lexicon.npz"))
PHRASE_COUNT = 25
"""How often a set phrase of the body and verb lists counts as seen."""


@dataclass(frozen=True)
class Lexicon:
    """Logarithms of probabilities by index of the syllable; keys of pairs and triples as the builder packs them."""

    words: list[str]
    index: dict[str, int]
    one: list[float]
    log_one: list[float]
    counts: list[int]
    pairs: dict[int, int]
    triples: dict[int, int]
    by_fold: dict[str, list[int]]
    foreign: frozenset[str]
    """Words of other languages that official texts use; never restored."""
    openers: frozenset[str]
    """First words of names of bodies and posts."""


@cache
def lexicon() -> Lexicon:
    """Load once, in well under two seconds."""
    with np.load(PLACE) as data:
        words = data["words"].tobytes().decode().split("\n")
        counts = data["counts"].tolist()
        pairs = dict(
            zip(np.cumsum(data["pairs"], dtype=np.uint32).tolist(), data["pair_counts"].tolist(), strict=True)
        )
        triples = dict(
            zip(
                np.cumsum(data["triples"], dtype=np.uint64).tolist(),
                data["triple_counts"].tolist(),
                strict=True,
            )
        )
    index = {w: i for i, w in enumerate(words)}
    for phrase in phrases():
        parts = re.findall(r"[^\W\d_]+", phrase.lower())
        for w in parts:
            if w not in index:
                index[w] = len(words)
                words.append(w)
                counts.append(0)
            counts[index[w]] += 5
        for a, b in pairwise(parts):
            key = index[a] << 16 | index[b]
            pairs[key] = pairs.get(key, 0) + PHRASE_COUNT
        for a, b, c in zip(parts, parts[1:], parts[2:], strict=False):
            key = index[a] << 32 | index[b] << 16 | index[c]
            triples[key] = triples.get(key, 0) + PHRASE_COUNT
    total = sum(counts)
    by_fold: dict[str, list[int]] = {}
    for i, w in enumerate(words):
        by_fold.setdefault(fold(w), []).append(i)
    return Lexicon(
        words,
        index,
        [n / total for n in counts],
        [math.log(n / total) for n in counts],
        counts,
        pairs,
        triples,
        by_fold,
        foreign_words(),
        openers(),
    )
