"""Text → keyed shingles: runs of eight syllable onsets, with set phrases of public law marked as such.

The onset of a syllable (its first consonants) survives an OCR without Vietnamese, lost marks and most wrong
vowels, so a run of onsets is recognised where words are not. A run of eight is packed into 40 bits, then
turned one-way by a block cipher under the index's key: without the key an index tells nothing about a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import regex
from numpy.typing import NDArray

from bmnn.discovery.fingerprint.keys import Key
from bmnn.vietnamese import onset_codes

Mode = Literal["paragraph", "compact", "whole"]
RUN = 8
"""Onsets in one shingle."""
WINDOW, EVERY = 4, 8
"""Window of the winnowing of a compact index; one shingle in so many for an index of whole documents."""
BITS = 5
"""Bits of one onset code (there are fewer than 32 onsets)."""
_CITATION = regex.compile(
    r"\b\d{1,5}\s?[-/]\s?(?:\d{4}\s?/\s?)?[\p{Lu}]{2,}[\p{L}\d]*(?:\s?[-/]\s?[\p{Lu}][\p{L}\d]*)*"
)
"""Number and symbol of a cited document: 58-QĐ/TW, 117/2025/QH15, 32/CT-TTg, also read without marks."""
_BEFORE, _AFTER = 6, 12
"""Syllables before and after a cited number that name the document ("Quy định số … ngày … của … về …")."""


_REPEATED = 3
"""A run that stands in one document this often is a phrase of its subject ("công tác bảo vệ bí mật nhà nước")."""
_LEAST_TELLING = 0.25
"""A document of which less than this share is telling is itself such a text; then all of it counts."""


@dataclass(frozen=True)
class Shingles:
    """The shingles of one text.

    `codes`: the onset of every syllable; `plain`: packed 40-bit runs, uint64, run i beginning at syllable i;
    `starts`: character offset of every syllable and, last, the length of the text.
    """

    codes: NDArray[np.uint8]
    plain: NDArray[np.uint64]
    starts: NDArray[np.int32]

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
        packed = (packed << np.uint64(BITS)) | wide[offset : offset + count]
    return packed


@cache
def stop_runs() -> NDArray[np.uint64]:
    """Sorted packed runs that public law text itself holds, or repeats: shared, they prove nothing."""
    with files("bmnn.discovery").joinpath("data/stop_runs.npz").open("rb") as stream:
        steps: NDArray[np.uint64] = np.load(stream, allow_pickle=False)["steps"]
    return np.cumsum(steps, dtype=np.uint64)


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
    return Shingles(codes, pack(codes), np.append(starts, len(text)).astype(np.int32))


def set_phrases(text: str, made: Shingles) -> NDArray[np.bool_]:
    """True for each run that says nothing about this text: phrases of public law, citations of other documents."""
    return is_stop(made.plain) | _in_citation(text, made.starts[:-1])[: len(made.plain)]


def soft(text: str, made: Shingles) -> NDArray[np.bool_]:
    """True for each run that may lengthen a passage but not prove it: set phrases, and phrases the text repeats."""
    _, which, times = np.unique(made.plain, return_inverse=True, return_counts=True)
    weak = set_phrases(text, made) | (times[which] >= _REPEATED)
    return weak if np.count_nonzero(~weak) >= _LEAST_TELLING * len(weak) else np.zeros(len(weak), np.bool_)


def _in_citation(text: str, starts: NDArray[np.int32]) -> NDArray[np.bool_]:
    """True for each syllable that belongs to the citation of another document: quoting a title leaks nothing."""
    inside = np.zeros(len(starts), np.bool_)
    for cited in _CITATION.finditer(text):
        at = int(np.searchsorted(starts, cited.start()))
        inside[max(0, at - _BEFORE) : at + _AFTER] = True
    return inside


def kept(hashes: NDArray[np.uint64], mode: Mode) -> NDArray[np.intp]:
    """Indices of the shingles an index keeps.

    "paragraph": all of them (up to some 10,000 documents); "compact": by winnowing about four in ten, any passage a
    few syllables longer is still seen; "whole": one in eight, enough to recognise whole documents.
    """
    if mode == "compact":
        return winnow(hashes, WINDOW)
    if mode == "whole":
        return np.flatnonzero(hashes % np.uint64(EVERY) == 0)
    return np.arange(len(hashes))


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
