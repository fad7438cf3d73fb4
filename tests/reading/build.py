"""Builds small files of every format around a text, by other people's writers or by hand from the specifications."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

import docx
import openpyxl
import py7zr
import typst
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image, ImageDraw, ImageFont

from bmnn.vietnamese import tables
from tests.reading import cfb

SENTENCE = (
    "Tài liệu này thuộc phạm vi bí mật nhà nước, chỉ người có tên trong danh sách được nghiên cứu; "
    "kế hoạch phòng thủ khu vực ven biển không được sao chụp dưới mọi hình thức."
)
"""Long enough, and with enough marks, for any old encoding to be recognised; no capital with a mark (TCVN3 has none)."""


# ---- text and encodings


def encodings(text: str) -> dict[str, bytes]:
    """The text in every encoding that is met, by the name the reader gives it."""
    return {
        "utf-8": text.encode(),
        "utf-8 with BOM": b"\xef\xbb\xbf" + text.encode(),
        "utf-8 NFD": unicodedata.normalize("NFD", text).encode(),
        "utf-16 LE": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16 BE": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-16 LE without BOM": text.encode("utf-16-le"),
        "utf-16 BE without BOM": text.encode("utf-16-be"),
        "utf-32 LE": b"\xff\xfe\0\0" + text.encode("utf-32-le"),
        "utf-32 BE without BOM": text.encode("utf-32-be"),
        "cp1258": cp1258(text),
        "tcvn3": legacy(text, "tcvn3"),
        "vni": legacy(text, "vni"),
        "viscii": legacy(text, "viscii"),
        "vps": legacy(text, "vps"),
        "viqr": viqr(text).encode("ascii"),
    }


def cp1258(text: str) -> bytes:
    """Base letters precomposed with their shape, tones as combining marks: what Windows writes."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", apart.replace(tone, ""))
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


def legacy(text: str, name: str) -> bytes:
    """TCVN3, VISCII, VPS byte by byte; VNI as letter and mark."""
    if name == "vni":
        return _vni(text)
    high, first, low = {
        "tcvn3": (tables.TCVN3_HIGH, 0xA1, {}),
        "viscii": (tables.VISCII_HIGH, 0x80, tables.VISCII_LOW),
        "vps": (tables.VPS_HIGH, 0x80, tables.VPS_LOW),
    }[name]
    codes = {c: first + i for i, c in enumerate(high) if c != "\0"} | {c: i for i, c in low.items()}
    return bytes(codes.get(c, ord(c) if ord(c) < 128 else 0x3F) for c in unicodedata.normalize("NFC", text))


def _vni(text: str) -> bytes:
    letters = {v: k for k, v in tables.VNI_LETTERS.items()}
    marks = {v: k for k, v in tables.VNI_MARKS.items()}
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) < 128:
            out.append(letter)
        elif letter in letters:
            out.append(letters[letter])
        else:
            apart = unicodedata.normalize("NFD", letter)
            whole = {unicodedata.normalize("NFC", apart[0] + "".join(m)): m for m in [apart[1:]]}
            base, rest = apart[0], apart[1:]
            if base + rest[0] in ("o\u031b", "u\u031b", "O\u031b", "U\u031b"):
                base, rest = letters[unicodedata.normalize("NFC", base + rest[0])], rest[1:]
            mark = next((m for m in (rest, rest[::-1]) if m in marks), None)
            out.append(base + (marks[mark] if mark else "") if whole else "")
    return "".join(out).encode("latin-1")


def viqr(text: str) -> str:
    """RFC 1456: shape and tone after the letter, punctuation escaped."""
    signs = {
        "\u0302": "^",
        "\u0306": "(",
        "\u031b": "+",
        "\u0301": "'",
        "\u0300": "`",
        "\u0309": "?",
        "\u0303": "~",
        "\u0323": ".",
    }
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in "đĐ":
            out.append("dd" if letter == "đ" else "DD")
            continue
        apart = unicodedata.normalize("NFD", letter)
        shape = "".join(signs[c] for c in apart[1:] if c in "\u0302\u0306\u031b")
        tone = "".join(signs[c] for c in apart[1:] if c not in "\u0302\u0306\u031b")
        out.append(apart[0] + shape + tone)
    return "".join(out)


# ---- office, new


def docx_file(**where: str) -> bytes:
    """A Word document with texts at places: body, header, footer, box, deleted, inserted, hidden, comment, cell, title,
    footnote."""
    document = docx.Document()
    document.add_paragraph(where.get("body", "Nội dung bình thường."))
    section = document.sections[0]
    section.header.paragraphs[0].text = where.get("header", "")
    section.footer.paragraphs[0].text = where.get("footer", "")
    paragraph = document.add_paragraph("Đoạn có sửa ")
    for tag, inner in (("ins", "t"), ("del", "delText")):
        text = where.get("inserted" if tag == "ins" else "deleted", "")
        half = len(text) // 2
        runs = "".join(
            f'<w:r><w:{inner} xml:space="preserve">{part}</w:{inner}></w:r>'
            for part in (text[:half], text[half:])
        )
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x">{runs}</w:{tag}>'))
    if "box" in where:
        document.add_paragraph("Trước hộp ")._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
                f"<w:p><w:r><w:t>{where['box']}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )
    document.add_paragraph("").add_run(where.get("hidden", "")).font.hidden = True
    table = document.add_table(1, 2)
    table.cell(0, 1).text = where.get("cell", "")
    if "comment" in where:
        document.add_comment(document.paragraphs[0].runs, text=where["comment"], author="x")
    document.core_properties.title = where.get("title", "")
    out = io.BytesIO()
    document.save(out)
    if "footnote" in where:
        note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{where["footnote"]}</w:t></w:r></w:p></w:footnote></w:footnotes>'
        return add_to_zip(out.getvalue(), {"word/footnotes.xml": note.encode()})
    return out.getvalue()


def add_to_zip(data: bytes, parts: dict[str, bytes]) -> bytes:
    """More members at the end of a zip."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def xlsx_file(
    cell: str = "", hidden: str = "", comment: str = "", header: str = "", inline: str = ""
) -> bytes:
    """A workbook by openpyxl (shared strings) with a hidden sheet, a comment and a page header."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["C3"] = cell, 1234.5
    if comment:
        sheet["B2"].comment = Comment(comment, "x")
    sheet.oddHeader.center.text = header
    other = book.create_sheet("ẩn")
    other["A1"] = hidden
    other.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    if inline:
        inner = f'<worksheet><sheetData><row><c t="inlineStr"><is><t>{inline}</t></is></c></row></sheetData></worksheet>'
        return add_to_zip(out.getvalue(), {"xl/worksheets/sheet9.xml": inner.encode()})
    return out.getvalue()


def xlsx_box(text: str) -> bytes:
    """A workbook by XlsxWriter with a text box."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().insert_textbox("B2", text)
    return out.getvalue()


def xlsb_file(shared: str = "", inline: str = "", comment: str = "") -> bytes:
    """A binary workbook from MS-XLSB records."""

    def record(kind: int, body: bytes) -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = b"", len(body)
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
            length >>= 7
            if not length:
                return head + size + body

    def wide(text: str) -> bytes:
        raw = text.encode("utf-16-le")
        return struct.pack("<I", len(raw) // 2) + raw

    cell = struct.pack("<II", 1, 0)
    sheet = record(0, b"\0" * 16) + record(7, cell + struct.pack("<I", 0)) + record(6, cell + wide(inline))
    sheet += record(5, cell + struct.pack("<d", 98.5)) + record(2, cell + struct.pack("<I", 4200 << 2 | 2))
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": record(156, struct.pack("<II", 2, 1) + wide("rId1") + wide("Trang tính")),
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": record(19, b"\0" + wide(shared)),
        "xl/comments1.bin": record(637, b"\0" + wide(comment)),
    }
    return zip_file(parts)


def pptx_file(slide: str = "", note: str = "", comment: str = "", hidden: str = "") -> bytes:
    """A presentation with what readers look at: slides (one hidden), notes, comments."""

    def text(words: str) -> str:
        half = len(words) // 2
        return f"<a:p><a:r><a:t>{words[:half]}</a:t></a:r><a:r><a:t>{words[half:]}</a:t></a:r></a:p>"

    return zip_file(
        {
            "[Content_Types].xml": b"<Types/>",
            "ppt/presentation.xml": b"<p:presentation/>",
            "ppt/slides/slide1.xml": f"<p:sld><p:txBody>{text(slide)}</p:txBody></p:sld>".encode(),
            "ppt/slides/slide10.xml": f'<p:sld show="0">{text(hidden)}</p:sld>'.encode(),
            "ppt/notesSlides/notesSlide1.xml": f"<p:notes>{text(note)}</p:notes>".encode(),
            "ppt/comments/comment1.xml": f"<p:cm><p:text>{comment}</p:text></p:cm>".encode(),
        }
    )


def odf_file(kind: str, body: str, **more: str) -> bytes:
    """An OpenDocument package; `more`: header, note, comment, box, deleted, title."""
    content = f"""<?xml version="1.0"?><office:document-content><office:body><office:{kind}>
<text:tracked-changes><text:changed-region><text:deletion><text:p>{more.get("deleted", "")}</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>{body}<office:annotation><text:p>{more.get("comment", "")}</text:p></office:annotation><text:note><text:note-body><text:p>{more.get("note", "")}</text:p></text:note-body></text:note> hết</text:p>
<draw:frame><draw:text-box><text:p>{more.get("box", "")}</text:p></draw:text-box></draw:frame></office:{kind}></office:body></office:document-content>"""
    styles = f"<office:document-styles><style:header><text:p>{more.get('header', '')}</text:p></style:header></office:document-styles>"
    meta = f"<office:document-meta><office:meta><dc:title>{more.get('title', '')}</dc:title></office:meta></office:document-meta>"
    mime = {"text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation"}[kind]
    return zip_file(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{mime}".encode(),
            "content.xml": content.encode(),
            "styles.xml": styles.encode(),
            "meta.xml": meta.encode(),
        }
    )


def ods_file(text: str) -> bytes:
    """A sheet with a cell, repeated a million times after it."""
    cell = f'<table:table table:name="Bảng"><table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="1000000"/></table:table-row></table:table>'
    content = f"<office:document-content><office:body><office:spreadsheet>{cell}{rest}</office:spreadsheet></office:body></office:document-content>"
    entry = b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">%s</manifest:manifest>'
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return zip_file(
        {"mimetype": mime, "META-INF/manifest.xml": manifest % entry, "content.xml": content.encode()}
    )


# ---- office, old


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


# ---- mail and web


def eml_file(
    plain: str = "", markup: str = "", attachments: dict[str, bytes] | None = None, subject: str = ""
) -> bytes:
    """A mail by the standard library: two bodies that differ, attachments."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@xa.vn", "b@xa.vn", subject or "Về việc họp"
    mail.set_content(plain or "Kính gửi")
    if markup:
        mail.add_alternative(f"<html><body><p>{markup}</p></body></html>", subtype="html")
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def mbox_file(*mails: bytes) -> bytes:
    """A mailbox."""
    return b"".join(
        b"From a@xa.vn Mon Jan  5 08:00:00 2026\n" + mail.replace(b"\nFrom ", b"\n>From ") + b"\n"
        for mail in mails
    )


def mhtml_file(text: str) -> bytes:
    """A page saved as one file."""
    page = base64.encodebytes(f"<html><body><p>{text}</p></body></html>".encode()).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://xa.vn/\r\nSubject: trang\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: base64\r\nContent-Location: http://xa.vn/\r\n\r\n{page}\r\n--b--\r\n"
    ).encode()


def html_file(text: str, hidden: str = "") -> bytes:
    """A page with script, style, hidden text, an attribute and a comment."""
    half = len(text) // 2
    return (
        f"<!DOCTYPE html><html><head><title>Trang</title><style>.khong{{}}</style><script>var khongthay=1;</script></head><body>"
        f"<p>{text[:half]}<b>{text[half:]}</b></p><div style='display:none'>{hidden}</div></body></html>"
    ).encode()


def telegram_file(text: str) -> bytes:
    """An export of a chat: letters escaped, a text in pieces."""
    pieces = [text[:30], {"type": "bold", "text": text[30:60]}, text[60:]]
    messages = [{"id": 1, "from": "A", "text": "chào"}, {"id": 2, "from": "B", "text": pieces}]
    return json.dumps({"name": "Nhóm", "messages": messages}).encode("ascii")


def tnef_file(body: bytes, name: bytes = b"", data: bytes = b"") -> bytes:
    """winmail.dat with a body and an attachment."""

    def attribute(level: int, number: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x0002800C, body)
    if data:
        out += (
            attribute(2, 0x00069002, b"\0" * 14)
            + attribute(2, 0x00018010, name + b"\0")
            + attribute(2, 0x0006800F, data)
        )
    return out


# ---- archives


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


# ---- pdf and pictures


def pdf_file(*pages: str, attach: dict[str, bytes] | None = None) -> bytes:
    """A PDF typeset by typst, one text a page."""
    inner = "\n#pagebreak()\n".join(f"#text({json.dumps(page, ensure_ascii=False)})" for page in pages)
    source = f'#set text(font: "Liberation Serif", lang: "vi", hyphenate: false)\n{inner}'
    pdf = typst.compile(source.encode())
    assert isinstance(pdf, bytes)
    return pdf if not attach else pdf_with_files(attach)


def pdf_by_hand(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF from its objects (number 1 is the catalogue)."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A PDF stream object's body."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def pdf_with_files(files: dict[str, bytes], note: str = "") -> bytes:
    """A PDF of one empty page with attachments and a note."""
    names, objects = b"", []
    wide = ("\ufeff" + note).encode("utf-16-be").hex().encode()
    for name, data in files.items():
        raw = ("\ufeff" + name).encode("utf-16-be").hex().encode()
        number = 5 + len(objects)
        names += b"<%s> %d 0 R " % (raw, number)
        objects += [b"<</Type/Filespec/F<%s>/UF<%s>/EF<</F %d 0 R>>>>" % (raw, raw, number + 1), stream(data)]
    annotation = b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents<%s>>>" % wide
    return pdf_by_hand(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[%s]>>>>>>" % names,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
            annotation,
            *objects,
        ]
    )


FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


def picture(text: str, size: tuple[int, int] = (1000, 220), mode: str = "L") -> Image.Image:
    """A line or two of print."""
    image = Image.new(mode, size, "white")
    font = ImageFont.truetype(FONT, 34)
    for line, words in enumerate(text.split("\n")):
        ImageDraw.Draw(image).text((40, 40 + 60 * line), words, fill="black", font=font)
    return image


def image_file(kind: str, *images: Image.Image) -> bytes:
    """A picture file; several pictures make a TIFF of several pages."""
    out = io.BytesIO()
    first, rest = images[0], list(images[1:])
    options = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, kind, **options)
    return out.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
