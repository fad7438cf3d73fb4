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
from bmnn.discovery.fingerprint.shingles import RUN, one_way, pack

REACH = 40
"""Syllables made out on either side: a passage worth naming is not much longer."""
_SAME, _OTHER = 2, -3
"""Scores of a syllable read right, and of one misread, lost or added: odds of bad OCR against chance."""
_BAND = 6
"""Syllables by which an alignment may leave its diagonal."""
_ONSETS = np.arange(1, 23, dtype=np.uint8)

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Side:
    """What an alignment adds on one side: syllables of the text and of the document it runs over, those read alike,
    and those of them that stand in runs which are no set phrases."""

    here: int
    there: int
    alike: int
    telling: int


def onsets_beside(
    index: Index, number: int, place: int, run: Codes, step: int, reach: int = REACH
) -> tuple[list[int], list[bool]]:
    """Onsets of a document going away from a known run of it, and whether the run that gave each is telling.

    `run`: the onsets of the run at `place`; `step`: 1 forward, -1 back. Ends where the document ends, or where the
    index does not hold every run.
    """
    codes, telling = [], []
    rows = np.empty((len(_ONSETS), RUN), np.uint8)
    for _ in range(reach):
        place += step
        if place < 0:
            break
        if step > 0:
            rows[:, :-1], rows[:, -1] = run[1:], _ONSETS
        else:
            rows[:, 1:], rows[:, 0] = run[:-1], _ONSETS
        packed = np.concatenate([pack(row) for row in rows])
        owner, document, at = index.postings.look_up(one_way(packed, index.key))
        hit = np.flatnonzero((document == number) & ((at & ~SOFT) == place))
        if not len(hit):
            break
        run = rows[owner[hit[0]]].copy()
        codes.append(int(run[-1 if step > 0 else 0]))
        telling.append(not at[hit[0]] & SOFT)
    return codes, telling


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
