"""RAR: through libarchive where the system has it; without it, members that are stored uncompressed (RAR 4 and 5)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from bmnn.reading.formats import libarchive
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread

_RAR5 = b"Rar!\x1a\x07\x01\x00"


def read(found: Found) -> None:
    """Members of the archive. Raises Unread("encrypted") when even the names are hidden."""
    data = found.data
    blocks = list(_blocks5(data) if data.startswith(_RAR5) else _blocks4(data))
    if libarchive.available() and any(member.why == "needs_library" for member in blocks):
        libarchive.read(found)
        return
    if not blocks:
        raise Unread("damaged")
    found.members.append(lambda: iter(blocks))


def _blocks4(data: bytes) -> Iterator[Member]:
    """Blocks of RAR 2.9 to 4: CRC, type, flags, size of the header, then fields by type."""
    at = 7
    while at + 7 <= len(data):
        kind, flags, size = struct.unpack_from("<BHH", data, at + 2)
        if size < 7:
            return
        packed = 0
        if kind == 0x73 and flags & 0x80:
            raise Unread("encrypted")
        if kind in (0x74, 0x7A) and at + 32 <= len(data):
            packed, unpacked = struct.unpack_from("<II", data, at + 7)
            crc, method, length = (
                struct.unpack_from("<I", data, at + 16)[0],
                data[at + 25],
                struct.unpack_from("<H", data, at + 26)[0],
            )
            start = at + 32 + (8 if flags & 0x100 else 0)
            name = _name4(data[start : start + length])
            if kind == 0x74 and (flags & 0xE0) != 0xE0:
                body = data[at + size : at + size + packed]
                yield _member(name, bool(flags & 4), method == 0x30, body, unpacked, crc)
        elif flags & 0x8000 and at + 11 <= len(data):
            packed = struct.unpack_from("<I", data, at + 7)[0]
        at += size + packed


def _name4(raw: bytes) -> str:
    plain = raw.split(b"\0")[0]
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1258", "replace")


def _member(name: str, encrypted: bool, stored: bool, body: bytes, unpacked: int, crc: int) -> Member:
    if encrypted:
        return Member(name, why="encrypted")
    if not stored:
        return Member(name, why="needs_library", size=unpacked)
    return Member(name, body, None if zlib.crc32(body) == crc else "damaged")


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for i in range(10):
        if at + i >= len(data):
            raise Unread("damaged")
        value |= (data[at + i] & 0x7F) << 7 * i
        if not data[at + i] & 0x80:
            return value, at + i + 1
    raise Unread("damaged")


def _blocks5(data: bytes) -> Iterator[Member]:
    at = 8
    while at + 7 <= len(data):
        size, start = _number(data, at + 4)
        end = start + size
        kind, at = _number(data, start)
        flags, at = _number(data, at)
        extra, at = _number(data, at) if flags & 1 else (0, at)
        packed, at = _number(data, at) if flags & 2 else (0, at)
        if kind == 4:
            raise Unread("encrypted")
        if kind == 2:
            yield from _file5(data, at, end, extra, packed)
        if kind == 5 or end <= start:
            return
        at = end + packed


def _file5(data: bytes, at: int, end: int, extra: int, packed: int) -> Iterator[Member]:
    flags, at = _number(data, at)
    unpacked, at = _number(data, at)
    _, at = _number(data, at)
    at += 4 if flags & 2 else 0
    crc = struct.unpack_from("<I", data.ljust(at + 4), at)[0] if flags & 4 else None
    at += 4 if flags & 4 else 0
    method, at = _number(data, at)
    _, at = _number(data, at)
    length, at = _number(data, at)
    name = data[at : at + length].decode("utf-8", "replace")
    if flags & 1:
        return
    body = data[end : end + packed]
    encrypted = b"\x01" in _records(data[end - extra : end]) if extra else False
    stored = not method >> 7 & 7
    yield _member(name, encrypted, stored, body, unpacked, zlib.crc32(body) if crc is None else crc)


def _records(extra: bytes) -> bytes:
    """Kinds of the extra records of a file header."""
    kinds, at = bytearray(), 0
    while at < len(extra):
        size, start = _number(extra, at)
        kind, _ = _number(extra, start)
        kinds.append(min(kind, 255))
        at = start + max(1, size)
    return bytes(kinds)
