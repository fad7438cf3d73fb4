"""The order of "most recently used" lists."""

from __future__ import annotations

import struct

from bmnn.machines.hive import Key


def order(key: Key) -> list[str]:
    """Names of the values, most recent first (`MRUListEx`: 32-bit numbers ended by -1)."""
    ranks = key.value("MRUListEx")
    if ranks is None:
        return []
    numbers = struct.unpack_from(f"<{len(ranks.data) // 4}i", ranks.data)
    return [str(n) for n in numbers if n >= 0]
