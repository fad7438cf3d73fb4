"""Keys and values of a registry hive, read where they lie.

Format: "Windows registry file format specification" (M. Suhanov). Offsets inside a hive count from the first
bin at 4096. Every offset and length comes from a file we do not trust: each is checked before it is followed,
a bad cell is skipped and counted in `Hive.damage`, and no list is followed twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bmnn.machines import times

BASE = 4096
MAX_SUBKEYS = 200_000
MAX_VALUES = 100_000
MAX_DATA = 16 * 1024 * 1024
NONE_CELL = 0xFFFFFFFF

REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_QWORD = 1, 2, 3, 4, 7, 11


class HiveDamaged(ValueError):
    """The bytes are not a hive, or the part asked for cannot be read."""


def utf16(data: bytes) -> str:
    """UTF-16LE up to the first NUL; a half pair or a stray byte becomes U+FFFD."""
    return data[: len(data) & ~1].decode("utf-16-le", "replace").split("\0", 1)[0]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a key: its name, its registry type and its raw data."""

    name: str
    kind: int
    data: bytes

    @property
    def text(self) -> str:
        """The data as text: strings up to their NUL, numbers in decimal, "" for binary data."""
        kind = self.kind & 0xFFFF
        if kind in (REG_SZ, REG_EXPAND_SZ, 18):
            return utf16(self.data)
        if kind == REG_MULTI_SZ:
            return "; ".join(self.strings)
        number = self.number
        return "" if number is None else str(number)

    @property
    def strings(self) -> list[str]:
        """The strings of a REG_MULTI_SZ (or the one string of REG_SZ)."""
        raw = self.data[: len(self.data) & ~1].decode("utf-16-le", "replace")
        return [part for part in raw.split("\0") if part]

    @property
    def number(self) -> int | None:
        """The number in a DWORD or QWORD, else None."""
        if self.kind == REG_DWORD and len(self.data) >= 4:
            return int.from_bytes(self.data[:4], "little")
        if self.kind == REG_QWORD and len(self.data) >= 8:
            return int.from_bytes(self.data[:8], "little")
        return None


class Key:
    """One key; reads its cells when asked."""

    __slots__ = ("hive", "name", "nk", "path")

    def __init__(self, hive: Hive, nk: int, parent: str | None) -> None:
        """`nk` is the absolute offset of the "nk" record, already checked by the hive."""
        self.hive, self.nk = hive, nk
        self.name = hive.key_name(nk)
        self.path = self.name if parent is None else (f"{parent}\\{self.name}" if parent else self.name)

    @property
    def written(self) -> datetime | None:
        """When the key was last written (UTC)."""
        return times.filetime(self.hive.u64(self.nk + 4))

    def subkeys(self) -> Iterator[Key]:
        """All readable subkeys, in the order of the hive."""
        for nk in self.hive.subkey_cells(self.nk):
            yield Key(self.hive, nk, self.path)

    def values(self) -> Iterator[Value]:
        """All readable values."""
        yield from self.hive.read_values(self.nk)

    def child(self, name: str) -> Key | None:
        """The subkey of this name (upper and lower case alike), or None."""
        wanted = name.casefold()
        for nk in self.hive.subkey_cells(self.nk):
            if self.hive.key_name(nk).casefold() == wanted:
                return Key(self.hive, nk, self.path)
        return None

    def get(self, path: str) -> Key | None:
        """The key at a backslash-separated path below this one, or None."""
        found: Key | None = self
        for part in path.split("\\"):
            if found is None:
                return None
            found = found.child(part)
        return found

    def value(self, name: str) -> Value | None:
        """The value of this name (case-insensitive; "" is the default value), or None."""
        wanted = name.casefold()
        return next((v for v in self.values() if v.name.casefold() == wanted), None)

    def text(self, name: str) -> str:
        """The value of this name as text; "" when it is absent."""
        found = self.value(name)
        return found.text if found else ""

    def number(self, name: str) -> int | None:
        """The value of this name as a number; None when it is absent or no number."""
        found = self.value(name)
        return found.number if found else None


class Hive:
    """A hive held in memory. Raises HiveDamaged when there is no readable root key."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.damage = 0
        if len(data) < BASE + 32 or data[:4] != b"regf":
            raise HiveDamaged("không phải tệp registry (thiếu dấu hiệu «regf»)")
        self.primary, self.secondary = self.u32(4), self.u32(8)
        self.written = times.filetime(self.u64(12))
        root = self._nk_at(self.u32(36))
        if root is None:
            raise HiveDamaged("không đọc được khóa gốc của registry")
        self.root = Key(self, root, None)
        self.root.path = ""

    @property
    def dirty(self) -> bool:
        """True when Windows had not closed the hive: recent changes may lie only in the transaction logs."""
        return self.primary != self.secondary

    @property
    def embedded_name(self) -> str:
        """The tail of the file name that Windows keeps in the base block."""
        return utf16(self.data[48:112])

    def get(self, path: str) -> Key | None:
        """The key at a path below the root, or None."""
        return self.root.get(path)

    def u32(self, offset: int) -> int:
        """Little-endian 32-bit number; 0 beyond the end of the data."""
        if offset < 0 or offset + 4 > len(self.data):
            return 0
        return int.from_bytes(self.data[offset : offset + 4], "little")

    def u64(self, offset: int) -> int:
        """Little-endian 64-bit number; 0 beyond the end of the data."""
        if offset < 0 or offset + 8 > len(self.data):
            return 0
        return int.from_bytes(self.data[offset : offset + 8], "little")

    def _cell(self, offset: int) -> tuple[int, int] | None:
        """(start of the content, size of the content) of an allocated cell, or None."""
        at = BASE + offset
        if offset == NONE_CELL or at + 8 > len(self.data):
            return None
        size = int.from_bytes(self.data[at : at + 4], "little", signed=True)
        if size >= 0 or -size < 8 or at - size > len(self.data):
            return None
        return at + 4, -size - 4

    def _nk_at(self, offset: int) -> int | None:
        cell = self._cell(offset)
        if cell is None or cell[1] < 76 or self.data[cell[0] : cell[0] + 2] != b"nk":
            return None
        return cell[0]

    def key_name(self, nk: int) -> str:
        """The name in an "nk" record, cut at the end of the data."""
        flags = int.from_bytes(self.data[nk + 2 : nk + 4], "little")
        length = int.from_bytes(self.data[nk + 72 : nk + 74], "little")
        raw = self.data[nk + 76 : nk + 76 + length]
        return raw.decode("latin-1") if flags & 0x20 else raw[: len(raw) & ~1].decode("utf-16-le", "replace")

    def subkey_cells(self, nk: int) -> Iterator[int]:
        """Offsets of the "nk" records below a key; unreadable ones are counted in `damage`."""
        if self.u32(nk + 20) == 0:
            return
        seen: set[int] = set()
        for offset in self._list(self.u32(nk + 28), seen, 0):
            child = self._nk_at(offset)
            if child is None or child in seen:
                self.damage += 1
                continue
            seen.add(child)
            if len(seen) > MAX_SUBKEYS:
                self.damage += 1
                return
            yield child

    def _list(self, offset: int, seen: set[int], depth: int) -> Iterator[int]:
        cell = self._cell(offset)
        if cell is None or -cell[0] in seen or depth > 2:
            self.damage += 1
            return
        seen.add(-cell[0])
        start, size = cell
        mark = self.data[start : start + 2]
        count = int.from_bytes(self.data[start + 2 : start + 4], "little")
        step = 8 if mark in (b"lf", b"lh") else 4
        if mark not in (b"lf", b"lh", b"li", b"ri"):
            self.damage += 1
            return
        if 4 + count * step > size:
            self.damage += 1
            count = max(0, (size - 4) // step)
        for at in range(start + 4, start + 4 + count * step, step):
            if mark == b"ri":
                yield from self._list(self.u32(at), seen, depth + 1)
            else:
                yield self.u32(at)

    def read_values(self, nk: int) -> Iterator[Value]:
        """Values of the key at `nk`; unreadable ones are counted in `damage`."""
        count = self.u32(nk + 36)
        if count == 0:
            return
        cell = self._cell(self.u32(nk + 40))
        if cell is None:
            self.damage += 1
            return
        if count > MAX_VALUES or count * 4 > cell[1]:
            self.damage += 1
            count = min(MAX_VALUES, cell[1] // 4)
        for at in range(cell[0], cell[0] + count * 4, 4):
            value = self._value(self.u32(at))
            if value is None:
                self.damage += 1
            else:
                yield value

    def _value(self, offset: int) -> Value | None:
        cell = self._cell(offset)
        if cell is None or cell[1] < 20 or self.data[cell[0] : cell[0] + 2] != b"vk":
            return None
        start, size = cell
        name_length, length, where, kind, flags = struct.unpack_from("<HIIIH", self.data, start + 2)
        if 20 + name_length > size:
            return None
        raw = self.data[start + 20 : start + 20 + name_length]
        name = raw.decode("latin-1") if flags & 1 else raw[: len(raw) & ~1].decode("utf-16-le", "replace")
        if length & 0x80000000:
            return Value(name, kind, self.data[start + 8 : start + 8 + min(4, length & 0x7FFFFFFF)])
        data = self._data(where, length)
        return None if data is None else Value(name, kind, data)

    def _data(self, where: int, length: int) -> bytes | None:
        if length == 0:
            return b""
        cell = self._cell(where)
        if cell is None or length > MAX_DATA:
            return None
        start, size = cell
        if length > 16344 and self.data[start : start + 2] == b"db" and size >= 8:
            return self._big(start, length)
        if length > size:
            return None
        return self.data[start : start + length]

    def _big(self, start: int, length: int) -> bytes | None:
        """Data of more than 16,344 bytes, split over segments by a "db" record."""
        count = int.from_bytes(self.data[start + 2 : start + 4], "little")
        segments = self._cell(self.u32(start + 4))
        if segments is None or count * 4 > segments[1]:
            return None
        parts, left = [], length
        for i in range(count):
            cell = self._cell(self.u32(segments[0] + 4 * i))
            if cell is None:
                return None
            take = min(left, 16344, cell[1])
            parts.append(self.data[cell[0] : cell[0] + take])
            left -= take
        return b"".join(parts) if left == 0 else None
