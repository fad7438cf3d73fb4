"""Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2) and their check (RFC 9162, 2.1.3, 2.1.4).

A proof is made from the stored subtrees and checked from nothing but itself and two roots. Everything odd is
refused: a hash that is not 32 bytes long, a proof that is too long or too short, an empty older tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bmnn.ledger.tree import HASH, hash_children

# `subtree(level, index)`: the hash of the index-th complete subtree of 2**level leaves; level 0 is a leaf.
Subtree = Callable[[int, int], bytes]


class BadProof(ValueError):
    """The proof does not hold. The text says why, in Vietnamese."""


def _left(count: int) -> int:
    """The largest power of two below `count` (at least 2): how many leaves stand left of the split."""
    return 1 << (count - 1).bit_length() - 1


def span(first: int, count: int, subtree: Subtree) -> bytes:
    """The root over the leaves `first` … `first + count - 1`, a span that the tree splits as a whole."""
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return subtree(level, first >> level)
    left = _left(count)
    return hash_children(span(first, left, subtree), span(first + left, count - left, subtree))


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves, the lowest first.

    Raises ValueError when the tree of that size has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"cây {size} lá không có lá thứ {index}")
    found: list[bytes] = []
    first, count = 0, size
    while count > 1:
        left = _left(count)
        if index - first < left:
            found.append(span(first + left, count - left, subtree))
            count = left
        else:
            found.append(span(first, left, subtree))
            first, count = first + left, count - left
    return found[::-1]


def consistency(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show the tree of `second` leaves to begin with the tree of `first` leaves.

    Empty when both are the same. Raises ValueError for an empty or larger first tree.
    """
    if not 0 < first <= second:
        raise ValueError(f"cây {second} lá không nối tiếp cây {first} lá")
    found: list[bytes] = []
    start, size, count, whole = 0, first, second, True
    while size != count:
        left = _left(count)
        if size <= left:
            found.append(span(start + left, count - left, subtree))
            count = left
        else:
            found.append(span(start, left, subtree))
            start, size, count, whole = start + left, size - left, count - left, False
    if not whole:
        found.append(span(start, count, subtree))
    return found[::-1]


def _lengths(*hashes: bytes) -> None:
    if any(len(h) != HASH for h in hashes):
        raise BadProof("một mã băm không dài 32 byte")


def root_from(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to from a leaf hash. Raises BadProof."""
    if not 0 <= index < size:
        raise BadProof(f"sổ có {size} việc thì không có việc ở vị trí {index}")
    _lengths(leaf, *proof)
    node, last = index, size - 1
    for sibling in proof:
        if last == 0:
            raise BadProof("bằng chứng dài hơn mức cần")
        if node & 1 or node == last:
            leaf = hash_children(sibling, leaf)
            while node & 1 == 0 and node:
                node >>= 1
                last >>= 1
        else:
            leaf = hash_children(leaf, sibling)
        node >>= 1
        last >>= 1
    if last:
        raise BadProof("bằng chứng ngắn hơn mức cần")
    return leaf


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises BadProof unless the leaf with this hash stands at `index` in the tree of `size` leaves with `root`."""
    _lengths(root)
    if root_from(leaf, index, size, proof) != root:
        raise BadProof("bằng chứng không dẫn đến dấu vân tay của sổ")


def check_consistency(first: int, second: int, older: bytes, newer: bytes, proof: Sequence[bytes]) -> None:
    """Raises BadProof unless the tree (`second`, `newer`) begins with the tree (`first`, `older`).

    An empty first tree is refused: everything begins with it, so the proof would say nothing.
    """
    if not 0 < first <= second:
        raise BadProof(f"sổ {second} việc không thể nối tiếp sổ {first} việc")
    if first == second:
        # No hash is made here, so the roots' lengths are the business of who parsed them.
        if proof or older != newer:
            raise BadProof("hai lần chốt cùng số việc mà khác dấu vân tay")
        return
    _lengths(older, newer, *proof)
    hashes = list(proof) if first & (first - 1) else [older, *proof]
    if not hashes:
        raise BadProof("bằng chứng ngắn hơn mức cần")
    node, last = first - 1, second - 1
    while node & 1:
        node >>= 1
        last >>= 1
    one = two = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise BadProof("bằng chứng dài hơn mức cần")
        if node & 1 or node == last:
            one, two = hash_children(sibling, one), hash_children(sibling, two)
            while node & 1 == 0 and node:
                node >>= 1
                last >>= 1
        else:
            two = hash_children(two, sibling)
        node >>= 1
        last >>= 1
    if last:
        raise BadProof("bằng chứng ngắn hơn mức cần")
    if (one, two) != (older, newer):
        raise BadProof("bằng chứng không nối hai dấu vân tay: việc đã ghi bị sửa hoặc bỏ")
