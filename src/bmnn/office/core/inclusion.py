"""Inclusion proofs (RFC 6962, section 2.1.1) and their check, which needs neither the site nor its
database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from bmnn.office.core.leaf import HASH, node_hash


def path(index: int, size: int, subtree: Callable[[int, int], bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves.

    `subtree(level, i)` gives the root of the i-th complete subtree of 2**level leaves.
    """

    def span(first: int, count: int) -> bytes:
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return subtree(level, first >> level)
        left = 1 << (count - 1).bit_length() - 1
        return node_hash(span(first, left), span(first + left, count - left))

    found: list[bytes] = []
    first, count = 0, size
    while count > 1:
        left = 1 << (count - 1).bit_length() - 1
        if index - first < left:
            found.append(span(first + left, count - left))
            count = left
        else:
            found.append(span(first, left))
            first, count = first + left, count - left
    return found[::-1]


def root_from(leaf: bytes, index: int, size: int, hashes: list[bytes]) -> bytes | None:
    """The root that a proof leads to; None when the proof has the wrong length (RFC 9162, section
    2.1.3.2)."""
    if not 0 <= index < size or any(len(h) != HASH for h in [leaf, *hashes]):
        return None
    node, last = index, size - 1
    for sibling in hashes:
        if last == 0:
            return None
        if node & 1 or node == last:
            leaf = node_hash(sibling, leaf)
            while node & 1 == 0 and node:
                node >>= 1
                last >>= 1
        else:
            leaf = node_hash(leaf, sibling)
        node >>= 1
        last >>= 1
    return leaf if last == 0 else None


def check_proof(proof: Any) -> list[str]:
    """What is wrong with a proof printed by `bmnn ledger prove`, in words; [] when it holds."""
    try:
        leaf = hashlib.sha256(b"\x00" + str(proof["leaf"]).encode()).digest()
        hashes = [bytes.fromhex(h) for h in proof["hashes"]]
        root = root_from(leaf, int(proof["index"]), int(proof["size"]), hashes)
        claimed = bytes.fromhex(proof["root"])
    except (KeyError, TypeError, ValueError):
        return ["Tệp không phải bằng chứng của hệ thống này."]
    if root is None or root != claimed:
        return ["Nội dung việc hoặc bằng chứng đã bị sửa: không dẫn đến dấu vân tay của sổ."]
    return []
