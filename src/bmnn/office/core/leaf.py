"""The bytes of an event that go under the tree, and the tree's growth by one leaf (RFC 6962, section 2.1)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

HASH = 32


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, strings in NFC, only str, int, bool, None, list, dict.

    Raises TypeError for anything else (a float has no single form).
    """
    return json.dumps(_clean(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    if isinstance(value, dict):
        if not all(isinstance(k, str) and k.isascii() for k in value):
            raise TypeError(f"khóa của sự kiện phải là chữ ASCII: {list(value)!r}")
        return {k: _clean(v) for k, v in value.items()}
    raise TypeError(f"sự kiện không nhận giá trị kiểu {type(value).__name__}: {value!r}")


def leaf_text(event: Any) -> str:
    """The event as one line of canonical JSON: what is hashed, exported and checked by others.

    `event` has the columns of `Event`; its `body` and `numbers` are canonical JSON already.
    """
    q = json.dumps
    return (
        f'{{"act":{q(event.act)},"actor":{q(event.actor)},"at":{q(event.at)},"body":{event.body},'
        f'"day":{q(event.day)},"key":{q(event.key, ensure_ascii=False)},"n":{event.id},'
        f'"numbers":{event.numbers},'
        f'"salt":"{bytes(event.salt).hex()}","seq":{event.seq},"stream":{q(event.stream)},"v":{event.v}}}'
    )


def leaf_hash(event: Any) -> bytes:
    """SHA-256 of 0x00 and the leaf's bytes."""
    return hashlib.sha256(b"\x00" + leaf_text(event).encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(frontier: list[bytes], size: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Add one leaf to a tree of `size` leaves, changing `frontier` in place.

    `frontier` holds the roots of the complete subtrees, the largest first. Returns the subtrees completed by
    this leaf as (level, index, hash), level 1 and up.
    """
    completed = []
    level = 0
    while size >> level & 1:
        leaf = node_hash(frontier.pop(), leaf)
        level += 1
        completed.append((level, size >> level, leaf))
    frontier.append(leaf)
    return completed


def root_of(frontier: list[bytes]) -> bytes:
    """The tree's root; SHA-256 of nothing for an empty tree."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root
