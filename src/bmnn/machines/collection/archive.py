"""Zip and tar collections, read from an open file. Members are never written to disk; links are never followed."""

from __future__ import annotations

import os
import tarfile
import zipfile
from typing import BinaryIO

from bmnn.machines.collection.base import (
    MAX_ITEM_BYTES,
    MAX_ITEMS,
    MAX_RATIO,
    Budget,
    Collection,
    CollectionError,
    Item,
    in_order,
)
from bmnn.machines.collection.paths import canonical

_BROKEN = "Tệp nén «{}» hỏng, không mở được. Hãy thu thập lại."


def open_zip(file: BinaryIO, source: str) -> Collection:
    """The members of a zip. Raises CollectionError when its directory cannot be read."""
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CollectionError(_BROKEN.format(source)) from error
    collection = Collection(source, [], layout="zip")
    budget = Budget()
    for info in infos:
        if info.is_dir():
            continue
        if len(collection.items) >= MAX_ITEMS:
            collection.notes.append(f"Tệp nén có hơn {MAX_ITEMS} mục; phần còn lại chưa được kiểm tra.")
            break
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            collection.notes.append(f"Bỏ qua liên kết «{info.filename}» trong tệp nén.")
            continue
        locked = bool(info.flag_bits & 1)

        def read(size: int, info: zipfile.ZipInfo = info, locked: bool = locked) -> bytes:
            if locked:
                raise CollectionError("tệp bị khóa bằng mật khẩu")
            if info.file_size > 16 << 20 and info.file_size > MAX_RATIO * max(1, info.compress_size):
                raise CollectionError("tệp nén có tỷ lệ bung bất thường")
            with archive.open(info) as member:
                return member.read(min(size, MAX_ITEM_BYTES + 1))

        name = info.filename
        collection.items.append(Item(canonical(name), name, info.file_size, read, budget, locked))
    collection.items = in_order(collection.items)
    return collection


def open_tar(file: BinaryIO, source: str) -> Collection:
    """The members of a tar (gz, bz2, xz or plain), in the order of the archive: going back in a packed one means
    unpacking it again from the start. Raises CollectionError when it cannot be opened."""
    try:
        packed = max(1, os.fstat(file.fileno()).st_size)
        archive = tarfile.open(fileobj=file, mode="r:*")  # noqa: SIM115 - stays open while its items are read
    except (tarfile.TarError, OSError, EOFError) as error:
        raise CollectionError(_BROKEN.format(source)) from error
    collection = Collection(source, [], layout="tar")
    budget = Budget()
    total = 0
    try:
        for member in archive:
            if member.issym() or member.islnk():
                collection.notes.append(f"Bỏ qua liên kết «{member.name}» trong tệp nén.")
                continue
            total += member.size
            if len(collection.items) >= MAX_ITEMS or total > max(1 << 30, MAX_RATIO * packed):
                collection.notes.append("Tệp nén vượt giới hạn; phần còn lại chưa được kiểm tra.")
                break
            if not member.isreg():
                continue

            def read(size: int, member: tarfile.TarInfo = member) -> bytes:
                opened = archive.extractfile(member)
                if opened is None:
                    raise CollectionError("không đọc được tệp trong gói tar")
                return opened.read(min(size, MAX_ITEM_BYTES + 1))

            collection.items.append(Item(canonical(member.name), member.name, member.size, read, budget))
    except (tarfile.TarError, OSError, EOFError, ValueError):
        collection.notes.append("Tệp nén bị cụt; chỉ kiểm tra được phần đọc được.")
    return collection
