"""Sheets hold strings as strings; stamps have the size the law's data say, measured on the picture."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bmnn import law
from bmnn.printing import PrintError, Sheet, register_xlsx, sheet_xlsx, stamps_pdf
from bmnn.printing.text import clean, soften, width_em
from tests.printing.paper import CHECK, HEADINGS, ordinary, picture, register, words

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "＝",
    "＋",
    "－",
    "＠",
    "{=",
    "'=",
    "=HYPERLINK(1)",
    "http://x",
    "00123",
    "1E5",
]


def _parts(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets"))


def test_five_hundred_formula_strings_stay_strings() -> None:
    payloads = [f"{start}{n}+cmd|' /C calc'!A0" for n in range(34) for start in STARTS][:500]
    made = sheet_xlsx([Sheet("Thử", ["Cột"], [[p] for p in payloads])])
    assert "<f>" not in _parts(made) and "<hyperlink" not in _parts(made)
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(made))["Thử"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [clean(p) for p in payloads]


def test_a_register_comes_back_as_it_was_with_its_fingerprint_beside_it() -> None:
    rows = [ordinary(n) for n in range(1, 31)]
    made = register_xlsx(register(rows, checkpoint=CHECK, trace="Xuất ngày 24/11/2026"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI", "Thông tin"]
    read = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert read[0] == list(HEADINGS)
    assert read[1:] == rows
    facts = dict(book.get_sheet_by_name("Thông tin").to_python())
    assert facts["Dấu vân tay của sổ"] == CHECK.fingerprint
    assert facts["Số dòng"] == "30"


def test_numbers_days_and_nothing_keep_their_kinds() -> None:
    made = sheet_xlsx([Sheet("Thử", ["a", "b", "c", "d"], [[5, date(2026, 3, 5), None, "5"]])])
    row = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()[1]
    assert row == [5.0, date(2026, 3, 5), "", "5"]


def test_a_text_beyond_excels_limit_is_cut_in_sight() -> None:
    made = sheet_xlsx([Sheet("Thử", ["a"], [["dài " * 12_000]])])
    text = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()[1][0]
    assert len(text) == 32_767
    assert text.endswith("xem đủ trên sổ]")


def test_sheet_names_excel_would_refuse_are_made_fit() -> None:
    long = "Sổ đăng ký bí mật nhà nước đi năm 2026"
    names = ["a/b:c*[d]?\\", long, long, "", "''", "History"]
    made = sheet_xlsx([Sheet(n, ["x"], []) for n in names])
    found = CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names
    assert len({n.casefold() for n in found}) == len(names)
    assert all(n and len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in found)


def test_no_sheet_and_no_stamp_are_refused() -> None:
    with pytest.raises(PrintError, match="Không có trang tính"):
        sheet_xlsx([])
    with pytest.raises(PrintError, match="Không có mẫu dấu"):
        stamps_pdf([])


def _red(image: Any, box: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    pixels = image.load()
    left, top, right, bottom = box
    return {
        (x, y)
        for y in range(top, bottom)
        for x in range(left, right)
        if pixels[x, y][0] > 120 and pixels[x, y][1] < 110 and pixels[x, y][2] < 110
    }


@pytest.mark.parametrize("code", ["tuyet_mat", "toi_mat", "mat", "giai_mat"])
def test_a_stamp_is_as_large_on_paper_as_its_form_says(code: str) -> None:
    stamp = law.on(date(2026, 4, 1)).stamp(code)
    assert stamp.width_mm and stamp.height_mm and stamp.gap_mm
    dpi = 300
    image = picture(stamps_pdf([stamp]), dpi)
    mm = dpi / 25.4
    red = _red(image, (0, 0, image.width // 2, image.height // 2))
    columns, rows = {x for x, _y in red}, {y for _x, y in red}
    wide, high = (max(columns) - min(columns) + 1) / mm, (max(rows) - min(rows) + 1) / mm
    assert wide == pytest.approx(stamp.width_mm, abs=0.15)
    assert high == pytest.approx(stamp.height_mm, abs=0.15)
    # The second line begins gap_mm inside the first: walk in from the left at a quarter of the height.
    y = min(rows) + (max(rows) - min(rows)) // 4
    hits = sorted(x for x, row in red if row == y and x < min(columns) + 2 * mm)
    inner = next(x for x, before in zip(hits[1:], hits, strict=False) if x - before > 2)
    assert (inner - hits[0]) / mm == pytest.approx(stamp.gap_mm, abs=0.15)


def test_a_stamp_of_unknown_size_says_so_and_carries_its_badge() -> None:
    unknown = [s for s in law.on(date(2026, 4, 1)).stamps() if s.width_mm is None]
    text = words(stamps_pdf(unknown))
    assert text.count("Kíchthướcchưacótrongvănbảnđãđọc") == len(unknown)
    assert text.count("chưađốichiếu") == sum(1 for s in unknown if s.rule.badge)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_cleaned_text_is_composed_and_holds_nothing_that_hides(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", once
    )


@settings(max_examples=200, deadline=None)
@given(st.text("abWMƯợ01/-. \n", max_size=80), st.floats(1, 12))
def test_softened_text_is_the_same_text_in_pieces_that_fit(text: str, room: float) -> None:
    soft = soften(text, room)
    assert soft.replace("\u200b", "") == text
    for word in soft.split():
        for piece in word.split("\u200b"):
            assert len(piece) <= 1 or len(piece) <= room or width_em(piece) <= room + 0.01
