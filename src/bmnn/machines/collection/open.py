"""Opens what the inspector names: a folder or mounted disk, a zip, a tar, or one artefact."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from bmnn.machines.collection import archive, walk
from bmnn.machines.collection.base import XZ_MAGIC, Budget, Collection, CollectionError, Item, in_order
from bmnn.machines.collection.paths import canonical

# What an inspector may bring and this check does not open by itself, with what to do.
_UNREAD = {
    b"vhdxfile": "ảnh đĩa VHDX, chưa đọc trực tiếp được. Hãy gắn ảnh ở chế độ chỉ đọc",
    b"EVF\x09\x0d\x0a\xff\x00": "ảnh đĩa E01, chưa đọc trực tiếp được. Hãy gắn ảnh ở chế độ chỉ đọc",
    b"7z\xbc\xaf\x27\x1c": "tệp nén 7z, chưa đọc trực tiếp được. Hãy giải nén ra một thư mục",
    b"Rar!\x1a\x07": "tệp nén RAR, chưa đọc trực tiếp được. Hãy giải nén ra một thư mục",
}


def layout_of(path: Path) -> str:
    """folder, zip, tar or single. Raises CollectionError (Vietnamese) when the path is none of them."""
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise CollectionError(f"Không tìm thấy «{path}». Hãy kiểm tra lại đường dẫn.") from error
    if stat.S_ISDIR(mode):
        return "folder"
    if not stat.S_ISREG(mode):
        raise CollectionError(f"«{path}» không phải tệp hay thư mục thường (liên kết không được đi theo).")
    try:
        with open_regular(path) as file:
            head = file.read(512)
    except OSError as error:
        raise CollectionError(f"Không có quyền đọc «{path}».") from error
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    for mark, what in _UNREAD.items():
        if head.startswith(mark):
            raise CollectionError(f"«{path.name}» là {what} rồi chỉ vào thư mục hoặc ổ đó.")
    packed = head[:2] == b"\x1f\x8b" or head[:3] == b"BZh"
    if head[257:262] == b"ustar" or packed or (head.startswith(XZ_MAGIC) and ".tar" in path.name.casefold()):
        return "tar"
    return "single"


def source_of(path: Path, layout: str) -> str:
    """The name under which a collection is shown: its file name without the endings of archives."""
    if layout == "zip":
        return path.stem
    return path.name.split(".")[0] if layout == "tar" else path.name or str(path)


def open_collection(path: Path) -> Collection:
    """The collection at `path`, read by this process. Raises CollectionError."""
    layout = layout_of(path)
    if layout in ("zip", "tar"):
        opener = archive.open_zip if layout == "zip" else archive.open_tar
        return opener(open_regular(path), source_of(path, layout))
    files = walk.folder(path) if layout == "folder" else walk.single(path)
    budget = Budget()
    items = [_item(p, raw, budget) for raw, p in files.files]
    return Collection(files.source, in_order(items), files.notes, files.layout)


def of_files(files: Sequence[BinaryIO], raws: Sequence[str], source: str) -> Collection:
    """A collection of files that somebody else has opened; `raws` are their paths in the same order."""
    budget = Budget()
    items = []
    for file, raw in zip(files, raws, strict=True):

        def read(size: int, file: BinaryIO = file) -> bytes:
            file.seek(0)
            return file.read(size)

        items.append(Item(canonical(raw), raw, os.fstat(file.fileno()).st_size, read, budget))
    return Collection(source, items)


def open_regular(path: Path) -> BinaryIO:
    """A regular file opened without following a link or waiting at a pipe. Raises CollectionError, OSError."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    fd = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise CollectionError("không phải tệp thường")
    return os.fdopen(fd, "rb")


def _item(path: Path, raw: str, budget: Budget) -> Item:
    def read(size: int) -> bytes:
        with open_regular(path) as file:
            return file.read(size)

    try:
        size = path.lstat().st_size
    except OSError:
        size = 0
    return Item(canonical(raw), raw, size, read, budget)
