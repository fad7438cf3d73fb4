"""Places of letters survive every change; page furniture is taken out; marks come back without touching numbers."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn import directives
from bmnn.directives.layout import lay_out
from bmnn.directives.quality import judge
from bmnn.directives.restore import restore
from bmnn.directives.text import Text

WORDS = st.lists(
    st.sampled_from(["bảo", "vệ", "bí", "mật", "nhà", "nước", "ngày", "Đảng", "58-QĐ/TW", "12/2025", "7"]),
    min_size=1,
    max_size=20,
)


@given(WORDS, st.integers(0, 30), st.integers(0, 30))
def test_places_survive_cutting_joining_and_rewriting(words: list[str], a: int, b: int) -> None:
    source = unicodedata.normalize("NFD", " ".join(words))
    t = Text.of(source)
    assert t.s == unicodedata.normalize("NFC", source)
    for i, letter in enumerate(t.s):
        assert unicodedata.normalize("NFC", source[t.start[i] : t.end[i]]) == letter
    a, b = min(a, b, len(t)), min(max(a, b), len(t))
    joined = Text.join([t[:a], t[b:]])
    kept = joined.without((0, min(2, len(joined))))
    for part in (joined, kept):
        assert len(part.s) == len(part.start) == len(part.end)
        assert list(part.start) == sorted(part.start)


NOTED = """CHỈ THỊ
Về công tác lưu trữ

Tuy nhiên, công tác lưu trữ[footnoteRef:1] ở một số đơn vị chưa được
quan tâm. [1: Lưu trữ là hoạt động giữ gìn hồ sơ, tài liệu có giá trị; xem thêm hướng dẫn của ngành.]

Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Nội vụ hướng dẫn các cơ quan lập hồ sơ và bố trí

2

kho lưu trữ theo quy định của pháp

luật; báo cáo Ủy ban nhân dân tỉnh trước ngày 10/10/2025.
"""


def test_footnotes_and_page_numbers_do_not_break_sentences() -> None:
    d = directives.read(NOTED)["documents"][0]
    (task,) = d["tasks"]
    assert any("bố trí kho lưu trữ theo quy định của pháp luật" in w for w in task["actions"])
    assert d["footnotes"][0]["text"].startswith("Lưu trữ là hoạt động")
    assert NOTED[d["footnotes"][0]["anchor"] :].startswith("[footnoteRef:1]")
    assert "footnote" not in " ".join(s["quote"] for s in d["shortcomings"])


def test_code_broken_at_a_line_end_is_one_code() -> None:
    text = (
        "CHỈ THỊ\nvề rà soát\n\nBan Thường vụ Tỉnh ủy yêu cầu:\n\n1. Ban Tổ chức Tỉnh ủy căn cứ Quy "
        "định số 58-\nQĐ/TW, ngày 08/02/2022 của Bộ Chính trị hướng dẫn các cấp ủy rà soát.\n"
    )
    (cited,) = directives.read(text)["documents"][0]["citations"]
    assert (cited["number"], cited["date"], cited["issuer"]) == ("58-QĐ/TW", "2022-02-08", "Bộ Chính trị")


def test_running_heads_are_taken_out() -> None:
    page = (
        "Công tác bảo vệ môi trường được các cơ quan quan tâm thực hiện và\nTÀI LIỆU NỘI BỘ SỞ\nđạt "
        "kết quả bước đầu trên nhiều lĩnh vực khác nhau của địa phương.\n"
    )
    lines = lay_out(Text.of(page * 3)).lines
    assert not any("TÀI LIỆU" in line.t.s for line in lines)


PROSE = (
    "Ủy ban nhân dân tỉnh chỉ đạo các cơ quan, tổ chức thực hiện nghiêm quy định của pháp luật "
    "về bảo vệ bí mật nhà nước; "
    "người đứng đầu cơ quan chịu trách nhiệm kiểm tra việc quản lý, sử dụng thông tin trong phạm "
    "vi quản lý của mình."
)


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def test_marks_come_back_for_matching() -> None:
    (got,) = restore([Text.of(_bare(PROSE))])
    want, found = PROSE.lower().split(), got.s.lower().split()
    assert sum(a == b for a, b in zip(want, found, strict=True)) >= 0.9 * len(want)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["so", "58-QD/TW", "05/8/2022", "ngay", "1236-CV/TU", "63", "bao", "cao", "T/M", "UBND", "2.500"]
        ),
        min_size=1,
        max_size=15,
    )
)
def test_numbers_codes_and_dates_never_pass_through_the_restoring(words: list[str]) -> None:
    text = " ".join(words)
    (got,) = restore([Text.of(text)])
    fixed = re.compile(r"\S*\d\S*|T/M|UBND")
    assert fixed.findall(got.s) == fixed.findall(text)


def test_routes() -> None:
    assert judge(PROSE * 3).route == "clean"
    assert judge(_bare(PROSE) * 3).route == "restore"
    assert judge("zxq wvk bnm " * 50).route == "hopeless"
    assert judge("The quick brown fox jumps over the lazy dog. " * 20).route == "hopeless"


def test_hopeless_text_yields_nothing_and_says_so() -> None:
    result = directives.read("fl# kq9 zzx wq~ pplk " * 80)
    assert result["documents"] == []
    assert "không trích gì" in " ".join(result["notes"])
