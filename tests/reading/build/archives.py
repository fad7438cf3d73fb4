"""Archives and packed streams."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import py7zr


def zip_file(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip by the standard library."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_file(members: dict[str, bytes], mode: str = "w") -> bytes:
    """A tar, plain or compressed by the mode."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevenzip_file(members: dict[str, bytes], password: str | None = None, hide_names: bool = False) -> bytes:
    """A 7z."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=hide_names) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


def rar4_file(name: str, data: bytes, method: int = 0x30, flags: int = 0) -> bytes:
    """RAR 2.9 with one member, stored (method 0x30) unless said otherwise."""
    raw = name.encode()
    size = 32 + len(raw)
    head = struct.pack(
        "<BHHIIBIIBBHI",
        0x74,
        0x8000 | flags,
        size,
        len(data),
        len(data),
        2,
        zlib.crc32(data),
        0,
        29,
        method,
        len(raw),
        32,
    )
    head += raw
    block = struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data
    start = struct.pack("<BHHHI", 0x73, 0, 13, 0, 0)
    start = struct.pack("<H", zlib.crc32(start) & 0xFFFF) + start
    end = struct.pack("<BHH", 0x7B, 0x4000, 7)
    return b"Rar!\x1a\x07\x00" + start + block + struct.pack("<H", zlib.crc32(end) & 0xFFFF) + end


def rar5_file(name: str, data: bytes, method: int = 0) -> bytes:
    """RAR 5 with one member."""

    def number(value: int) -> bytes:
        out = b""
        while True:
            out += bytes([value & 0x7F | (0x80 if value > 127 else 0)])
            value >>= 7
            if not value:
                return out

    def block(body: bytes) -> bytes:
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    raw = name.encode()
    file = (
        number(4)
        + number(len(data))
        + number(0x20)
        + struct.pack("<I", zlib.crc32(data))
        + number(method << 7)
    )
    file += number(1) + number(len(raw)) + raw
    return b"Rar!\x1a\x07\x01\x00" + block(number(1) + number(0) + number(0)) + block(
        number(2) + number(2) + number(len(data)) + file
    ) + data + block(number(5) + number(0) + number(0))  # fmt: skip


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
