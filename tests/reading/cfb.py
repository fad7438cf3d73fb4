"""Writes compound files (MS-CFB, version 3) for the tests: streams and storages from a nested dict."""

from __future__ import annotations

import struct
from typing import Any

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Tree = dict[str, "bytes | Tree"]


def write(tree: Tree) -> bytes:
    """A compound file. Streams below 4096 bytes are padded with zeros, so that no mini stream is needed."""
    entries: list[dict[str, Any]] = [{"name": "Root Entry", "kind": 5, "child": _FREE}]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(data) // SECTOR))
        for i in range(count):
            sectors.append(data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + i + 1 if i + 1 < count else _END)
        return first

    for entry in entries:
        if entry["kind"] == 2:
            entry["start"], entry["size"] = store(entry["data"]), len(entry["data"])
    directory = b"".join(_entry(e) for e in entries)
    directory += b"".join(_entry({"name": "", "kind": 0}) for _ in range(-len(entries) % 4))
    directory_start = store(directory)
    fat_sectors = 1
    while (len(fat) + fat_sectors) > fat_sectors * (SECTOR // 4):
        fat_sectors += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat)
    table = table.ljust(fat_sectors * SECTOR, b"\xff")
    difat = list(range(fat_start, fat_start + fat_sectors))
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header = struct.pack("<8s16sHHHHH6sIIIIIIIII", magic, b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0,
                         fat_sectors, directory_start, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    header += struct.pack("<109I", *(difat + [_FREE] * (109 - len(difat))))
    return header + b"".join(sectors) + table


def _add(entries: list[dict[str, Any]], parent: int, tree: Tree) -> None:
    # Siblings form a chain to the right: allowed by readers, and simple. Ordered by length, then upper case.
    previous = None
    for name, content in sorted(tree.items(), key=lambda kv: (len(kv[0]), kv[0].upper())):
        index = len(entries)
        if isinstance(content, bytes):
            entries.append({"name": name, "kind": 2, "data": content.ljust(4096, b"\0")})
        else:
            entries.append({"name": name, "kind": 1, "child": _FREE})
            _add(entries, index, content)
        if previous is None:
            entries[parent]["child"] = index
        else:
            entries[previous]["right"] = index
        previous = index


def _entry(e: dict[str, Any]) -> bytes:
    name = e["name"].encode("utf-16-le")
    length = len(name) + 2 if e["name"] else 0
    right, child = e.get("right", _FREE), e.get("child", _FREE)
    return struct.pack("<64sHBBIII16sIQQIQ", name, length, e["kind"], 1, _FREE, right, child,
                       b"", 0, 0, 0, e.get("start", 0), e.get("size", 0))  # fmt: skip
