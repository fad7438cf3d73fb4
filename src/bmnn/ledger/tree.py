"""The Merkle tree of RFC 6962, section 2.1: hashes, growth by one leaf, the root."""

from __future__ import annotations

import hashlib

HASH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def hash_leaf(data: bytes) -> bytes:
    """SHA-256 of 0x00 and the leaf's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and the hashes of both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Add one leaf hash to a tree of `size` leaves, changing `frontier` in place.

    `frontier` holds the roots of the complete subtrees, the largest first: all that an append needs to know
    of the tree. Returns the subtrees that this leaf completes as (level, index, hash), level 1 and up.
    """
    completed = []
    level = 0
    while size >> level & 1:
        leaf = hash_children(frontier.pop(), leaf)
        level += 1
        completed.append((level, size >> level, leaf))
    frontier.append(leaf)
    return completed


def root_of(frontier: list[bytes]) -> bytes:
    """The tree's root; `EMPTY_ROOT` for a tree without leaves."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = hash_children(left, root)
    return root
