"""The write-ahead log of an SQLite database, put into a copy of it in memory.

A browser that runs keeps its newest visits in `History-wal` or `places.sqlite-wal`. Format: "WAL-mode File
Format" (sqlite.org). Only frames up to the last commit count, each with the salts of the header and a running
checksum, so that a torn or foreign log adds nothing.
"""

from __future__ import annotations

import struct

_MAGIC = (0x377F0682, 0x377F0683)
MAX_DATABASE = 512 * 1024 * 1024
_MASK = 0xFFFFFFFF


def apply(database: bytes, wal: bytes) -> tuple[bytes, int]:
    """The database with the committed frames of its log, and how many frames went in."""
    if len(wal) < 32 or len(database) < 100:
        return database, 0
    magic, _, page, _, salt1, salt2, sum1, sum2 = struct.unpack_from(">8I", wal)
    size = struct.unpack_from(">H", database, 16)[0] or 0
    if magic not in _MAGIC or page != (65536 if size == 1 else size):
        return database, 0
    order = ">" if magic & 1 else "<"
    state = _checksum(wal[:24], (0, 0), order)
    if state != (sum1, sum2):
        return database, 0
    pages: dict[int, int] = {}
    committed: dict[int, int] = {}
    total = frames = 0
    at = 32
    while at + 24 + page <= len(wal):
        number, after, one, two, sum1, sum2 = struct.unpack_from(">6I", wal, at)
        if (one, two) != (salt1, salt2) or number == 0:
            break
        state = _checksum(wal[at : at + 8], state, order)
        state = _checksum(wal[at + 24 : at + 24 + page], state, order)
        if state != (sum1, sum2):
            break
        pages[number] = at + 24
        if after:
            committed, total = committed | pages, after
            frames += len(pages)
            pages = {}
        at += 24 + page
    if not committed or total * page > MAX_DATABASE:
        return database, 0
    image = bytearray(database[: total * page].ljust(total * page, b"\0"))
    for number, start in committed.items():
        if number <= total:
            image[(number - 1) * page : number * page] = wal[start : start + page]
    return bytes(image), frames


def _checksum(data: bytes, state: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = state
    for x, y in struct.iter_unpack(f"{order}2I", data):
        one = (one + x + two) & _MASK
        two = (two + y + one) & _MASK
    return one, two
