"""Small grammars: codes, dates, deadlines, bodies, reports, each on sentences of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmnn import directives
from bmnn.directives.bodies import bodies_at, value_of
from bmnn.directives.codes import codes_in, dates_in
from bmnn.directives.deadlines import deadlines_in
from bmnn.directives.lexis import expand, from_capitals
from bmnn.directives.reporting import reports_in
from bmnn.directives.text import Text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Công văn số 7592/UBND-THNC ngày 13/6/2025", ["7592/UBND-THNC"]),
        ("Số: 2293 /VP-HCTC", ["2293/VP-HCTC"]),
        ("Quy định số 58-QĐ/TW và Hướng dẫn 01-HD/BTCTW", ["58-QĐ/TW", "01-HD/BTCTW"]),
        (
            "Luật số 117/2025/QH15, Nghị định 63/2026/NĐ-CP, Quyết định 452/QĐ-TTg",
            ["117/2025/QH15", "63/2026/NĐ-CP", "452/QĐ-TTg"],
        ),
        ("Số: 16 - HD/BTCTW", ["16-HD/BTCTW"]),
        ("44/63 vụ, chiếm 69,9%; ngày 08/02/2022; trực 24/24 giờ; km/h", []),
        ("tỷ lệ 3/5 đơn vị; mục 4.2; điểm a khoản 1", []),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    assert [c.text for c in codes_in(Text.of(text))] == codes


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("58-QD/TW", "58-QĐ/TW"),
        ("58-QB/TW", "58-QĐ/TW"),
        ("63/2026/ND-CP", "63/2026/NĐ-CP"),
        ("12/CD-UBND", "12/CĐ-UBND"),
    ],
)
def test_code_read_badly_is_repaired_and_says_so(read: str, meant: str) -> None:
    (code,) = codes_in(Text.of(f"số {read} ngày"), marks_lost=True)
    assert code.text == meant
    assert code.repaired_from == read


@given(
    st.integers(1, 99999),
    st.sampled_from(["QĐ/TW", "CV/TU", "HD/BTCTW"]),
    st.text(alphabet="abcđ ,.;", max_size=8),
)
def test_digits_of_a_code_are_never_changed(number: int, symbol: str, tail: str) -> None:
    for lost in (False, True):
        for code in codes_in(Text.of(f"theo số {number}-{symbol} {tail}"), lost):
            assert code.number == str(number)


@given(
    st.dates(
        min_value=__import__("datetime").date(1990, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)
    )
)
def test_dates_in_both_writings(day: object) -> None:
    d = day
    for text in (f"ngày {d.day:02d}/{d.month}/{d.year}", f"ngày {d.day} tháng {d.month:02d} năm {d.year}"):  # type: ignore[attr-defined]
        assert [x.day for x in dates_in(Text.of(f"Công văn {text} về việc"))] == [d]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert dates_in(Text.of("ngày 31/02/2025")) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("báo cáo trước ngày 05/4/2023", [("absolute", "2023-04-05", False)]),
        ("hoàn thành chậm nhất ngày 15/11/2025", [("absolute", "2025-11-15", True)]),
        ("hoàn thành trước 17 giờ 00 ngày 12/9/2026", [("absolute", "2026-09-12", False)]),
        ("hoàn thành trong quý II/2026", [("absolute", "2026-06-30", True)]),
        ("hoàn thành trong tháng 2/2028", [("absolute", "2028-02-29", True)]),
        ("định kỳ 6 tháng, hằng năm báo cáo", [("periodic", ["P6M", "P1Y"], None)]),
        ("định kỳ tổng hợp, báo cáo theo quy định", [("periodic", [], None), ("as_regulated", None, None)]),
        ("Kịp thời phát hiện, xử lý nghiêm vi phạm", [("prompt", None, None)]),
        ("khẩn trương triển khai", [("immediate", None, None)]),
        ("Thường xuyên rà soát quy chế", [("continuous", None, None)]),
        ("trong thời hạn 15 ngày kể từ ngày nhận được văn bản", [("relative", None, None)]),
        # things, not deadlines
        ("lồng ghép vào sinh hoạt định kỳ của chi hội", []),
        ("xây dựng kế hoạch kiểm tra định kỳ, đột xuất", []),
        ("xử lý vi phạm theo quy định của pháp luật", []),
        ("bố trí cán bộ ở bộ phận thường xuyên tiếp xúc với tài liệu mật", []),
        ("bảo đảm chặt chẽ, khách quan, kịp thời đúng nguyên tắc", []),
        ("trong năm 2022 phát hiện 63 vụ", []),
        ("theo Công văn số 77/BNV ngày 02/01/2026", []),
    ],
)
def test_deadlines(text: str, kinds: list[tuple[str, object, object]]) -> None:
    found = deadlines_in(Text.of(text))
    shown = []
    for d in found:
        value = (
            d.more.get("date")
            if d.kind == "absolute"
            else d.more.get("period")
            if d.kind == "periodic"
            else None
        )
        shown.append((d.kind, value, d.more.get("inclusive") if d.kind == "absolute" else None))
    assert shown == kinds


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("các cơ quan, đơn vị, địa phương thực hiện", ["các cơ quan, đơn vị, địa phương"]),
        (
            "Các ban của Tỉnh ủy, ban cán sự đảng, đảng đoàn quán triệt",
            ["Các ban của Tỉnh ủy", "ban cán sự đảng", "đảng đoàn"],
        ),
        ("Sở Văn hóa, Thể thao và Du lịch chủ trì", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Sở Tài chính, Nội vụ và Sở Y tế phối hợp", ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"]),
        ("các Bộ: Công an, Quốc phòng chỉ đạo", ["Bộ Công an", "Bộ Quốc phòng"]),
        ("Phòng Kinh tế, Hạ tầng và Đô thị hoàn thành", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        (
            "Ban Tổ chức Tỉnh ủy, Ủy ban Kiểm tra Tỉnh ủy căn cứ",
            ["Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"],
        ),
        (
            "Công an tỉnh - Cơ quan Thường trực Ban Chỉ đạo theo dõi",
            ["Công an tỉnh - Cơ quan Thường trực Ban Chỉ đạo"],
        ),
        ("Cấp ủy, chính quyền, trước hết là người đứng đầu, tập trung", ["Cấp ủy", "chính quyền"]),
        (
            "Ủy ban nhân dân các huyện, thành phố và Tổ bảo mật các cơ quan, đơn vị tiếp tục",
            ["Ủy ban nhân dân các huyện, thành phố", "Tổ bảo mật các cơ quan, đơn vị"],
        ),
    ],
)
def test_bodies(text: str, bodies: list[str]) -> None:
    t = Text.of(text)
    found = bodies_at(t, 0)
    assert found is not None
    assert [value_of(t, b) for b in found.found] == bodies
    assert found.verb


@pytest.mark.parametrize(
    "text",
    [
        "Tăng cường kiểm tra",
        "phòng ngừa vi phạm",
        "báo cáo kết quả",
        "trường hợp vi phạm",
        "Bố trí kinh phí",
        "tổ chức thực hiện",
        "Nêu cao tinh thần",
    ],
)
def test_ordinary_words_are_no_bodies(text: str) -> None:
    assert bodies_at(Text.of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "to", "via"),
    [
        (
            "kết quả gửi về Công an tỉnh (qua Phòng Tham mưu) trước ngày 05/4/2023",
            "Công an tỉnh",
            "Phòng Tham mưu",
        ),
        ("định kỳ báo cáo Ban Thường vụ Tỉnh ủy kết quả thực hiện", "Ban Thường vụ Tỉnh ủy", None),
        ("tổng hợp, báo cáo kết quả theo quy định", None, None),
        ("Lập danh sách cán bộ, gửi Sở Nội vụ trước ngày 20/7/2026", "Sở Nội vụ", None),
        ("báo cáo Thủ tướng Chính phủ tình hình thực hiện", "Thủ tướng Chính phủ", None),
    ],
)
def test_reports(text: str, to: str | None, via: str | None) -> None:
    t = Text.of(text)
    (report,) = reports_in(t, deadlines_in(t))
    assert (report.to, report.via) == (to, via)


@pytest.mark.parametrize(
    "text", ["thực hiện chế độ hội họp, thông tin báo cáo nội bộ", "nghe báo cáo của các đơn vị"]
)
def test_words_that_only_speak_of_reports(text: str) -> None:
    assert reports_in(Text.of(text), []) == []


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("TT HĐND xã, UBND xã", "Thường trực Hội đồng nhân dân xã, Ủy ban nhân dân xã"),
        ("CP.VPTU", "Chánh, Phó Chánh Văn phòng Tỉnh ủy"),
        ("tổ chức CT - XH tỉnh", "tổ chức chính trị - xã hội tỉnh"),
        ("Chủ tịch, các PCT UBND tỉnh", "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Uỷ ban MTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
    ],
)
def test_abbreviations_come_written_out(short: str, full: str) -> None:
    assert expand(short) == full


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", "Ủy ban nhân dân tỉnh Đồng Nai"),
        ("TỈNH ỦY ĐỒNG NAI", "Tỉnh ủy Đồng Nai"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("BAN CHỈ ĐẠO CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Ban Chỉ đạo công tác bảo vệ bí mật nhà nước"),
        ("ĐẢNG ỦY XÃ PHÚ CƯỜNG", "Đảng ủy xã Phú Cường"),
    ],
)
def test_letterheads_in_a_sentence(capitals: str, name: str) -> None:
    assert from_capitals(capitals) == name


@pytest.mark.parametrize("cut", [" ", "\n"])
def test_a_title_and_whose_it_is_may_share_a_line(cut: str) -> None:
    head = f"CHỈ THỊ{cut}CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề tăng cường công tác văn thư"
    text = f"{head}\n\n1. Các cấp ủy quán triệt Chỉ thị này.\n"
    header = directives.read(text, "chi-thi.txt")["documents"][0]["header"]
    assert header["document_type"] == "Chỉ thị"
    assert header["issuing_body"] == "Ban Thường vụ Tỉnh ủy"
    assert header["subject"] == "tăng cường công tác văn thư"


@pytest.mark.parametrize(
    "words", ["phát hiện vụ lộ, mất bí mật nhà nước", "phát hiện vụ lộ, lọt, mất tài liệu", "xảy ra cháy, nổ"]
)
def test_a_comma_between_what_may_happen_does_not_end_the_trigger(words: str) -> None:
    text = f"CHỈ THỊ\nvề bảo vệ tài liệu\n\n1. Khi {words}, các sở báo cáo ngay về Công an tỉnh.\n"
    deadline = directives.read(text, "chi-thi.txt")["documents"][0]["tasks"][0]["deadline"]
    assert [d["trigger"] for d in deadline if d["kind"] == "conditional"] == [words]
