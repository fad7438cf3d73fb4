"""Carry a short chain further where no whole run survived: the misread rest of a passage, syllable by syllable.

The index holds hashes of runs only. But where one run of a document is known, its next syllable is one of some twenty
onsets, and the index, asked under its key for the run that each of them would make, says which. So the
document's onsets beside a chain are made out one at a time and aligned with the text's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.index import SOFT, Index
from bmnn.discovery.fingerprint.shingles import BITS, RUN, is_stop, one_way

REACH, GLANCE = 40, 14
"""Syllables made out on either side (a passage worth naming is not much longer), and those looked at first."""
_SAME, _OTHER = 2, -4
"""Scores of a syllable read alike, and of one misread, lost or added: bad OCR keeps far more than two in three,
another wording of the same formula does not."""
_BAND = 6
"""Syllables by which an alignment may leave its diagonal."""
_ONSETS = np.arange(1, 23, dtype=np.uint64)
_ONE, _FIRST, _ALL = np.uint64(BITS), np.uint64(BITS * (RUN - 1)), np.uint64((1 << BITS * RUN) - 1)
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Side:
    """What an alignment adds on one side: syllables of the text and of the document it runs over, those read alike,
    and those of them that stand in runs which are no set phrases."""

    here: int
    there: int
    alike: int
    telling: int


def beside(index: Index, number: int, place: int, run: int, step: int, text: Codes) -> Side:
    """Align the text with a document, going away from a run they share.

    `run`: the packed run, at `place` in the document; `step`: 1 forward, -1 back; `text`: the onsets of the text from
    there on, in the order of going. Where nothing more is alike at a glance, the index is not asked further.
    """
    codes, telling, run, place = onsets_beside(index, number, place, run, step, GLANCE)
    side = align(text, codes, telling)
    if len(codes) < GLANCE or side.there < GLANCE - _BAND:
        return side
    more, more_telling, _, _ = onsets_beside(index, number, place, run, step, REACH - GLANCE)
    return align(text, codes + more, telling + more_telling)


def onsets_beside(
    index: Index, number: int, place: int, run: int, step: int, reach: int
) -> tuple[list[int], list[bool], int, int]:
    """Onsets of a document going away from a known run of it, and whether the run that gave each is telling (set
    phrases are not, not even in a document made of them); then the last run and its place. Ends early where the
    document ends, or where the index does not hold every run.
    """
    codes: list[int] = []
    weak: list[bool] = []
    runs: list[int] = []
    for _ in range(reach):
        known = np.uint64(run)
        kept = (known << _ONE) & _ALL if step > 0 else known >> _ONE
        tried = kept | (_ONSETS if step > 0 else _ONSETS << _FIRST)
        owner, document, at = index.postings.look_up(one_way(tried, index.key))
        hit = np.flatnonzero((document == number) & ((at & ~SOFT) == place + step))
        if not len(hit):
            break
        place, run = place + step, int(tried[owner[hit[0]]])
        codes.append(int(_ONSETS[owner[hit[0]]]))
        weak.append(bool(at[hit[0]] & SOFT))
        runs.append(run)
    stop = is_stop(np.array(runs, np.uint64))
    return codes, [not (w or s) for w, s in zip(weak, stop.tolist(), strict=True)], run, place


def align(text: Codes, document: list[int], telling: list[bool]) -> Side:
    """The best alignment that begins where both begin and may end anywhere; `telling` goes with `document`."""
    text = text[: len(document) + _BAND]
    best, side = 0, Side(0, 0, 0, 0)
    above: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}
    for j in range(1, _BAND + 1):
        above[j] = (j * _OTHER, 0, 0)
    for i in range(1, len(text) + 1):
        row: dict[int, tuple[int, int, int]] = {}
        for j in range(max(0, i - _BAND), min(len(document), i + _BAND) + 1):
            options = []
            if j and j - 1 in above:
                score, alike, proving = above[j - 1]
                if int(text[i - 1]) == document[j - 1]:
                    options.append((score + _SAME, alike + 1, proving + telling[j - 1]))
                else:
                    options.append((score + _OTHER, alike, proving))
            for held in (above.get(j), row.get(j - 1)):
                if held is not None:
                    options.append((held[0] + _OTHER, held[1], held[2]))
            row[j] = max(options)
            if row[j][0] > best:
                best, side = row[j][0], Side(i, j, row[j][1], row[j][2])
        above = row
    return side
