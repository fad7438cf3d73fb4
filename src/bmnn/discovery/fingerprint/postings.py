"""Sorted postings with a bucket directory: many hashes are looked up at once, in time that hardly grows.

A posting says: hash → (document, syllable). Of each hash the top 40 bits count: the topmost choose a bucket, the
lower 32 of them are stored and compared. Buckets hold a few postings each, so that a look-up touches a few
cache lines per hash; 40 bits make a chance hit among 10⁸ postings rarer than one in 10⁴.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

U32 = NDArray[np.uint32]
U64 = NDArray[np.uint64]


def directory_bits(count: int) -> int:
    """How many top bits choose the bucket, for about four postings a bucket (8 to 26 bits)."""
    return int(min(26, max(8, int(count).bit_length() - 2)))


@dataclass(frozen=True)
class Postings:
    """`directory[b]:directory[b+1]` are the rows of bucket b in `rest`, `document`, `place`."""

    bits: int
    directory: U32
    rest: U32
    document: U32
    place: U32

    @classmethod
    def build(cls, hashes: U64, document: U32, place: U32) -> Postings:
        """Sort postings given in any order."""
        bits = directory_bits(len(hashes))
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        bucket = (hashes >> np.uint64(64 - bits)).astype(np.int64)
        counts = np.bincount(bucket, minlength=1 << bits)
        directory = np.zeros((1 << bits) + 1, np.uint32)
        np.cumsum(counts, out=directory[1:])
        return cls(bits, directory, _rest(hashes), document[order], place[order])

    def __len__(self) -> int:
        return len(self.rest)

    def look_up(self, hashes: U64) -> tuple[NDArray[np.intp], U32, U32]:
        """All postings of the given hashes: (index into `hashes`, document, place), one row a hit."""
        nothing = np.zeros(0, np.intp), np.zeros(0, np.uint32), np.zeros(0, np.uint32)
        if not len(hashes) or not len(self.rest):
            return nothing
        bucket = (hashes >> np.uint64(64 - self.bits)).astype(np.intp)
        first = self.directory[bucket].astype(np.int64)
        length = self.directory[bucket + 1].astype(np.int64) - first
        total = int(length.sum())
        if not total:
            return nothing
        owner = np.repeat(np.arange(len(hashes)), length)
        row = np.arange(total) - np.repeat(np.cumsum(length) - length, length) + first[owner]
        hit = self.rest[row] == _rest(hashes)[owner]
        row = row[hit]
        return owner[hit], self.document[row], self.place[row]

    def hashes_of(self) -> U64:
        """The hashes again, as far as they count (top 40 bits): for merging into another index."""
        length = self.directory[1:].astype(np.int64) - self.directory[:-1].astype(np.int64)
        bucket = np.repeat(np.arange(1 << self.bits, dtype=np.uint64), length)
        top: U64 = (bucket >> np.uint64(self.bits - 8)) << np.uint64(56)
        return top | (self.rest.astype(np.uint64) << np.uint64(24))


def _rest(hashes: U64) -> U32:
    return ((hashes >> np.uint64(24)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
