"""Office files of the old kind, built from the specifications: compound files and RTF."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import struct

from tests.reading import cfb


def doc_file(body: str, header: str = "", comment: str = "", box: str = "", narrow: bytes | None = None, flags: int = 0,
             embedded: cfb.Tree | None = None) -> bytes:  # fmt: skip
    """Word 97: two pieces, the second with a field; `narrow`: eight-bit bytes of a third piece (cp1252 letters)."""
    texts = [body + " \x13 PAGE \x141\x15\r", header, comment, box]
    counts = [len(texts[0]) + len(narrow or b""), 0, len(header), 0, len(comment), 0, len(box), 0]
    pieces = [texts[0][:5].encode("utf-16-le"), texts[0][5:].encode("utf-16-le")]
    lengths = [5, len(texts[0]) - 5]
    wide = [True, True]
    if narrow is not None:
        pieces.append(narrow)
        lengths.append(len(narrow))
        wide.append(False)
    rest = "".join(texts[1:])
    pieces.append(rest.encode("utf-16-le"))
    lengths.append(len(rest))
    wide.append(True)
    stream, places, descriptors, at = bytearray(0x800), [0], b"", 0
    for piece, length, two in zip(pieces, lengths, wide, strict=True):
        where = len(stream) if two else len(stream) * 2 | 0x40000000
        stream += piece
        at += length
        places.append(at)
        descriptors += struct.pack("<HIH", 0, where, 0)
    plc = struct.pack(f"<{len(places)}I", *places) + descriptors
    clx = b"\x01" + struct.pack("<H", 4) + b"junk" + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 0x0A, 0x0200 | flags)
    struct.pack_into("<8i", stream, 0x4C, *counts)
    struct.pack_into("<II", stream, 0x1A2, 16, len(clx))
    tree: cfb.Tree = {"WordDocument": bytes(stream), "1Table": b"\0" * 16 + clx}
    return cfb.write(tree | (embedded or {}))


def word95_file(body: bytes) -> bytes:
    """Word 95: eight-bit text in one stretch."""
    stream = bytearray(0x300)
    struct.pack_into("<HH", stream, 0, 0xA5DC, 0x68)
    struct.pack_into("<II", stream, 0x18, 0x300, 0x300 + len(body))
    return cfb.write({"WordDocument": bytes(stream) + body})


def xls_file(
    cell: str = "", comment: str = "", label: bytes | None = None, encrypted: bool = False, cut: int = 10
) -> bytes:
    """Excel 97: shared strings cut between two records after `cut` characters, a comment, a number."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    raw = cell.encode("utf-16-le")
    first = struct.pack("<IIHB", 1, 1, len(cell), 1) + raw[: 2 * cut]
    book = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if encrypted:
        book += record(0x2F, b"\x01\0\x01\0\x01\0" + b"\0" * 48)
    strings = record(0xFC, first) + record(0x3C, b"\x01" + raw[2 * cut :]) + record(0x0A, b"")
    start = len(book) + 4 + 13 + len(strings)
    book += record(0x85, struct.pack("<IHBB", start, 1, 5, 0) + b"Sheet") + strings  # hidden
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(
        0x203, struct.pack("<HHHd", 1, 0, 0, 314.25)
    )
    note = comment.encode("utf-16-le")
    sheet += record(0x1B6, struct.pack("<8HI", 0, 0, 0, 0, 0, len(comment), 16, 0, 0)) + record(
        0x3C, b"\x01" + note
    )
    if label is not None:
        sheet += record(0x204, struct.pack("<HHHHB", 2, 0, 0, len(label), 0) + label)
    sheet += record(0x0A, b"")
    return cfb.write({"Workbook": book + sheet})


def ppt_file(slide: str, note: str = "", narrow: bytes = b"") -> bytes:
    """PowerPoint 97: atoms in containers."""

    def atom(kind: int, body: bytes, container: bool = False) -> bytes:
        return struct.pack("<HHI", 0xF if container else 0, kind, len(body)) + body

    slides = atom(0x03EE, atom(0x0FA0, slide.encode("utf-16-le")) + atom(0x0FA8, narrow), True)
    notes = atom(0x03F0, atom(0x0FA0, note.encode("utf-16-le")), True)
    return cfb.write({"PowerPoint Document": atom(0x03E8, slides + notes, True), "Current User": b"\0" * 20})


def msg_file(
    body: str,
    attachment: bytes = b"",
    inner: str = "",
    html: bytes = b"",
    narrow: bytes = b"",
    rtf: bytes = b"",
) -> bytes:
    """An Outlook message with a file and another message attached."""
    tree: cfb.Tree = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_0037001F": "Tiêu đề thư".encode("utf-16-le"),
    }
    if narrow:
        tree["__substg1.0_1000001E"] = narrow
    else:
        tree["__substg1.0_1000001F"] = body.encode("utf-16-le")
    if html:
        tree["__substg1.0_10130102"] = html
    if rtf:
        tree["__substg1.0_10090102"] = rtf
    if attachment:
        tree["__attach_version1.0_#00000000"] = {
            "__substg1.0_37010102": attachment,
            "__substg1.0_3707001F": "tệp kèm.bin".encode("utf-16-le"),
        }
    if inner:
        tree["__attach_version1.0_#00000001"] = {
            "__substg1.0_3701000D": {
                "__properties_version1.0": b"\0" * 24,
                "__substg1.0_1000001F": inner.encode("utf-16-le"),
            }
        }
    tree["__recip_version1.0_#00000000"] = {"__substg1.0_3001001F": "Nguyễn Văn A".encode("utf-16-le")}
    return cfb.write(tree)


def ole_package(name: str, data: bytes) -> bytes:
    """The stream of an OLE package: label, file, path, bytes."""
    label = name.encode("cp1258", "replace") + b"\0"
    inner = struct.pack("<H", 2) + label + label + struct.pack("<HHI", 0, 3, len(label)) + label
    inner += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(inner)) + inner


def rtf_escape(text: str) -> str:
    """Letters above ASCII as \\u with a question mark to skip."""
    return "".join(c if ord(c) < 128 else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text)


def rtf_file(body: str = "", header: str = "", box: str = "", note: str = "", comment: str = "", title: str = "",
             narrow: bytes = b"", picture: bytes = b"", deleted: str = "") -> bytes:  # fmt: skip
    """RTF with everything a reader must see and much it must not."""
    e = rtf_escape
    hexed = "".join(f"\\'{c:02x}" for c in narrow)
    parts = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset163 Tahoma;}{\f2\fnil\fcharset0 .VnTime;}}",
        r"{\stylesheet{\s0 Normal khong thay;}}{\colortbl;\red0\green0\blue0;}{\*\generator khong thay;}",
        rf"{{\info{{\title {e(title)}}}{{\author x}}}}{{\header {{\pard {e(header)}\par}}}}",
        rf"\pard\plain\f0 {e(body)}{{\footnote {{\chftn}} {e(note)}}}{{\*\annotation {{\chatn}} {e(comment)}}} {e('hết câu')}\par",
        rf"{{\deleted {e(deleted)}}}{{\shp{{\*\shpinst\shpleft0{{\sp{{\sn a}}{{\sv 1}}}}{{\shptxt {{\pard {e(box)}\par}}}}}}}}\par",
        rf"{{\f2 {hexed}}}\par",
    ]
    if picture:
        parts.append(r"{\pict\pngblip\picw10\pich10 " + picture.hex() + "}")
    return "".join(parts).encode("ascii") + b"}"
