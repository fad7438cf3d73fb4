"""Writes small registry hives: for the sample agency, whose computers never existed, and for tests.

Keys are dicts; the entry "" of a key holds its values as `name → (type, text | number | bytes)`. It shares no
code with the reader.
"""

from __future__ import annotations

import struct
from typing import Any

STAMP = 133_000_000_000_000_000


def hive(tree: dict[str, Any], primary: int = 5, secondary: int = 5) -> bytes:
    """A whole hive as bytes; `primary` and `secondary` differ in a hive that was not closed."""
    cells = bytearray(32)

    def put(body: bytes) -> int:
        at = len(cells)
        size = (len(body) + 4 + 7) // 8 * 8
        cells.extend(struct.pack("<i", -size) + body + bytes(size - 4 - len(body)))
        return at

    security = put(
        b"sk"
        + struct.pack("<HIIII", 0, 32, 32, 1, 20)
        + bytes.fromhex("0100048000000000000000000000000000000000")
    )

    def value(name: str, kind: int, content: Any) -> int:
        data = content.encode("utf-16-le") + b"\0\0" if isinstance(content, str) else content
        data = struct.pack("<I", data) if isinstance(data, int) else data
        where, length = (
            (put(data), len(data))
            if len(data) > 4
            else (int.from_bytes(data.ljust(4, b"\0"), "little"), len(data) | 0x80000000)
        )
        raw = name.encode("latin-1")
        return put(b"vk" + struct.pack("<HIIIHH", len(raw), length, where, kind, 1, 0) + raw)

    def key(name: str, node: dict[str, Any], flags: int) -> int:
        children = sorted((n for n in node if n), key=str.casefold)
        offsets = [key(n, node[n], 0) for n in children]
        subkeys = 0xFFFFFFFF
        if offsets:
            entries = b"".join(
                struct.pack("<I", o) + n.encode("utf-8")[:4].ljust(4, b"\0")
                for o, n in zip(offsets, children, strict=True)
            )
            subkeys = put(b"lf" + struct.pack("<H", len(offsets)) + entries)
        values = [value(n, k, c) for n, (k, c) in node.get("", {}).items()]
        listed = put(struct.pack(f"<{len(values)}I", *values)) if values else 0xFFFFFFFF
        plain = name.isascii()
        raw = name.encode("latin-1" if plain else "utf-16-le")
        head = struct.pack(
            "<HQIIIIIIIII",
            flags | (0x20 if plain else 0),
            STAMP,
            0,
            0,
            len(offsets),
            0,
            subkeys,
            0xFFFFFFFF,
            len(values),
            listed,
            security,
        )
        return put(b"nk" + head + struct.pack("<IIIIIIHH", 0xFFFFFFFF, 0, 0, 0, 0, 0, len(raw), 0) + raw)

    root = key("ROOT", tree, 0x0C)
    size = (len(cells) + 4095) // 4096 * 4096
    free = size - len(cells)
    if free >= 8:
        cells.extend(struct.pack("<i", free) + bytes(free - 4))
    else:
        cells.extend(bytes(free))
    struct.pack_into("<4sIIIIQI", cells, 0, b"hbin", 0, size, 0, 0, STAMP, 0)
    base = bytearray(4096)
    struct.pack_into("<4sIIQIIIIIII", base, 0, b"regf", primary, secondary, STAMP, 1, 5, 0, 1, root, size, 1)
    checksum = 0
    for (word,) in struct.iter_unpack("<I", base[:508]):
        checksum ^= word
    struct.pack_into("<I", base, 508, checksum)
    return bytes(base) + bytes(cells)
