"""A collection is a list of items; an item is one file, read when asked and never more than the caps
allow."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

MAX_ITEMS = 200_000
MAX_ITEM_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 4 * 1024 * 1024 * 1024
MAX_RATIO = 1000
"""Empty event logs and hives shrink several hundred times; a bomb shrinks far more."""

XZ_MAGIC = b"\xfd7zXZ\x00"


class CollectionError(Exception):
    """The collection or one item cannot be read. The text is Vietnamese, for the user."""


@dataclass
class Item:
    """One regular file of a collection."""

    path: str
    """Canonical path: `Windows/System32/config/SYSTEM`, drive letters other than C kept as `D:/…`."""
    raw: str
    """Path as the collector wrote it; shown, never used to write anything."""
    size: int
    _open: Callable[[int], bytes] = field(repr=False)
    """Reads at most the given number of bytes from the start."""
    budget: Budget = field(repr=False)
    locked: bool = False
    trouble: str = ""
    """Why the first bytes could not be read; "" while nothing went wrong."""

    @property
    def name(self) -> str:
        """Last part of the path, without the `.xz` of a packed single artefact."""
        name = self.path.rsplit("/", 1)[-1]
        return name[:-3] if name.casefold().endswith(".xz") else name

    def head(self, size: int = 64) -> bytes:
        """The first bytes of the (unpacked) file; b"" with the reason in `trouble` when they cannot be read."""
        try:
            raw = self._open(4096 if self.path.casefold().endswith(".xz") else size)
            if raw.startswith(XZ_MAGIC):
                return lzma.LZMADecompressor(memlimit=256 << 20).decompress(raw, size)[:size]
            return raw[:size]
        except CollectionError as error:
            self.trouble = str(error)
        except Exception:  # whatever the unpacker raises, the item is unreadable
            self.trouble = "không đọc được tệp (hỏng hoặc bị khóa)"
        return b""

    def read(self) -> bytes:
        """The whole (unpacked) file. Raises CollectionError beyond the caps or when it cannot be read."""
        try:
            data = self._open(MAX_ITEM_BYTES + 1)
        except CollectionError:
            raise
        except Exception as error:
            raise CollectionError("không đọc được tệp (hỏng hoặc bị khóa)") from error
        if data.startswith(XZ_MAGIC):
            data = _unxz(data)
        if len(data) > MAX_ITEM_BYTES:
            raise CollectionError("tệp vượt giới hạn dung lượng 256 MB")
        self.budget.spend(len(data))
        return data


@dataclass
class Budget:
    """Bytes that may still be read from one collection, shared by all its items."""

    left: int = MAX_TOTAL_BYTES

    def spend(self, size: int) -> None:
        """Takes `size` bytes; raises CollectionError when the collection is used up."""
        self.left -= size
        if self.left < 0:
            raise CollectionError("bộ thu thập vượt giới hạn tổng dung lượng 4 GB")


@dataclass
class Collection:
    """The items of one computer, the names of everything seen, and what could not be taken in."""

    source: str
    items: list[Item]
    notes: list[str] = field(default_factory=list)
    layout: str = "folder"
    _by_path: dict[str, Item] = field(default_factory=dict, repr=False)

    def sibling(self, item: Item, suffix: str) -> Item | None:
        """The item beside `item` whose name has this suffix more (case-insensitive)."""
        if not self._by_path:
            self._by_path = {i.path.removesuffix(".xz").casefold(): i for i in reversed(self.items)}
        return self._by_path.get((item.path.removesuffix(".xz") + suffix).casefold())


def _unxz(data: bytes) -> bytes:
    unpacker = lzma.LZMADecompressor(memlimit=256 << 20)
    try:
        whole = unpacker.decompress(data, MAX_ITEM_BYTES + 1)
    except (lzma.LZMAError, EOFError) as error:
        raise CollectionError("tệp nén xz hỏng") from error
    if len(whole) > 16 << 20 and len(whole) > MAX_RATIO * len(data):
        raise CollectionError("tệp nén có tỷ lệ bung bất thường")
    return whole


def in_order(items: Iterable[Item]) -> list[Item]:
    """Items sorted by canonical path, so that the layout cannot change the order of anything."""
    return sorted(items, key=lambda i: (i.path.casefold(), i.path, i.raw))
