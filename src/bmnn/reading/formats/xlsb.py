"""Binary spreadsheets of Excel 2007 and later (MS-XLSB): strings, cells, comments, sheet names."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bmnn.reading.formats import xmltext
from bmnn.reading.formats.xlsx import header_text
from bmnn.reading.found import Found

if TYPE_CHECKING:
    from bmnn.reading.formats.opc import Package

_ROW, _BLANK, _RK, _REAL, _TEXT, _SHARED = 0, 1, 2, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _RICH_TEXT = 8, 9, 62
_SST_ITEM, _SHEET, _COMMENT_TEXT, _COMMENT_AUTHOR, _HEADER_FOOTER = 19, 156, 637, 632, 479
_VALIDATION = 64


def read(found: Found, package: Package) -> None:
    """Every cell with text or a number, comments, headers, drawings."""
    shared = [
        text
        for name in package.names(r"^xl/sharedStrings\.bin$")
        for kind, body in records(package.bytes(name))
        if kind == _SST_ITEM and (text := wide(body, 1)) is not None
    ]
    for name in package.names(r"^xl/workbook\.bin$"):
        for kind, body in records(package.bytes(name)):
            if kind == _SHEET:
                found.text.add("header", _last_string(body))
    used: set[int] = set()
    for name in package.names(r"^xl/(?:worksheets|macrosheets|chartsheets)/[^/]*\.bin$"):
        _sheet(found, package.bytes(name), shared, used)
    found.text.add("hidden", "\n".join(text for i, text in enumerate(shared) if i not in used))
    for name in package.names(r"^xl/comments[^/]*\.bin$"):
        for kind, body in records(package.bytes(name)):
            text = (
                wide(body, 1) if kind == _COMMENT_TEXT else wide(body, 0) if kind == _COMMENT_AUTHOR else None
            )
            found.text.add("comment", text or "")
    for name in package.names(r"^xl/(?!vbaProject|embeddings/|media/|printerSettings/|activeX/)[^.]*\.bin$"):
        data = package.bytes(name)
        if "/styles" not in name:
            found.text.add(
                "hidden", "\n".join(re.findall("[^\x00-\x1f]{4,}", data.decode("utf-16-le", "ignore")))
            )
    for name in package.names(r"^xl/drawings/[^/]*\.(?:xml|vml)$|^xl/threadedComments/.*\.xml$"):
        found.text.add("text_box", xmltext.stripped(package.xml(name)))


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each record: both its kind and its length are numbers of seven bits a byte."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _ in range(4):
            if at >= len(data):
                return
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def wide(body: bytes, at: int) -> str | None:
    """A counted UTF-16 string at this place; None when there is none."""
    if at + 4 > len(body):
        return None
    count = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + 2 * min(count, len(body))].decode("utf-16-le", "replace")


def _sheet(found: Found, data: bytes, shared: list[str], used: set[int]) -> None:
    out: list[str] = []
    for kind, body in records(data):
        if kind == _ROW:
            out.append("\n")
        elif kind == _SHARED and len(body) >= 12:
            index = struct.unpack_from("<I", body, 8)[0]
            if index < len(shared):
                used.add(index)
                out.append(shared[index] + "\t")
        elif kind in (_TEXT, _FORMULA_TEXT):
            out.append((wide(body, 8) or "") + "\t")
        elif kind == _RICH_TEXT:
            out.append((wide(body, 9) or "") + "\t")
        elif kind in (_REAL, _FORMULA_NUMBER) and len(body) >= 16:
            out.append(f"{struct.unpack_from('<d', body, 8)[0]:.15g}\t")
        elif kind == _RK and len(body) >= 12:
            out.append(f"{rk(struct.unpack_from('<I', body, 8)[0]):.15g}\t")
        elif kind == _HEADER_FOOTER:
            _headers(found, body)
        elif kind == _VALIDATION:
            found.text.add(
                "hidden", " ".join(re.findall("[^\x00-\x1f]{4,}", body.decode("utf-16-le", "ignore")))
            )
    found.text.add("sheet", "".join(out))


def rk(value: int) -> float:
    """A number in Excel's four-byte form."""
    number: float
    if value & 2:
        number = float(struct.unpack("<i", struct.pack("<I", value))[0] >> 2)
    else:
        number = float(struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", value & 0xFFFFFFFC))[0])
    return number / 100 if value & 1 else number


def _headers(found: Found, body: bytes) -> None:
    at = 2
    while at + 4 <= len(body):
        count = struct.unpack_from("<I", body, at)[0]
        if count == 0xFFFFFFFF:
            count = 0
        found.text.add("header", header_text(wide(body, at) or "") if count else "")
        at += 4 + 2 * count


def _last_string(body: bytes) -> str:
    """A sheet's record ends in its name, after its relation's name."""
    first = wide(body, 8)
    return (wide(body, 12 + 2 * len(first)) or "") if first is not None else ""
