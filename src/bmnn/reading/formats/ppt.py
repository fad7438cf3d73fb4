"""PowerPoint 97–2003: text atoms of the document stream, by the container they stand in (MS-PPT 2.9)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bmnn.reading.found import Found, Member
from bmnn.reading.model import PartKind, Unread

if TYPE_CHECKING:
    from bmnn.reading.formats.ole import Compound

_CHARS, _BYTES, _CSTRING = 0x0FA0, 0x0FA8, 0x0FBA
_SLIDE, _NOTES, _MASTER, _COMMENT, _HEADERS, _HANDOUT = 0x03EE, 0x03F0, 0x03F8, 0x2EE0, 0x0FD9, 0x0FC9
_TEXT_LIST, _EMBEDDED = 0x0FF0, 0x1011
_CONTAINERS: dict[int, PartKind] = {_SLIDE: "slide", _NOTES: "note", _MASTER: "header", _COMMENT: "comment",
                                    _HEADERS: "header", _HANDOUT: "header", _TEXT_LIST: "slide"}  # fmt: skip
_DEPTH = 40


def read(found: Found, compound: Compound) -> None:
    """Every text atom in order. Raises Unread("encrypted")."""
    user = compound.read("current user")
    if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == 0xF3D1C4DF:
        raise Unread("encrypted")
    data = compound.read("powerpoint document")
    seen: set[tuple[PartKind, str]] = set()
    for kind, raw in _walk(data, 0, len(data), "slide", 0):
        text = raw.replace("\r", "\n").replace("\x0b", "\n")
        # Outline and slide hold the same words; once is enough.
        if (kind, text) not in seen:
            seen.add((kind, text))
            found.text.add(kind, text)
    found.members.append(lambda: _objects(data, found.limits.member))
    found.members.append(lambda: pictures(compound.read("pictures")))


def _walk(data: bytes, at: int, end: int, kind: PartKind, depth: int) -> Iterator[tuple[PartKind, str]]:
    while at + 8 <= end:
        version, name, size = struct.unpack_from("<HHI", data, at)
        at += 8
        stop = min(end, at + size)
        if version & 0xF == 0xF:
            if depth < _DEPTH:
                yield from _walk(data, at, stop, _CONTAINERS.get(name, kind), depth + 1)
        elif name == _CHARS:
            yield kind, data[at:stop].decode("utf-16-le", "replace")
        elif name == _BYTES:
            yield kind, data[at:stop].decode("latin-1")
        elif name == _CSTRING:
            text = data[at:stop].decode("utf-16-le", "replace")
            if not text.startswith("___PPT"):
                yield "comment" if kind == "comment" else "hidden" if kind == "slide" else kind, text
        at = stop


def _objects(data: bytes, most: int) -> Iterator[Member]:
    """Embedded OLE objects: an atom with a length and a zlib stream, or the bytes as they are."""
    at = number = 0
    while (at := data.find(struct.pack("<H", _EMBEDDED), at + 1)) >= 2:
        version, size = (
            struct.unpack_from("<H", data, at - 2)[0],
            struct.unpack_from("<I", data.ljust(at + 6), at + 2)[0],
        )
        body = data[at + 6 : at + 6 + size]
        if version & 0xF or size < 8 or len(body) < size:
            continue
        number += 1
        if version >> 4 == 1:
            decoder = zlib.decompressobj()
            try:
                body = decoder.decompress(body[4:], most)
            except zlib.error:
                continue
        yield Member(f"đối tượng {number}", body)


def pictures(data: bytes) -> Iterator[Member]:
    """Pictures of the drawing layer: an OfficeArt header, one or two checksums, the picture."""
    at = number = 0
    while at + 25 <= len(data):
        instance, name, size = struct.unpack_from("<HHI", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 8 + size
        if not 0xF01A <= name <= 0xF02A:
            continue
        number += 1
        skip = 16 + (16 if (instance >> 4) & 1 else 0) + (34 if name <= 0xF01C else 1)
        picture = body[skip:]
        if name <= 0xF01C:  # metafiles are deflated
            try:
                picture = zlib.decompressobj().decompress(picture, 50_000_000)
            except zlib.error:
                continue
        yield Member(f"hình {number}", picture)
