"""Word 97–2003 (and 6/95): file information block, piece table, then every character position there is.

MS-DOC 2.5 (Fib), 2.8.35 (Clx). The whole text stands in one sequence: body, footnotes, headers, comments, endnotes,
text boxes, text boxes of headers; the counts of the information block say where each begins.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from bmnn.reading.found import Found
from bmnn.reading.model import PartKind, Unread

if TYPE_CHECKING:
    from bmnn.reading.formats.ole import Compound

_ENCRYPTED, _TABLE1, _COMPLEX = 0x0100, 0x0200, 0x0004
_ORDER: list[PartKind] = ["body", "note", "header", "hidden", "comment", "note", "text_box", "text_box"]
"""Meaning of the counts at 0x4C: text, footnotes, headers, macros, comments, endnotes, boxes, boxes in headers."""
_FIELD = re.compile("\x13([^\x13\x14\x15]*)(?:\x14|\x15)|\x15")
_SIGNS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x07": "\t", "\x1e": "-", "\xa0": " ", "\x01": "", "\x02": "",
                        "\x05": "", "\x08": "", "\x03": "", "\x04": "", "\x06": "", "\x0e": "\n"})  # fmt: skip
_CP1252 = {i: bytes([i]).decode("cp1252", "replace") for i in range(0x80, 0xA0)}
_WIDEN = str.maketrans({chr(i): c for i, c in _CP1252.items() if c != "\ufffd"})


def read(found: Found, compound: Compound) -> None:
    """All text of the document by kind. Raises Unread: encrypted, damaged, unsupported_version."""
    data = compound.read("worddocument")
    if len(data) < 0x44:
        raise Unread("damaged")
    version, flags = struct.unpack_from("<H", data, 2)[0], struct.unpack_from("<H", data, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise Unread("encrypted")
    if version < 0xC1:
        _old(found, data, flags)
        return
    table = (
        compound.read("1table" if flags & _TABLE1 else "0table")
        or compound.read("0table")
        or compound.read("1table")
    )
    counts = struct.unpack_from("<8i", data.ljust(0x200, b"\0"), 0x4C)
    where, size = struct.unpack_from("<II", data.ljust(0x200, b"\0"), 0x1A2)
    text = _pieces(data, table[where : where + size]) if size else ""
    if not text:
        first, last = struct.unpack_from("<II", data, 0x18)
        text = _narrow(data[first:last])
        if not text.strip():
            raise Unread("damaged")
    _by_kind(found, text, counts)


def _pieces(data: bytes, clx: bytes) -> str:
    at = 0
    while at < len(clx) and clx[at] == 1:
        if at + 3 > len(clx):
            return ""
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return ""
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    table = clx[at + 5 : at + 5 + size]
    count = (size - 4) // 12
    if count <= 0:
        return ""
    places = struct.unpack_from(f"<{count + 1}I", table)
    out: list[str] = []
    left = 2 * len(data) + 16
    for i in range(count):
        length = places[i + 1] - places[i]
        if length <= 0 or left <= 0:
            continue
        left -= length
        where = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * i + 2)[0]
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            piece = _narrow(data[start : start + length])
        else:
            piece = data[where : where + 2 * length].decode("utf-16-le", "replace")
        # A piece that runs out of the file must not shift what follows.
        out.append(piece.ljust(length) if len(piece) < length < 100_000 else piece)
    return "".join(out)


def _narrow(data: bytes) -> str:
    """Eight-bit text: code points of cp1252, as Word stores them. Bytes without a letter there stay what they are."""
    return data.decode("latin-1").translate(_WIDEN)


def _by_kind(found: Found, text: str, counts: tuple[int, ...]) -> None:
    at = 0
    for kind, count in zip(_ORDER, counts, strict=True):
        if count <= 0:
            continue
        _add(found, kind, text[at : at + count])
        at += count
    _add(found, "hidden", text[at:])


def _add(found: Found, kind: PartKind, text: str) -> None:
    codes: list[str] = []

    def visible(m: re.Match[str]) -> str:
        if m[1]:
            codes.append(m[1].strip())
        return ""

    while _FIELD.search(text):  # innermost fields first
        text = _FIELD.sub(visible, text)
    found.text.add(kind, text.translate(_SIGNS))
    found.text.add("field", "\n".join(codes))


def _old(found: Found, data: bytes, flags: int) -> None:
    """Word 6 and 95: eight-bit text in one stretch; a fast-saved one has its pieces inside the main stream."""
    if flags & _COMPLEX:
        where, size = struct.unpack_from("<II", data.ljust(0x200, b"\0"), 0x160)
        text = _old_pieces(data, data[where : where + size])
    else:
        first, last = struct.unpack_from("<II", data, 0x18)
        text = _narrow(data[first:last])
    if not text.strip():
        raise Unread("unsupported_version")
    counts = struct.unpack_from("<8i", data.ljust(0x200, b"\0"), 0x34)
    _by_kind(found, text, counts) if 0 < sum(counts) <= len(text) + 8 else _add(found, "body", text)


def _old_pieces(data: bytes, clx: bytes) -> str:
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return ""
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    count = (size - 4) // 12
    if count <= 0:
        return ""
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    out = []
    for i in range(count):
        where = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * i + 2)[0]
        out.append(_narrow(data[where : where + max(0, places[i + 1] - places[i])]))
    return "".join(out)
