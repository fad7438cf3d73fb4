"""Which registered documents a text holds, wholly or in passages.

Shared shingles are grouped by document and chained: hits that go forward in both texts, close to one diagonal (an OCR
splits and joins words, so it drifts). A chain that covers enough syllables is a passage. Chance and set phrases
give short scattered hits; a copied passage gives a long dense chain even when a third of its onsets are misread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.index import Index
from bmnn.discovery.fingerprint.shingles import RUN, Shingles, one_way, shingle

MATCH_SPAN = 22
"""Syllables from the first to the last hit of a chain with gaps (a misread copy) that make a passage."""
EXACT_SPAN = 26
"""The same for a chain without gaps: set phrases are repeated to the letter and run up to 17 syllables."""
REVIEW_SPAN = 18
"""A shorter chain of this span asks for a person's look."""
MATCH_COVER = 14
"""Syllables inside shared runs that a passage must have."""
MATCH_CONTAINMENT = 0.3
"""Share of the smaller text's shingles that makes a whole-document match."""
_GAPLESS = 0.85
"""Share of covered syllables from which a chain counts as without gaps."""
_GAP = 24
"""Syllables without a shared run that a chain may bridge."""
_DRIFT = 6
"""Syllables by which a chain may leave its diagonal between two hits."""
_CANDIDATES = 64
"""Documents examined in full: those with most shared shingles, weighted by rarity."""
_COMMON = 2000
"""A shingle found in more postings than this says nothing about any one document."""


@dataclass(frozen=True)
class Passage:
    """A stretch of the text and its counterpart, as character offsets [start, end); `score` 0..1."""

    at: tuple[int, int]
    in_document: tuple[int, int]
    score: float
    span: int
    cover: int


@dataclass(frozen=True)
class Match:
    """A registered document found: `containment` is the covered share of the smaller text, 0..1."""

    document: str
    title: str
    containment: float
    passages: tuple[Passage, ...]
    strength: str
    """"match": evidence; "review": a person should look."""


def find(text: str, index: Index) -> list[Match]:
    """All registered documents of which the text holds at least a passage, strongest first."""
    made = shingle(text)
    telling = np.flatnonzero(~made.stop)
    if not len(telling) or not index.documents:
        return []
    hashes = one_way(made.plain[telling], index.key)
    owner, document, place = index.postings.look_up(hashes)
    if not len(owner):
        return []
    frequent = np.bincount(owner, minlength=len(hashes)) > _COMMON
    rare = ~frequent[owner]
    here, document, place = telling[owner[rare]], document[rare], place[rare]
    distinct_here = len(np.unique(hashes))
    found = []
    for number in _candidates(owner[rare], document):
        rows = document == number
        match = _match(index, int(number), made, distinct_here, here[rows], place[rows].astype(np.int64))
        if match:
            found.append(match)
    return sorted(found, key=lambda m: (-m.containment, m.document))


def _candidates(owner: NDArray[np.intp], document: NDArray[np.uint32]) -> NDArray[np.intp]:
    if not len(owner):
        return np.zeros(0, np.intp)
    weight = 1.0 / np.bincount(owner)[owner]
    total = np.bincount(document, weights=weight)
    best = np.argsort(-total, kind="stable")[:_CANDIDATES]
    return best[total[best] > 0]


def chains(here: NDArray[np.intp], there: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Split hits into collinear chains: each a row of indices, increasing in both texts, near one diagonal.

    Greedy over hits in text order: a hit joins the open chain whose last hit is nearest on its diagonal.
    """
    order = np.lexsort((there, here))
    open_chains: list[list[int]] = []
    closed: list[list[int]] = []
    for i in order:
        still_open = []
        best, best_drift = None, _DRIFT + 1
        for chain in open_chains:
            last = chain[-1]
            step = int(here[i] - here[last])
            if step > _GAP + RUN:
                closed.append(chain)
                continue
            still_open.append(chain)
            drift = abs(int(there[i] - there[last]) - step)
            if step > 0 and there[i] > there[last] and drift < best_drift:
                best, best_drift = chain, drift
        if best is None:
            still_open.append([int(i)])
        else:
            best.append(int(i))
        open_chains = still_open
    return [np.array(c) for c in closed + open_chains]


def covered(places: NDArray[np.int64] | NDArray[np.intp]) -> int:
    """Syllables inside the union of the runs that begin at `places` (sorted)."""
    if not len(places):
        return 0
    return int(np.minimum(np.diff(places), RUN).sum()) + RUN


def _match(
    index: Index,
    number: int,
    made: Shingles,
    distinct_here: int,
    here: NDArray[np.intp],
    there: NDArray[np.int64],
) -> Match | None:
    if len(here) < 2:
        return None
    held = index.documents[number]
    good, weak = [], []
    for chain in chains(here, there):
        span = int(here[chain[-1]] - here[chain[0]]) + RUN
        cover = covered(here[chain])
        needed = MATCH_SPAN if cover < _GAPLESS * span else EXACT_SPAN
        if span >= needed and cover >= MATCH_COVER:
            good.append((chain, span, cover))
        elif span >= REVIEW_SPAN and cover >= MATCH_COVER:
            weak.append((chain, span, cover))
    chosen = good or weak
    if not chosen:
        return None
    shared = len(np.unique(np.concatenate([here[c] for c, _, _ in chosen])))
    smaller = max(1, min(distinct_here, held.distinct))
    title, starts = held.open(index.key)
    passages = tuple(
        Passage(
            at=_characters(made.starts, int(here[c[0]]), int(here[c[-1]]) + RUN),
            in_document=_characters(starts, int(there[c[0]]), int(there[c[-1]]) + RUN),
            score=round(min(1.0, cover / span), 3),
            span=span,
            cover=cover,
        )
        for c, span, cover in sorted(chosen, key=lambda row: int(here[row[0][0]]))
    )
    containment = round(min(1.0, shared / smaller), 4)
    strength = "match" if good or containment >= MATCH_CONTAINMENT else "review"
    return Match(held.id, title, containment, passages, strength)


def _characters(starts: NDArray[np.int32], first: int, after: int) -> tuple[int, int]:
    return int(starts[first]), int(starts[min(after, len(starts) - 1)])
