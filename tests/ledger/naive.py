"""RFC 6962, section 2.1, written down word by word from its definitions: slow, and another hand's work."""

from __future__ import annotations

import hashlib


def mth(d: list[bytes]) -> bytes:
    """The Merkle tree hash of a list of leaf inputs."""
    if not d:
        return hashlib.sha256().digest()
    if len(d) == 1:
        return hashlib.sha256(b"\x00" + d[0]).digest()
    k = _split(len(d))
    return hashlib.sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(d) == 1:
        return []
    k = _split(len(d))
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def proof(m: int, d: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return _subproof(m, d, whole=True)


def _subproof(m: int, d: list[bytes], *, whole: bool) -> list[bytes]:
    n = len(d)
    if m == n:
        return [] if whole else [mth(d)]
    k = _split(n)
    if m <= k:
        return [*_subproof(m, d[:k], whole=whole), mth(d[k:])]
    return [*_subproof(m - k, d[k:], whole=False), mth(d[:k])]


def _split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k
