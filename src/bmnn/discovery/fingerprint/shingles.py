"""Text → keyed shingles: runs of eight syllable onsets, with set phrases of public law left out.

The onset of a syllable (its first consonants) survives an OCR without Vietnamese, lost marks and most wrong
vowels, so a run of onsets is recognised where words are not. A run of eight is packed into 40 bits, then
turned one-way by a block cipher under the index's key: without the key an index tells nothing about a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import regex
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.keys import Key
from bmnn.vietnamese import onset_codes

RUN = 8
"""Onsets in one shingle."""
_BITS = 5
"""Bits of one onset code (there are fewer than 32 onsets)."""
_CITATION = regex.compile(
    r"\b\d{1,5}\s?[-/]\s?(?:\d{4}\s?/\s?)?[\p{Lu}]{2,}[\p{L}\d]*(?:\s?[-/]\s?[\p{Lu}][\p{L}\d]*)*"
)
"""Number and symbol of a cited document: 58-QĐ/TW, 117/2025/QH15, 32/CT-TTg, also read without marks."""
_BEFORE, _AFTER = 6, 12
"""Syllables before and after a cited number that name the document ("Quy định số … ngày … của … về …")."""


@dataclass(frozen=True)
class Shingles:
    """The shingles of one text.

    `plain`: packed 40-bit runs, uint64, run i beginning at syllable i; `starts`: character offset of every syllable
    and, last, the length of the text; `stop`: True where the run is a set phrase of public law.
    """

    plain: NDArray[np.uint64]
    starts: NDArray[np.int32]
    stop: NDArray[np.bool_]

    @property
    def syllables(self) -> int:
        """How many syllables the text has."""
        return len(self.starts) - 1


def pack(codes: NDArray[np.uint8], run: int = RUN) -> NDArray[np.uint64]:
    """Pack every run of `run` consecutive codes into one integer, first code highest."""
    count = len(codes) - run + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    wide = codes.astype(np.uint64)
    packed = np.zeros(count, np.uint64)
    for offset in range(run):
        packed = (packed << np.uint64(_BITS)) | wide[offset : offset + count]
    return packed


@cache
def stop_runs() -> NDArray[np.uint64]:
    """Sorted packed runs that public law text itself holds, or repeats: shared, they prove nothing."""
    with files("bmnn.discovery").joinpath("data/stop_runs.npy").open("rb") as stream:
        deltas: NDArray[np.uint64] = np.load(stream, allow_pickle=False)
    return np.cumsum(deltas, dtype=np.uint64)


def is_stop(plain: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """True for each run found in the shipped list of set phrases."""
    known = stop_runs()
    if not len(known) or not len(plain):
        return np.zeros(len(plain), np.bool_)
    at = np.minimum(np.searchsorted(known, plain), len(known) - 1)
    same: NDArray[np.bool_] = known[at] == plain
    return same


def shingle(text: str) -> Shingles:
    """Make the shingles of a text of any length."""
    codes, starts = onset_codes(text)
    plain = pack(codes)
    stop = is_stop(plain) | _in_citation(text, starts)[: len(plain)]
    return Shingles(plain, np.append(starts, len(text)).astype(np.int32), stop)


def _in_citation(text: str, starts: NDArray[np.int32]) -> NDArray[np.bool_]:
    """True for each syllable that belongs to the citation of another document: quoting a title leaks nothing."""
    inside = np.zeros(len(starts), np.bool_)
    for cited in _CITATION.finditer(text):
        at = int(np.searchsorted(starts, cited.start()))
        inside[max(0, at - _BEFORE) : at + _AFTER] = True
    return inside


def winnow(hashes: NDArray[np.uint64], window: int) -> NDArray[np.intp]:
    """Indices kept by winnowing (Schleimer, Wilkerson, Aiken 2003): the rightmost minimum of every window.

    Any two texts that share `window` consecutive shingles keep at least one of them in common.
    """
    if len(hashes) <= window:
        return np.arange(len(hashes)) if len(hashes) else np.zeros(0, np.intp)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
    rightmost = window - 1 - np.argmin(windows[:, ::-1], axis=1)
    kept: NDArray[np.intp] = np.unique(rightmost + np.arange(len(windows)))
    return kept


def one_way(plain: NDArray[np.uint64], key: Key) -> NDArray[np.uint64]:
    """Keyed 64-bit values of packed runs: AES-256 used as a pseudo-random function, truncated."""
    if not len(plain):
        return np.zeros(0, np.uint64)
    blocks = np.zeros((len(plain), 2), np.uint64)
    blocks[:, 0] = plain
    mixed = np.frombuffer(key.encrypt_blocks(blocks.tobytes()), np.uint64).reshape(-1, 2)
    return mixed[:, 0].copy()
