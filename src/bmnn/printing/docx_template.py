"""The DOCX templates an office starts from: made by code, so that nothing in the repository is unreadable.

A template is an ordinary Word file with Jinja tags (docxtpl). The names in the tags are Vietnamese without marks:
co_quan_cap_tren, co_quan, so, dia_danh_ngay, ten_loai, trich_yeu, kinh_gui, can_cu, noi_dung, chu_ky, noi_nhan …
An office may change fonts, margins and words and keep the file beside its data; `document_docx` then uses it.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document as new_document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bmnn.printing.model import Style

CENTER, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
# Marks the tables whose columns are set after filling: to the widths of the data, or all alike for signatures.
TABLE_MARK, SIGNATURES_MARK = "bmnn", "bmnn-ky"
SIGNATURES_A_ROW = 3
_RED = RGBColor(0xC0, 0, 0)


def build(style: Style) -> bytes:
    """The template of a style as a Word file."""
    document = new_document()
    _page(document)
    _head(document, style)
    _title(document, style)
    _to(document, style)
    _body(document)
    _signatures(document, style)
    _foot(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), "Times New Roman")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True


def _say(
    place: Any,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: Any = CENTER,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    red: bool = False,
) -> Any:
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(indent)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic, run.underline = bold, italic, underline
    if red:
        run.font.color.rgb = _RED
    return paragraph


def _tag(place: Any, tag: str) -> None:
    """A line that holds only a tag; it vanishes when the template is filled."""
    place.add_paragraph("{%p " + tag + " %}")


def _cells(document: Any, widths: tuple[float, ...], *, ruled: bool = False) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
    return table


def _head(document: Any, style: Style) -> None:
    left, right = _cells(document, (64, 101)).rows[0].cells
    _tag(left, "if co_quan_cap_tren")
    _say(left, "{{ co_quan_cap_tren }}", size=13)
    _tag(left, "endif")
    _say(left, "{{ co_quan }}", size=13, bold=True)
    if style == "party":
        _say(left, "*")
    else:
        _say(left, "─────────", size=6)
    _say(left, "{{ so }}", size=14 if style == "party" else 13)
    _tag(left, "if cong_van and trich_yeu")
    _say(left, "{{ trich_yeu }}", size=12)
    _tag(left, "endif")
    _tag(left, "if dau_mat")
    _boxed(_say(left, "{{ dau_mat }}", size=13, bold=True, before=6, red=True))
    _tag(left, "endif")
    _tag(left, "if muc_do_khan")
    _boxed(_say(left, "{{ muc_do_khan }}", size=13, bold=True, before=6, red=True))
    _tag(left, "endif")
    _tag(left, "for dong in pham_vi")
    _say(left, "{{ dong }}", size=13, bold=True)
    _tag(left, "endfor")
    if style == "party":
        _say(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, underline=True)
    else:
        _say(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
        _say(right, "Độc lập - Tự do - Hạnh phúc", size=13.5, bold=True, underline=True)
    _say(right, "{{ dia_danh_ngay }}", italic=True, before=8)


def _boxed(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "double"), ("sz", "4"), ("space", "2"), ("color", "C00000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._element.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(15)


def _title(document: Any, style: Style) -> None:
    _tag(document, "if not cong_van")
    _say(document, "{{ ten_loai }}", bold=True, before=14)
    _tag(document, "if trich_yeu")
    _say(document, "{{ trich_yeu }}", bold=True)
    _tag(document, "endif")
    _say(document, "-----" if style == "party" else "─────────", size=14 if style == "party" else 6, after=8)
    _tag(document, "endif")


def _to(document: Any, style: Style) -> None:
    party = style == "party"
    _tag(document, "if kinh_gui|length == 1")
    _say(document, "Kính gửi: {{ kinh_gui[0] }}", italic=party, before=8, after=8)
    _tag(document, "endif")
    _tag(document, "if kinh_gui|length > 1")
    _say(document, "Kính gửi:", italic=party, align=LEFT, before=8, indent=35)
    _tag(document, "for noi in kinh_gui")
    _say(document, "- {{ noi }}", align=LEFT, indent=40)
    _tag(document, "endfor")
    _tag(document, "endif")


def _body(document: Any) -> None:
    text: dict[str, Any] = {"align": JUSTIFY, "indent": 10, "before": 3, "after": 3}
    _tag(document, "for dong in can_cu")
    _say(document, "{{ dong }}", italic=True, **text)
    _tag(document, "endfor")
    _tag(document, "for khoi in noi_dung")
    kinds: tuple[tuple[str, str, dict[str, bool]], ...] = (
        ("doan", "{{ khoi.chu }}", {}),
        ("doan_dam", "{{ khoi.chu }}", {"bold": True}),
        ("doan_nghieng", "{{ khoi.chu }}", {"italic": True}),
        ("muc", "{{ khoi.chu }}", {"bold": True}),
        ("tieu_muc", "{{ khoi.chu }}", {"bold": True, "italic": True}),
        ("gach_dau_dong", "- {{ khoi.chu }}", {}),
        ("dong", "{{ khoi.nhan }}: {{ khoi.chu }}", {}),
    )
    for kind, words, look in kinds:
        _tag(document, f"if khoi.loai == '{kind}'")
        _say(document, words, **text, **look)
        _tag(document, "endif")
    _tag(document, "if khoi.loai == 'bang'")
    _table(document)
    _tag(document, "endif")
    _tag(document, "endfor")


def _table(document: Any) -> None:
    _tag(document, "if khoi.ten")
    _say(document, "{{ khoi.ten }}", bold=True, before=6, after=3)
    _tag(document, "endif")
    table = _cells(document, (20, 125, 20), ruled=True)
    _mark(table, TABLE_MARK)
    _row(table.rows[0], ("{%tc for o in khoi.cot %}", "{{ o }}", "{%tc endfor %}"), head=True)
    for words in (
        ("{%tr for dong in khoi.dong %}", "", ""),
        ("{%tc for o in dong %}", "{{ o }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    ):
        _row(_empty_row(table), words)
    _say(document, "", size=6)


def _mark(table: Any, words: str) -> None:
    note = OxmlElement("w:tblDescription")
    note.set(qn("w:val"), words)
    table._element.tblPr.append(note)


def _empty_row(table: Any) -> Any:
    row = table.add_row()
    for cell in row.cells:
        cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
    return row


def _row(row: Any, words: tuple[str, ...], *, head: bool = False) -> None:
    rules = row._tr.get_or_add_trPr()
    rules.append(OxmlElement("w:cantSplit"))
    if head:
        rules.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(row.cells, words, strict=True):
        _say(cell, text, size=12, bold=head, align=CENTER if head else LEFT)


def _signatures(document: Any, style: Style) -> None:
    _say(document, "", size=8)
    _tag(document, "if chu_ky|length > 1")
    table = _cells(document, (20, 125, 20))
    _mark(table, SIGNATURES_MARK)
    _row(table.rows[0], ("{%tr for hang in hang_ky %}", "", ""))
    first, middle, last = _empty_row(table).cells
    first.add_paragraph("{%tc for ky in hang %}")
    _signer(middle)
    last.add_paragraph("{%tc endfor %}")
    _row(_empty_row(table), ("{%tr endfor %}", "", ""))
    _kept(document, style)
    _tag(document, "else")
    left, right = _cells(document, (82, 83)).rows[0].cells
    _kept(left, style)
    left.add_paragraph()
    _tag(right, "for ky in chu_ky")
    _signer(right)
    _tag(right, "endfor")
    right.add_paragraph()
    _tag(document, "endif")


def _signer(cell: Any) -> None:
    _tag(cell, "if ky.tham_quyen")
    _say(cell, "{{ ky.tham_quyen }}", bold=True)
    _tag(cell, "endif")
    _say(cell, "{{ ky.chuc_vu }}", bold=True)
    _tag(cell, "if ky.ghi_chu")
    _say(cell, "{{ ky.ghi_chu }}", size=12, italic=True)
    _tag(cell, "endif")
    _say(cell, "{{ ky.ho_ten }}", bold=True, before=62)


def _kept(place: Any, style: Style) -> None:
    party = style == "party"
    _tag(place, "if noi_nhan")
    _say(
        place,
        "Nơi nhận:",
        size=14 if party else 12,
        bold=not party,
        italic=not party,
        underline=party,
        align=LEFT,
    )
    _tag(place, "for noi in noi_nhan")
    _say(place, "{{ noi }}", size=12 if party else 11, align=LEFT)
    _tag(place, "endfor")
    _tag(place, "endif")
    _tag(place, "if nguoi_soan")
    _say(place, "{{ nguoi_soan }}", size=11, align=LEFT)
    _tag(place, "endif")


def _foot(document: Any) -> None:
    section = document.sections[0]
    header = section.header.paragraphs[0]
    header.alignment = CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = header.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        run = paragraph.add_run("{{ chan_trang }}")
        run.font.size = Pt(9)
