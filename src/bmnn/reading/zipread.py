"""ZIP read from its bytes: directory, members with budgets, and what can be saved of a broken one.

PKWARE APPNOTE 6.3. Nothing the headers claim is believed: sizes are counted while unpacking, names are data, members
that lie over one another are refused, the checksum is compared.
"""

from __future__ import annotations

import bz2
import itertools
import lzma
import struct
import zlib
from dataclasses import dataclass

from bmnn.reading.budget import Budget
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_UTF8, _ENCRYPTED, _STRONG = 0x800, 0x1, 0x40
_CHUNK = 1 << 18


@dataclass(slots=True)
class Entry:
    """One member as the directory describes it. `start`: where its packed bytes begin (-1: not yet looked up)."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    start: int = -1

    @property
    def folder(self) -> bool:
        """Whether it is only a folder's name."""
        return self.name.endswith("/") and not self.size

    @property
    def encrypted(self) -> bool:
        """Whether it needs a password."""
        return bool(self.flags & (_ENCRYPTED | _STRONG)) or self.method == 99

    @property
    def link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode >> 12 == 0o12


class Zip:
    """A ZIP in memory. `lead`: bytes before the first member that belong to nothing; `trail`: bytes after its end."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        """Read the directory; without one, look for members one by one. Raises Unread("damaged") when there is none."""
        self._data, self._budget = data, budget
        self.lead = self.trail = 0
        self.broken = False
        self.entries: list[Entry] = []
        if not self._directory():
            self.broken = True
            self.entries = self._search()
            if not self.entries:
                raise Unread("damaged")
        self._overlaps = self._find_overlaps()
        self.by_name = {entry.name: entry for entry in self.entries}

    def _directory(self) -> bool:
        data = self._data
        at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
        if at < 0 or at + _END.size > len(data):
            return False
        _, disk, first_disk, _, count, size, offset, comment = _END.unpack_from(data, at)
        end = at
        if count == 0xFFFF or offset == 0xFFFFFFFF or size == 0xFFFFFFFF:
            place = at - 20
            if place >= 0 and data[place : place + 4] == b"PK\x06\x07":
                record = data.rfind(b"PK\x06\x06", max(0, place - 1000), place)
                if record >= 0 and record + 56 <= len(data):
                    count, size, offset = struct.unpack_from("<3Q", data, record + 32)
                    end = record
        if disk or first_disk:
            return False
        self.trail = len(data) - at - _END.size - comment
        # Bytes put before the archive shift every offset by the same amount.
        self.lead = end - size - offset
        if self.lead < 0 or end - size < 0:
            return False
        return self._central(end - size, end, count)

    def _central(self, at: int, end: int, count: int) -> bool:
        data = self._data
        while at + _CENTRAL.size <= end and data[at : at + 4] == b"PK\x01\x02":
            f = _CENTRAL.unpack_from(data, at)
            name_end = at + _CENTRAL.size + f[10]
            extra = data[name_end : name_end + f[11]]
            size, packed, offset = f[9], f[8], f[16]
            if 0xFFFFFFFF in (size, packed, offset):
                size, packed, offset = _zip64(extra, size, packed, offset)
            name = _name(data[at + _CENTRAL.size : name_end], f[3], extra)
            self.entries.append(Entry(name, f[3], f[4], f[7], packed, size, offset + self.lead, f[15] >> 16))
            at = name_end + f[11] + f[12]
            if len(self.entries) > self._budget.limits.members:
                break
        return len(self.entries) > 0 or count == 0

    def _search(self) -> list[Entry]:
        """Members found by their local headers, for an archive whose end is missing."""
        data, at = self._data, 0
        found: list[Entry] = []
        while (at := data.find(b"PK\x03\x04", at)) >= 0 and len(found) < self._budget.limits.members:
            if at + _LOCAL.size > len(data):
                break
            f = _LOCAL.unpack_from(data, at)
            start = at + _LOCAL.size + f[9] + f[10]
            name = _name(data[at + _LOCAL.size : at + _LOCAL.size + f[9]], f[2], b"")
            packed = f[7] if f[7] and not f[2] & 8 else len(data) - start
            if start <= len(data) and f[9]:
                found.append(
                    Entry(name, f[2], f[3], f[6], max(0, min(packed, len(data) - start)), f[8], at, 0, start)
                )
            at += 4
        return found

    def _find_overlaps(self) -> set[int]:
        """Offsets of members whose packed bytes reach into the next member: a bomb or a forgery."""
        if self.broken:
            return set()
        bad: set[int] = set()
        order = sorted(self.entries, key=lambda entry: entry.offset)
        for one, following in itertools.pairwise(order):
            if one.offset + _LOCAL.size + one.packed > following.offset and not (
                one.folder or one.packed == 0
            ):
                bad |= {one.offset, following.offset}
        return bad

    def read(self, entry: Entry, most: int | None = None) -> tuple[bytes, bool]:
        """The member's bytes and whether they are whole and undamaged.

        Raises Unread: encrypted, link, overlap, unsupported_compression, damaged (nothing could be read), too_large,
        ratio, total.
        """
        if entry.encrypted:
            raise Unread("encrypted")
        if entry.link:
            raise Unread("link")
        if entry.offset in self._overlaps:
            raise Unread("overlap")
        room = self._budget.room() if most is None else min(most, self._budget.room())
        start = self._start(entry)
        packed = self._data[start : start + entry.packed]
        data, whole = _unpack(
            packed, entry.method, room, self._budget.limits.ratio, self._budget.limits.ratio_from
        )
        self._budget.spend(len(data))
        if self.broken:
            return data, whole and (not entry.crc or zlib.crc32(data) == entry.crc)
        return data, whole and zlib.crc32(data) == entry.crc

    def _start(self, entry: Entry) -> int:
        if entry.start >= 0:
            return entry.start
        data, at = self._data, entry.offset
        if at < 0 or at + _LOCAL.size > len(data) or data[at : at + 4] != b"PK\x03\x04":
            raise Unread("damaged")
        f = _LOCAL.unpack_from(data, at)
        entry.start = at + _LOCAL.size + f[9] + f[10]
        return entry.start


def _zip64(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            values = iter(struct.unpack_from(f"<{min(length, 24) // 8}Q", extra[at + 4 :].ljust(24, b"\0")))
            size = next(values, size) if size == 0xFFFFFFFF else size
            packed = next(values, packed) if packed == 0xFFFFFFFF else packed
            offset = next(values, offset) if offset == 0xFFFFFFFF else offset
        at += 4 + length
    return size, packed, offset


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    if raw.isascii():
        return raw.decode("ascii")
    at = 0
    while at + 4 <= len(extra):  # the Unicode path field, where an old packer wrote one
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 0x7075 and length > 5:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    if flags & _UTF8:
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        read = decode_legacy(raw)
        return read.text if read.encoding != "latin-1" else raw.decode("cp437")


def _unpack(packed: bytes, method: int, room: int, ratio: int, ratio_from: int) -> tuple[bytes, bool]:
    """Unpacked bytes, at most `room`, and whether the stream came to its end."""
    if method == 0:
        if len(packed) > room:
            raise Unread("too_large")
        return packed, True
    if method == 8:
        return _inflate(packed, room, ratio, ratio_from)
    if method == 12:
        return _stream(bz2.BZ2Decompressor(), packed, room, ratio, ratio_from)
    if method == 14:
        if len(packed) < 9:
            raise Unread("damaged")
        size = struct.unpack_from("<H", packed, 2)[0]
        options = lzma._decode_filter_properties(lzma.FILTER_LZMA1, packed[4 : 4 + size])  # type: ignore[attr-defined]
        decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[options])
        return _stream(decoder, packed[4 + size :], room, ratio, ratio_from)
    raise Unread("unsupported_compression")


def _inflate(packed: bytes, room: int, ratio: int, ratio_from: int) -> tuple[bytes, bool]:
    decoder = zlib.decompressobj(-15)
    most = min(room, max(ratio_from, ratio * len(packed)))
    try:
        data = decoder.decompress(packed, most + 1)
    except zlib.error:
        return _as_far_as_it_goes(packed, most), False
    if len(data) > most:
        raise Unread("too_large" if most == room else "ratio")
    return data, decoder.eof


def _as_far_as_it_goes(packed: bytes, most: int) -> bytes:
    """What a damaged stream gives before the damage."""
    decoder, out = zlib.decompressobj(-15), bytearray()
    try:
        for at in range(0, len(packed), 64):
            out += decoder.decompress(packed[at : at + 64], most - len(out) + 1)
            if len(out) > most:
                break
    except zlib.error:
        pass
    return bytes(out[:most])


def _stream(
    decoder: bz2.BZ2Decompressor | lzma.LZMADecompressor,
    packed: bytes,
    room: int,
    ratio: int,
    ratio_from: int,
) -> tuple[bytes, bool]:
    most, out = min(room, max(ratio_from, ratio * len(packed))), bytearray()
    feed = packed
    try:
        while not decoder.eof:
            if not feed and decoder.needs_input:
                return bytes(out), False
            out += decoder.decompress(feed, _CHUNK)
            feed = b""
            if len(out) > most:
                raise Unread("too_large" if most == room else "ratio")
    except (OSError, EOFError, lzma.LZMAError):
        return bytes(out), False
    return bytes(out), True
