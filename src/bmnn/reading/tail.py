"""Data after the end of a file and second files hidden in it: what a picture or PDF carries behind its back."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bmnn.reading.found import Found, Member
from bmnn.reading.sniff import OLE

_LEAST = 64
_SIGNS = (
    b"%PDF-",
    b"PK\x03\x04",
    OLE,
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"{\\rtf",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
)
_OWN = {
    "application/pdf": b"%PDF-",
    "application/zip": b"PK\x03\x04",
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "application/rtf": b"{\\rtf",
}


def look(found: Found) -> None:
    """Note polyglots and trailing data; what stands after the end becomes a member that is read like any file."""
    data = found.data
    head = data[:1024]
    own = _OWN.get(found.type)
    if own and any(
        sign in head for sign in _SIGNS if not sign.startswith(own) and not _inner(found.type, sign)
    ):
        found.notes.add("polyglot")
    end = _end(found.type, data)
    if end is None or len(data) - end < _LEAST:
        return
    rest = data[end:].lstrip(b"\0\r\n ")
    if not rest[:4096].strip(b"\0 \r\n\xff"):
        return
    found.notes.add("trailing_data")
    found.members.append(lambda: _rest(rest))


def _inner(kind: str, sign: bytes) -> bool:
    """Signs that are ordinary inside a file of this kind: pictures inside an archive."""
    return kind in ("application/zip", "application/rtf") or (
        kind == "application/pdf" and sign[:1] in (b"\xff", b"\x89")
    )


def _rest(rest: bytes) -> Iterator[Member]:
    yield Member("(dữ liệu phía sau)", rest)


def _end(kind: str, data: bytes) -> int | None:
    """Where the format says the file ends; None when it does not say."""
    if kind == "image/png":
        at = data.find(b"IEND\xaeB`\x82")
        return at + 8 if at >= 0 else None
    if kind == "image/jpeg":
        return _end_of_jpeg(data)
    if kind == "image/gif":
        return _end_of_gif(data)
    if kind == "image/bmp" and len(data) > 6:
        size = int(struct.unpack_from("<I", data, 2)[0])
        return size if 54 < size < len(data) else None
    if kind == "image/webp" and len(data) > 12:
        size = int(struct.unpack_from("<I", data, 4)[0])
        return size + 8 + size % 2
    if kind == "application/pdf":
        at = data.rfind(b"%%EOF")
        return at + 5 if at >= 0 else None
    if kind == "application/rtf":
        return _end_of_rtf(data)
    return None


def _end_of_jpeg(data: bytes) -> int | None:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            break
        if marker in (0xD8, 0x01, 0xFF) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xDA or marker in (0xC4, 0xDB, 0xDD, 0xFE) or 0xE0 <= marker <= 0xEF:
            if at + 4 > len(data):
                return None
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        else:
            at += 2 if marker != 0xFF else 1
    return None


def _end_of_gif(data: bytes) -> int | None:
    if len(data) < 13:
        return None
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while at < len(data):
        block = data[at]
        if block == 0x3B:
            return at + 1
        if block == 0x2C and at + 10 < len(data):
            at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
        elif block == 0x21:
            at += 2
        else:
            return None
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
    return None


def _end_of_rtf(data: bytes) -> int | None:
    at = data.rfind(b"}")
    # Ends where the last brace closes the first; anything but white space and NUL behind it does not belong.
    return at + 1 if at >= 0 and data[at + 1 :].strip(b"\0 \r\n") else None
