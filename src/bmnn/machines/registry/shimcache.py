"""ShimCache (`AppCompatCache`): programs that Windows looked at, with the path they lay at.

An entry shows that the file was there, also on a stick, not that it was run; its moment is that of the file's
last change and is therefore not given as a moment of use. Layouts: Windows 7 (0xBADC0FEE), 8 and 8.1
(`00ts`, `10ts` after 128 bytes), 10 and 11 (`10ts` after 48 or 52 bytes).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Key
from bmnn.machines.model import Evidence, ProgramTrace

MAX_ENTRIES = 4096
_WINDOWS_7 = 0xBADC0FEE


def read(item: Given, control: Key, out: Evidence) -> None:
    """Adds the programs of one control set."""
    key = control.get("Control\\Session Manager\\AppCompatCache")
    value = key.value("AppCompatCache") if key else None
    if key is None or value is None:
        return
    count = 0
    for path in entries(value.data):
        count += 1
        out.programs.append(ProgramTrace(item.at(f"{key.path}\\#{count}"), path, "seen"))
    out.facts.setdefault("shimcache", count)


def entries(data: bytes) -> Iterator[str]:
    """Paths in the order of the cache; stops where the data is not what it should be."""
    if len(data) < 52:
        return
    head = struct.unpack_from("<I", data)[0]
    if head == _WINDOWS_7:
        yield from _windows_7(data)
    elif head in (0x30, 0x34) and data[head : head + 4] == b"10ts":
        yield from _tagged(data, head)
    elif data[128:132] in (b"00ts", b"10ts"):
        yield from _tagged(data, 128)


def _tagged(data: bytes, at: int) -> Iterator[str]:
    """Entries of Windows 8 to 11: mark, 4 bytes, size, then length and path."""
    for _ in range(MAX_ENTRIES):
        if at + 14 > len(data) or data[at : at + 4] not in (b"00ts", b"10ts"):
            return
        size, length = struct.unpack_from("<IH", data, at + 8)
        if at + 14 + length > len(data):
            return
        path = data[at + 14 : at + 14 + (length & ~1)].decode("utf-16-le", "replace")
        if path and "\t" not in path:
            yield _plain(path)
        at += 12 + size


def _windows_7(data: bytes) -> Iterator[str]:
    """Fixed rows after 128 bytes that point to their paths; 48 bytes on 64-bit Windows, 32 on 32-bit."""
    count = min(struct.unpack_from("<I", data, 4)[0], MAX_ENTRIES)
    wide = len(data) >= 136 and struct.unpack_from("<I", data, 132)[0] == 0
    for number in range(count):
        at = 128 + number * (48 if wide else 32)
        if at + 32 > len(data):
            return
        length = struct.unpack_from("<H", data, at)[0]
        where = (
            struct.unpack_from("<Q", data, at + 8)[0] if wide else struct.unpack_from("<I", data, at + 4)[0]
        )
        if length and where + length <= len(data):
            yield _plain(data[where : where + (length & ~1)].decode("utf-16-le", "replace"))


def _plain(path: str) -> str:
    return path.split("\0", 1)[0].removeprefix("\\??\\")
