"""Which registered documents a text holds, wholly or in passages.

Shared shingles are grouped by document and chained: hits that go forward in both texts, close to one diagonal (an OCR
splits and joins words, so it drifts). A chain that covers enough syllables, densely enough, is a passage: that
is the alignment which proves it. Chance gives short scattered hits; a copied passage gives a long dense chain
even when a third of its onsets are misread. A chain a little too short is carried on over misread syllables
(`extend`): a passage goes on, a set phrase ends. Set phrases never entered the index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.extend import beside
from bmnn.discovery.fingerprint.index import SOFT, Index
from bmnn.discovery.fingerprint.shingles import RUN, Shingles, one_way, set_phrases, shingle

SPAN, TELLING = 20, 14
"""Syllables from the first to the last shared run of a passage, and how many of them stand in telling runs."""
EXACT_SPAN, EXACT_TELLING = 22, 16
"""The same for a chain without gaps: stock phrases are repeated to the letter, misread copies are not."""
RUNS = 4
"""Telling runs of a passage: two or three may be chance in a long text."""
COVER = 16
"""Syllables inside shared runs, set phrases among them."""
DENSITY, TELLING_SHARE = 0.35, 0.3
"""Share of its span that a chain must cover, and share of the cover that must be telling."""
SEED = RUN + RUNS - 1
"""Syllables inside shared runs, telling ones, of a chain short of a passage that is worth aligning around."""
LONGER, LONGER_TELLING = 26, 21
"""Syllables read alike, and how many of them telling, of such a chain with its misread ends."""
_EXTENDED = 16
"""Short chains of one text that are looked at so closely."""
_GAP = 24
"""Syllables without a shared run that a chain may bridge."""
_DRIFT = 6
"""Syllables by which a chain may leave its diagonal between two hits."""
_CANDIDATES = 64
"""Documents examined in full: those with most shared shingles, weighted by rarity."""
_LEAST_WEIGHT = 1.0
"""Fewer shared runs, weighted by rarity, cannot make a passage."""
_WHOLE_GAP, _WHOLE_TELLING = 120, 40
"""Gap and telling syllables (five separate runs or more) asked when the index keeps one shingle in eight."""
_COMMON = 2000
"""A shingle found in more postings than this says nothing about any one document."""

Pairs = NDArray[np.int64]


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


@dataclass(frozen=True)
class Chain:
    """Collinear hits: syllables [first, last) in both texts, how many of the text's are inside shared runs, how many
    inside runs that are no set phrases, and how many such runs there are."""

    here: tuple[int, int]
    there: tuple[int, int]
    cover: int
    telling: int
    runs: int

    @property
    def span(self) -> int:
        """Syllables from the first to the last shared one."""
        return self.here[1] - self.here[0]


def find(text: str, index: Index) -> list[Match]:
    """All registered documents of which the text holds at least a passage, strongest first."""
    if not index.documents:
        return []
    made = shingle(text)
    hashes = one_way(made.plain, index.key)
    owner, document, place = index.postings.look_up(hashes)
    if not len(owner):
        return []
    rare = np.bincount(owner, minlength=len(hashes))[owner] <= _COMMON
    owner, document, place = owner[rare], document[rare], place[rare]
    counted: int | None = None
    found, looks = [], _EXTENDED
    for number in _candidates(owner, document):
        rows = document == number
        here, there = owner[rows].astype(np.int64), (place[rows] & ~SOFT).astype(np.int64)
        telling = here[(place[rows] & SOFT) == 0]
        if index.mode == "whole":
            chosen = _wholes(chains(here, there, telling, _WHOLE_GAP))
        else:
            close = chains(here, there, telling)
            chosen = _passages(close)
            short = [] if chosen or index.mode != "paragraph" else [c for c in close if _may_be_longer(c)]
            chosen = chosen or _passages_extended(index, int(number), made, short[:looks])
            looks -= len(short[:looks])
        if not chosen:
            continue
        if counted is None:
            counted = len(np.unique(made.plain[~set_phrases(text, made)]))
        found.append(_match(index, int(number), made, counted, telling, chosen))
    return sorted(found, key=lambda m: (-m.containment, m.document))


def _candidates(owner: NDArray[np.intp], document: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Numbers of the documents with most shared runs, a run counting less the more documents hold it."""
    if not len(owner):
        return np.zeros(0, np.intp)
    weight = 1.0 / np.bincount(owner)[owner]
    total = np.bincount(document, weights=weight)
    best = np.argsort(-total, kind="stable")[:_CANDIDATES]
    return best[total[best] >= _LEAST_WEIGHT]


def chains(here: Pairs, there: Pairs, telling: Pairs, gap: int = _GAP) -> list[Chain]:
    """Join hits into collinear chains; `telling` are the places in the text whose runs prove something.

    Hits that follow one another on one diagonal are joined first; of the stretches so made, each joins the open
    chain whose end is nearest on its diagonal.
    """
    near = _neighbours(here, there)
    here, there = here[near], there[near]
    open_chains: list[list[tuple[int, int, int]]] = []
    closed: list[list[tuple[int, int, int]]] = []
    for first, last, diagonal in _stretches(here, there):
        still_open, best, best_drift = [], None, _DRIFT + 1
        for chain in open_chains:
            _, chain_last, chain_diagonal = chain[-1]
            if first - chain_last > gap + RUN:
                closed.append(chain)
                continue
            still_open.append(chain)
            drift = abs(diagonal - chain_diagonal)
            if last > chain_last and last + diagonal > chain_last + chain_diagonal and drift < best_drift:
                best, best_drift = chain, drift
        if best is None:
            still_open.append([(first, last, diagonal)])
        else:
            best.append((first, last, diagonal))
        open_chains = still_open
    telling = np.unique(telling)
    long = (c for c in closed + open_chains if sum(e - f + RUN for f, e, _ in c) >= SEED)
    return [_chain(c, telling) for c in long]


def _neighbours(here: Pairs, there: Pairs) -> NDArray[np.bool_]:
    """True for hits that have another one near: in a long text nearly all chance hits stand alone."""
    column, row = here // (_GAP + RUN) + 1, (there - here) // (2 * _DRIFT)
    row = row - row.min() + 1 if len(row) else row
    width = int(column.max()) + 2 if len(column) else 2
    cell = row * width + column
    filled, count = np.unique(cell, return_counts=True)
    total = np.zeros(len(cell), np.int64)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            wanted = cell + down * width + across
            at = np.minimum(np.searchsorted(filled, wanted), len(filled) - 1)
            total += np.where(filled[at] == wanted, count[at], 0)
    several: NDArray[np.bool_] = total >= 2
    return several


def _stretches(here: Pairs, there: Pairs) -> list[tuple[int, int, int]]:
    """(first hit, last hit, diagonal) of hits on one diagonal no further apart than a run, in text order."""
    diagonal = there - here
    order = np.lexsort((here, diagonal))
    here, diagonal = here[order], diagonal[order]
    breaks = (np.diff(diagonal) != 0) | (np.diff(here) > RUN)
    if not len(here):
        return []
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    last = np.concatenate((first[1:] - 1, [len(here) - 1]))
    rows = zip(here[first].tolist(), here[last].tolist(), diagonal[first].tolist(), strict=True)
    return sorted(rows)


def _chain(stretches: list[tuple[int, int, int]], telling: Pairs) -> Chain:
    cover, end = 0, -1
    for first, last, _ in stretches:
        cover += max(0, last + RUN - max(first, end))
        end = max(end, last + RUN)
    first, last = stretches[0][0], stretches[-1][1]
    inside = np.concatenate([telling[slice(*np.searchsorted(telling, (f, e + 1)))] for f, e, _ in stretches])
    proving = int(np.minimum(np.diff(inside), RUN).sum()) + RUN if len(inside) else 0
    there = (first + stretches[0][2], last + stretches[-1][2] + RUN)
    return Chain((first, last + RUN), there, cover, proving, len(inside))


def _passages(found: list[Chain]) -> list[Chain]:
    """The chains that are passages, in text order."""
    return sorted((c for c in found if _is_passage(c)), key=lambda c: c.here)


def _is_passage(chain: Chain) -> bool:
    exact = chain.cover == chain.span
    span, telling = (EXACT_SPAN, EXACT_TELLING) if exact else (SPAN, TELLING)
    return (
        chain.span >= span
        and chain.runs >= RUNS
        and chain.telling >= max(telling, TELLING_SHARE * chain.cover)
        and chain.cover >= max(COVER, DENSITY * chain.span)
    )


def _may_be_longer(chain: Chain) -> bool:
    return chain.runs >= RUNS and chain.telling >= SEED and chain.cover >= DENSITY * chain.span


def _passages_extended(index: Index, number: int, made: Shingles, short: list[Chain]) -> list[Chain]:
    """Those of the short chains that are passages when the misread syllables on both sides are aligned too."""
    longer = [extended(index, number, made, chain) for chain in short]
    return [c for c in longer if c.cover >= LONGER and c.telling >= LONGER_TELLING]


def extended(index: Index, number: int, made: Shingles, chain: Chain) -> Chain:
    """A chain of the text and of that document with what an alignment adds before and after it."""
    (first, after), (there, there_after) = chain.here, chain.there
    run, last_run = int(made.plain[first]), int(made.plain[after - RUN])
    before = beside(index, number, there, run, -1, made.codes[:first][::-1])
    behind = beside(index, number, there_after - RUN, last_run, 1, made.codes[after:])
    return Chain(
        (first - before.here, after + behind.here),
        (there - before.there, there_after + behind.there),
        chain.cover + before.alike + behind.alike,
        chain.telling + before.telling + behind.telling,
        chain.runs,
    )


def _wholes(found: list[Chain]) -> list[Chain]:
    """The same where the index keeps one shingle in eight: enough separate runs along one diagonal."""
    return sorted((c for c in found if c.telling >= _WHOLE_TELLING), key=lambda c: c.here)


def _match(
    index: Index,
    number: int,
    made: Shingles,
    counted: int,
    telling: Pairs,
    chosen: list[Chain],
) -> Match:
    held = index.documents[number]
    title, starts = held.open(index.key)
    shared = len(np.unique(made.plain[telling])) * held.distinct / max(1, held.kept)
    containment = shared / max(1, min(counted, held.distinct))
    passages = tuple(
        Passage(
            at=_characters(made.starts, chain.here),
            in_document=_characters(starts, chain.there),
            score=round(chain.cover / chain.span, 3),
            span=chain.span,
            cover=chain.cover,
        )
        for chain in chosen
    )
    return Match(held.id, title, round(min(1.0, containment), 4), passages)


def _characters(starts: NDArray[np.int32], syllables: tuple[int, int]) -> tuple[int, int]:
    first, after = syllables
    return int(starts[first]), int(starts[min(after, len(starts) - 1)])
