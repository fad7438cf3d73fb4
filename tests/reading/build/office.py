"""Office files of today: OOXML by python-docx, openpyxl and XlsxWriter, XLSB and ODF by hand."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import io
import struct
import zipfile

import docx
import openpyxl
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment

from tests.reading.build.archives import zip_file


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
