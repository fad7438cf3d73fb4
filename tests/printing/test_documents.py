"""Letters and minutes in the two layouts, as PDF and as DOCX, with templates an office may replace."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile

from bmnn import law
from bmnn.printing import (
    TEMPLATE_NAMES,
    Column,
    Document,
    Facts,
    Head,
    Heading,
    Items,
    Paragraph,
    PrintError,
    Signature,
    Table,
    document_docx,
    document_pdf,
    template_docx,
)
from tests.printing.paper import CHECK, boxes, words
from tests.printing.test_registers import INJECTION

STATE = Head(
    "Ủy ban nhân dân xã Mẫu Một", "Ủy ban nhân dân tỉnh Mẫu", "12", "BB-UBND", "Mẫu Một", date(2026, 2, 5)
)
PARTY = Head("Đảng ủy xã Mẫu Một", "Đảng bộ tỉnh Mẫu", "05", "KH/ĐU", "Mẫu Một", date(2026, 6, 5), "party")
_ROWS = [[str(n), f"USB số {n}"] for n in range(1, 4)]
TABLE = Table([Column("TT", 0.5), Column("Phát hiện", 3)], _ROWS, "Các phát hiện")
MINUTES = Document(
    STATE,
    "BIÊN BẢN",
    "Kiểm tra máy tính",
    [
        Paragraph("Hôm nay tổ kiểm tra lập biên bản này."),
        Heading("I. THÀNH PHẦN"),
        Facts([("Đại diện", "Ông Hoàng Văn Kiểm"), ("Số máy", "")]),
        Items(["Không thấy dấu vết Internet."]),
        TABLE,
        Paragraph("Biên bản đã đọc lại cho mọi người cùng nghe."),
    ],
    signatures=[
        Signature("Người lập", "Trần Thị An", note="(Ký, ghi rõ họ tên)"),
        Signature("Người chứng kiến"),
    ],
    end=False,
)
LETTER = Document(
    replace(STATE, symbol="UBND-VP"),
    "",
    "đôn đốc báo cáo năm",
    [Paragraph("Đề nghị các đơn vị gửi báo cáo.")],
    to=["Công an xã", "Trường học"],
    recipients=["- Như trên;", "- Lưu: VT."],
    signatures=[Signature("Chủ tịch", "Lê Văn Trưởng", "TM. Ủy ban nhân dân")],
)


def _flat(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def _word(made: bytes) -> WordFile:
    return docx.Document(io.BytesIO(made))


def _said(made: bytes) -> str:
    """Every word of a Word file, tables too, as python-docx reads it."""
    found = []
    for block in _word(made).iter_inner_content():
        if hasattr(block, "rows"):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return "\n".join(found)


def _both(document: Document) -> tuple[str, str]:
    return words(document_pdf(document)), _flat(_said(document_docx(document)))


def test_minutes_of_the_state_have_its_head_title_and_signers() -> None:
    for text in _both(MINUTES):
        for piece in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN TỈNH MẪU",
            "Số: 12/BB-UBND",
            "Mẫu Một, ngày 05 tháng 02 năm 2026",
            "BIÊN BẢN",
            "Đại diện: Ông Hoàng Văn Kiểm",
            "Số máy: ......",
            "- Không thấy dấu vết Internet.",
            "USB số 3",
            "NGƯỜI LẬP",
            "Trần Thị An",
            "NGƯỜI CHỨNG KIẾN",
        ):
            assert _flat(piece) in text
        assert "ĐẢNGCỘNGSẢN" not in text
        assert "nghe./." not in text


def test_a_letter_says_what_it_is_about_under_its_number_and_ends_as_the_state_wants() -> None:
    for text in _both(LETTER):
        assert text.index("Số:12/UBND-VP") < text.index("V/vđônđốcbáocáonăm") < text.index("Kínhgửi:")
        assert "-Cônganxã" in text and "-Trườnghọc" in text
        assert "Đềnghịcácđơnvịgửibáocáo./." in text
        assert "TM.ỦYBANNHÂNDÂN" in text and "Nơinhận:" in text


def test_the_party_has_its_own_head_number_and_full_stop() -> None:
    plan = Document(PARTY, "KẾ HOẠCH", "năm 2026", [Paragraph("Văn phòng theo dõi")])
    for text in _both(plan):
        assert "ĐẢNGCỘNGSẢNVIỆTNAM" in text and "Số05-KH/ĐU" in text
        assert "CỘNGHÒA" not in text and "Độclập" not in text
        assert "Vănphòngtheodõi." in text and "./." not in text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 11, 30), "ngày 30 tháng 11 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (None, "ngày ...... tháng ...... năm ......"),
    ],
)
def test_days_are_written_as_official_papers_write_them(day: date | None, said: str) -> None:
    assert _flat(said) in words(document_pdf(replace(MINUTES, head=replace(STATE, day=day))))


def test_a_number_not_given_yet_is_left_to_the_pen() -> None:
    for text in _both(replace(MINUTES, head=replace(STATE, number=""))):
        assert "Số:....../BB-UBND" in text


@pytest.mark.parametrize("text", [*INJECTION, "{{ so }} {%p if x %} {#", "a\x00b\x07c\u202ed"])
def test_what_was_typed_is_printed_as_typed(text: str) -> None:
    shown = _flat(text.replace("\x00", "").replace("\x07", "").replace("\u202e", "?"))
    evil = replace(
        MINUTES, body=[Paragraph(text), Facts([(text, text)]), Items([text]), Table([Column(text)], [[text]])]
    )
    for said in _both(evil):
        assert said.count(shown) >= 5


def test_long_text_stays_on_its_pages() -> None:
    long = "mộttừrấtdàikhôngcódấucách" * 400
    body = [
        Paragraph(long),
        Facts([("Nhãn", long)]),
        Items([long]),
        Table([Column("A"), Column("B")], [[long, "x"]]),
    ]
    sizes, found = boxes(document_pdf(replace(MINUTES, body=body, checkpoint=CHECK, trace="Bản in số 1")))
    assert len(sizes) > 4
    assert not [
        w for w in found if w.right > sizes[w.page][0] - 12 * 72 / 25.4 or w.bottom > sizes[w.page][1]
    ]


def test_signatures_never_stand_alone_on_a_page() -> None:
    """However long the text is, words of it stand on the page of the signatures."""
    seen = set()
    for lines in range(20, 40):
        body = [*(Paragraph(f"dong{n}x") for n in range(lines)), Paragraph("Lời cuối của biên bản.")]
        _sizes, found = boxes(document_pdf(replace(MINUTES, body=body)))
        signed = {w.page for w in found if w.text == "LẬP"}
        assert {w.page for w in found if w.text == "cuối"} == signed, lines
        seen |= signed
    assert seen == {0, 1}, "the lengths tried must go from one page to two"


def test_the_word_tables_have_the_widths_of_their_columns() -> None:
    table = _word(document_docx(MINUTES)).tables[1]
    first, second = (cell.width for cell in table.rows[0].cells)
    assert second / first == pytest.approx(6, rel=0.02)
    assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")


def test_four_signers_stand_three_in_a_row() -> None:
    four = replace(MINUTES, signatures=[Signature(f"Người ký {n}") for n in range(4)])
    table = _word(document_docx(four)).tables[-1]
    assert [len(row.cells) for row in table.rows] == [3, 3]
    assert "NGƯỜI KÝ 3" in table.rows[1].cells[0].text


def test_the_level_stands_where_the_layout_puts_it() -> None:
    stamp = law.on(date(2026, 4, 1)).stamp("toi_mat")
    for text in _both(replace(LETTER, stamp=stamp)):
        assert text.index("V/v") < text.index("TỐIMẬT") < text.index("Kínhgửi")


def _own(folder: Path, change: tuple[str, str]) -> None:
    """The program's template, changed in one place as an office would in Word."""
    word = _word(template_docx("state"))
    for cell in (c for t in word.tables for r in t.rows for c in r.cells):
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(*change)
    word.save(str(folder / TEMPLATE_NAMES["state"]))


def test_an_office_replaces_the_template(tmp_path: Path) -> None:
    _own(tmp_path, ("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc, {{ co_quan }}"))
    said = _said(document_docx(MINUTES, tmp_path))
    assert "Hạnh phúc, ỦY BAN NHÂN DÂN" in said
    assert "ĐẢNG CỘNG SẢN" in _said(document_docx(replace(MINUTES, head=PARTY), tmp_path))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ ten_la }}", "thẻ không dùng được"),
        ("{{ so", "viết sai thẻ"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "thẻ"),
    ],
)
def test_a_bad_template_is_refused_by_name(tmp_path: Path, tag: str, said: str) -> None:
    _own(tmp_path, ("Độc lập - Tự do - Hạnh phúc", tag))
    with pytest.raises(PrintError, match=f"van-ban-nha-nuoc.docx.*{said}"):
        document_docx(MINUTES, tmp_path)


def test_a_template_that_is_no_word_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / TEMPLATE_NAMES["state"]).write_bytes(b"khong phai docx")
    with pytest.raises(PrintError, match="không phải tệp Word"):
        document_docx(MINUTES, tmp_path)


def test_a_document_without_agency_or_with_a_broken_table_is_refused() -> None:
    with pytest.raises(PrintError, match="tên cơ quan"):
        document_pdf(replace(MINUTES, head=Head("  ")))
    with pytest.raises(PrintError, match="Dòng 1 có 2 ô nhưng biểu có 1 cột"):
        document_docx(replace(MINUTES, body=[Table([Column("A")], [["1", "2"]])]))
