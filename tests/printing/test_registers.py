"""Registers on paper, read back by another program: heads, uncut rows, page numbers, cover, nothing lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.printing import Column, Cover, PrintError, register_pdf
from tests.printing.paper import CHECK, HEADINGS, boxes, ordinary, pages, picture, register, words

MM = 72 / 25.4
INJECTION = [
    "#set page(width: 1mm) #panic()",
    "$x^2$ *đậm* _nghiêng_ `mã` @nhan <nhan> \\ ~ [a] {b}",
    "=1+1 +cmd|' /C calc'!A0 {{ 7*7 }} {% raw %}",
    "<script>alert(1)</script> &amp; \"kép\" 'đơn'",
]


def test_every_page_repeats_the_heads_and_counts_itself() -> None:
    found = pages(register_pdf(register([ordinary(n) for n in range(1, 121)], checkpoint=CHECK)))
    assert len(found) > 2
    for n, page in enumerate(found, 1):
        assert f"Trang {n}/{len(found)}" in page
        assert CHECK.fingerprint in page
        flat = re.sub(r"[\s\u200b]+", "", page)
        assert all(any(part in flat for part in h.replace(" ", "").split(",")) for h in HEADINGS[1:4:2])
        assert all(f"({k})" in page for k in range(1, len(HEADINGS) + 1))


def test_a_voided_line_is_struck_through_and_its_reason_stays_readable() -> None:
    columns = [Column("Số", 1), Column("Trích yếu", 3), Column("Ghi chú", 3, struck=False)]
    rows = [["1", "HHHHIIIIHHHH", "NNNNIIIINNNN"], ["2", "MMMMIIIIMMMM", "TTTTIIIITTTT"]]
    pdf = register_pdf(register(rows, columns=columns, voided=frozenset({0})))
    _sizes, found = boxes(pdf)
    shown = picture(pdf, 300).convert("L")

    def crossed(text: str) -> bool:
        """Whether a line runs through the word from end to end."""
        word = next(w for w in found if w.text == text)
        left, top, right, bottom = (v * 300 / 72 for v in (word.left, word.top, word.right, word.bottom))
        middle = range(int(top + (bottom - top) * 0.3), int(top + (bottom - top) * 0.8))
        return any(
            all(shown.getpixel((x, y)) < 160 for x in range(int(left) + 4, int(right) - 4)) for y in middle
        )

    assert crossed("HHHHIIIIHHHH")
    assert not any(crossed(text) for text in ("NNNNIIIINNNN", "MMMMIIIIMMMM", "TTTTIIIITTTT"))


def test_every_line_stands_on_the_paper_once_and_in_order() -> None:
    text = words(register_pdf(register([ordinary(n) for n in range(1, 121)])))
    assert re.findall(r"Báocáosố(\d+)vềtình", text) == [str(n) for n in range(1, 121)]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 90), min_size=20, max_size=40), st.booleans())
def test_a_line_is_never_cut_between_two_pages(lengths: list[int], landscape: bool) -> None:
    rows = [
        [f"{n}", f"dau{n}x", f"mo{n}x " + "lời " * length + f"het{n}x", "Mật", ""]
        for n, length in enumerate(lengths)
    ]
    _sizes, found = boxes(register_pdf(register(rows, landscape=landscape)))
    for n in range(len(lengths)):
        at = {w.page for w in found if w.text in (f"dau{n}x", f"mo{n}x", f"het{n}x")}
        assert len(at) == 1, f"dòng {n} bị cắt"


def test_a_line_longer_than_a_page_goes_on_to_the_next_and_loses_nothing() -> None:
    long = " ".join(f"tu{n}" for n in range(1800))  # about 10,000 characters
    pdf = register_pdf(register([ordinary(1), ["02", "2/BC", long, "Mật", ""], ordinary(3)]))
    text = words(pdf)
    assert len(long) >= 10_000
    assert all(f"tu{n}" in text for n in (0, 900, 1799))
    assert text.index("tu0") < text.index("tu1799") < text.index("3/BC-UBND")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.text("ABMWỆưđ0189/-@_ ợ", min_size=0, max_size=400) | st.just("W" * 3000), min_size=4, max_size=8
    )
)
def test_nothing_leaves_its_page_or_its_column(texts: list[str]) -> None:
    columns = [Column("Cột một", 0.7), Column("Cột hai", 2.0), Column("Cột ba", 0.7)]
    rows = [[t, f"GIUA{n}", t] for n, t in enumerate(texts)]
    sizes, found = boxes(register_pdf(register(rows, columns=columns)))
    for word in found:
        wide, high = sizes[word.page]
        assert word.right <= wide - 10 * MM + 1, word
        assert word.bottom <= high, word
    room = (210 - 22 - 10) * MM
    first_end = 22 * MM + room * 0.7 / 3.4
    for word in found:
        # What begins in the first column ends in it (letters may touch the inset, never the next column).
        if word.left < first_end - 4 and "GIUA" not in word.text and 60 < word.top < sizes[word.page][1] - 60:
            assert word.right <= first_end + 1, word


@pytest.mark.parametrize("text", INJECTION)
def test_what_was_typed_is_printed_as_typed(text: str) -> None:
    assert re.sub(r"\s+", "", text) in words(register_pdf(register([["01", "1/BC", text, "Mật", text]])))


def test_marks_that_turn_text_round_are_shown_and_controls_vanish() -> None:
    text = words(
        register_pdf(register([["01", "1/BC", "trước\u202eabc\u202csau \x07\x00 h\u006f\u0300a", "Mật", ""]]))
    )
    assert "trước?abc?sauhòa" in text


def test_the_cover_bears_its_six_notes_and_dots_for_what_is_not_known() -> None:
    cover = Cover(
        "Ủy ban nhân dân xã Mẫu Một", "2026", "Ủy ban nhân dân tỉnh Mẫu", date(2026, 1, 5), None, 1, None, 2
    )
    found = pages(register_pdf(register([ordinary(1)], cover=cover, form="Phụ lục III", mark="MẪU")))
    front = found[0]
    for piece in (
        "ỦY BAN NHÂN DÂN TỈNH MẪU",
        "ỦY BAN NHÂN DÂN XÃ MẪU MỘT",
        "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI",
        "Năm: 2026",
        "Từ ngày 05/01/2026 đến ngày .....",
        "Từ số 01 đến số .....",
        "Quyển số: 02",
    ):
        assert piece in front
    assert "Trang" not in front
    assert "Trang 1/1" in found[1]


def test_closing_line_signatures_blank_lines_and_columns_for_the_pen() -> None:
    columns = [Column("Số thứ tự"), Column("Ký nhận", by_hand=True)]
    pdf = register_pdf(
        register(
            [["01", "không được in"]],
            columns=columns,
            closing="Quyển này có 1 số thứ tự.",
            signatures=("Người giữ sổ", "Thủ trưởng cơ quan"),
            blank_rows=6,
        )
    )
    text = words(pdf)
    assert "khôngđượcin" not in text
    assert "Quyểnnàycó1sốthứtự." in text
    assert "Ngườigiữsổ" in text and "Thủtrưởngcơquan" in text
    _sizes, found = boxes(pdf)
    line = next(w for w in found if w.text == "01")
    closing = next(w for w in found if w.text == "Quyển")
    assert closing.top - line.bottom > 6 * 7 * MM


def test_bad_data_is_refused_in_words() -> None:
    with pytest.raises(PrintError, match="Dòng 2 có 1 ô nhưng biểu có 5 cột"):
        register_pdf(register([ordinary(1), ["02"]]))
    with pytest.raises(PrintError, match="không có cột"):
        register_pdf(register([], columns=[]))


def test_an_empty_register_still_prints_its_heads() -> None:
    assert "Độmật" in words(register_pdf(register([])))


def test_a_book_too_long_for_one_print_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(PrintError, match=r"hơn 10\.000 dòng; hãy in từng quyển"):
        register_pdf(register([ordinary(1)] * 10_001))


def test_what_the_typesetter_remembers_of_large_books_does_not_pile_up() -> None:
    """Seven books in a row: the memory after the last is near that after the third."""
    import threading

    from bmnn.printing.render import FORGETTING

    def book(run: int) -> int:
        rows = [[f"{n}", f"{run}/{n}", f"Báo cáo {run} số {n} của đơn vị", "Mật", ""] for n in range(600)]
        register_pdf(register(rows))
        for thread in threading.enumerate():
            if thread.name == FORGETTING:
                thread.join()
        with open("/proc/self/statm") as said:
            return int(said.read().split()[1]) * 4096 // 2**20

    used = [book(run) for run in range(7)]
    assert used[-1] - used[2] < 60, used


def test_the_code_on_each_page_gives_back_the_whole_checkpoint() -> None:
    import cv2
    import numpy

    pdf = register_pdf(register([ordinary(n) for n in range(1, 60)], checkpoint=CHECK))
    for page in (1, 2):
        image = picture(pdf, 300, page)
        foot = image.crop((0, image.height * 5 // 6, image.width // 2, image.height))
        said, _points, _straight = cv2.QRCodeDetector().detectAndDecode(numpy.array(foot))
        assert said == CHECK.note
