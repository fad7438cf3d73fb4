"""Transaction logs of a hive (LOG, LOG1, LOG2): the changes Windows had not yet written into the hive itself.

Windows 8.1 and later write "HvLE" entries, each with two Marvin32 hashes; older systems write one "DIRT"
bitmap. An entry counts only if its hashes agree and its number follows the one before, so a torn or
foreign log adds nothing. Page numbers and lengths are checked against the hive before any byte is copied.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

BASE = 4096
SECTOR = 512
MAX_HIVE = 512 * 1024 * 1024
_MASK = 0xFFFFFFFF
_SEED_HIGH, _SEED_LOW = 0x82EF4D88, 0x7A4E55C5


@dataclass(frozen=True)
class Replay:
    """The hive after the logs: its bytes, how many entries and pages went in, and whether it is complete now.

    `older_pages` lie in sound entries that Windows had already written into the hive; putting them in again
    would bring back an older state, so they are only counted. `with_older` is the hive with every sound entry put
    in, theirs first, as some other readers do: for comparing with those, never for reading.
    """

    data: bytes
    entries: int
    pages: int
    complete: bool
    older_pages: int = 0
    with_older: bytes | None = None


@dataclass(frozen=True)
class _Entry:
    sequence: int
    bins_size: int
    pages: list[tuple[int, bytes]]


def marvin32(data: bytes) -> int:
    """Marvin32 with the seed Windows uses for registry logs, as a 64-bit number."""
    low, high = _SEED_LOW, _SEED_HIGH
    whole = len(data) & ~3
    tail = data[whole:] + b"\x80" + bytes(3 - len(data[whole:]))
    for word in (*struct.unpack_from(f"<{whole // 4}I", data), int.from_bytes(tail, "little"), 0):
        low = (low + word) & _MASK
        high ^= low
        low = (((low << 20) | (low >> 12)) + high) & _MASK
        high = ((high << 9) | (high >> 23)) & _MASK
        high ^= low
        low = (((low << 27) | (low >> 5)) + high) & _MASK
        high = ((high << 19) | (high >> 13)) & _MASK
    return (high << 32) | low


def _entries(log: bytes) -> list[_Entry]:
    """The sound "HvLE" entries at the head of one log, in order; stops at the first unsound one."""
    found: list[_Entry] = []
    at = SECTOR
    while at + 40 <= len(log) and log[at : at + 4] == b"HvLE":
        size, _, sequence, bins_size, count, hash1, hash2 = struct.unpack_from("<IIIIIQQ", log, at + 4)
        if size < 40 or size % SECTOR or at + size > len(log) or 40 + 8 * count > size:
            break
        if found and sequence != (found[-1].sequence + 1) & _MASK:
            break
        body = log[at : at + size]
        if marvin32(body[:32]) != hash2 or marvin32(body[40:]) != hash1:
            break
        pages, start = [], 40 + 8 * count
        for i in range(count):
            where, length = struct.unpack_from("<II", body, 40 + 8 * i)
            if start + length > size or where + length > bins_size:
                return found
            pages.append((where, body[start : start + length]))
            start += length
        found.append(_Entry(sequence, bins_size, pages))
        at += size
    return found


def replay(hive: bytes, logs: list[bytes]) -> Replay:
    """The hive with every usable log entry applied in order of its number.

    `hive` is returned unchanged when nothing applies. Clean hives are never touched: an old log lies beside
    every one of them.
    """
    if len(hive) < BASE or hive[:4] != b"regf":
        return Replay(hive, 0, 0, False)
    primary, secondary = struct.unpack_from("<II", hive, 4)
    if primary == secondary:
        return Replay(hive, 0, 0, True)
    usable = [log for log in logs if len(log) > SECTOR and log[:4] == b"regf"]
    runs = sorted((r for r in map(_entries, usable) if r), key=lambda r: r[0].sequence)
    data = bytearray(hive)
    count = pages = 0
    older: list[_Entry] = []
    newer: list[_Entry] = []
    expected: int | None = None
    for run in runs:
        for entry in run:
            if entry.sequence < secondary:
                older.append(entry)
                continue
            if (expected is not None and entry.sequence != expected) or entry.bins_size > MAX_HIVE:
                continue
            _put_in(data, entry)
            newer.append(entry)
            count, pages, expected = count + 1, pages + len(entry.pages), (entry.sequence + 1) & _MASK
    if count:
        assert expected is not None
        _close(data, expected)
        return Replay(bytes(data), count, pages, True, _pages(older), _all_of(hive, older, newer, expected))
    for log in usable:
        old = _old_format(hive, log, primary)
        if old is not None:
            return old
    return Replay(hive, 0, 0, False, _pages(older))


def _pages(entries: list[_Entry]) -> int:
    return sum(len(entry.pages) for entry in entries)


def _put_in(data: bytearray, entry: _Entry) -> None:
    _resize(data, BASE + entry.bins_size)
    for where, page in entry.pages:
        data[BASE + where : BASE + where + len(page)] = page
    struct.pack_into("<I", data, 40, entry.bins_size)


def _all_of(hive: bytes, older: list[_Entry], newer: list[_Entry], sequence: int) -> bytes | None:
    if not older or any(entry.bins_size > MAX_HIVE for entry in older):
        return None
    data = bytearray(hive)
    for entry in (*older, *newer):
        _put_in(data, entry)
    _close(data, sequence)
    return bytes(data)


def _old_format(hive: bytes, log: bytes, primary: int) -> Replay | None:
    """A "DIRT" log (up to Windows 8): a bitmap of 512-byte sectors, then the dirty sectors one after
    another."""
    if log[SECTOR : SECTOR + 4] != b"DIRT" or struct.unpack_from("<I", log, 4)[0] != primary:
        return None
    bins_size = struct.unpack_from("<I", log, 40)[0]
    if bins_size % BASE or not 0 < bins_size <= MAX_HIVE:
        return None
    bitmap = log[SECTOR + 4 : SECTOR + 4 + bins_size // SECTOR // 8]
    at = (SECTOR + 4 + len(bitmap) + SECTOR - 1) // SECTOR * SECTOR
    data = bytearray(hive)
    _resize(data, BASE + bins_size)
    sectors = 0
    for number in range(bins_size // SECTOR):
        if bitmap[number // 8 : number // 8 + 1] and bitmap[number // 8] >> (number % 8) & 1:
            sector = log[at : at + SECTOR]
            if len(sector) < SECTOR:
                return None
            data[BASE + number * SECTOR : BASE + (number + 1) * SECTOR] = sector
            at, sectors = at + SECTOR, sectors + 1
    struct.pack_into("<I", data, 40, bins_size)
    _close(data, primary)
    return Replay(bytes(data), 1, sectors, True)


def _resize(data: bytearray, size: int) -> None:
    if len(data) < size:
        data.extend(bytes(size - len(data)))


def _close(data: bytearray, sequence: int) -> None:
    """Marks the base block as cleanly closed, so that strict readers accept the result."""
    struct.pack_into("<II", data, 4, sequence, sequence)
    checksum = 0
    for (word,) in struct.iter_unpack("<I", data[:508]):
        checksum ^= word
    checksum = {0: 1, _MASK: _MASK - 1}.get(checksum, checksum)
    struct.pack_into("<I", data, 508, checksum)
