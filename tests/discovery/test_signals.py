"""Marks of secret documents are noticed in text, samples of them in laws and forms are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.discovery.signals import Entry, Reading, marks, read_list, register_numbers, wordings
from bmnn.discovery.signals.plainly import plain
from bmnn.discovery.verdict import verdict
from bmnn.vietnamese import fold

HEAD = "ỦY BAN NHÂN DÂN XÃ SỐ MỘT\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC-UBND\n"


def judged(text: str, **how: bool) -> tuple[str, str | None]:
    reading = Reading(text, **how)  # type: ignore[arg-type]
    return verdict([*marks(reading), *wordings(reading, ENTRIES)])


ENTRIES = [
    Entry(
        "X-1",
        "TOI_MAT",
        "Phương án bảo vệ kho vật chứng trọng điểm của ngành kiểm lâm chưa công khai",
        "Điều 1 QĐ 1",
    ),
    Entry("X-2", "MAT", "Báo cáo ngắn", "Điều 2 QĐ 1"),
]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (HEAD + "MẬT\nBÁO CÁO\n", "MAT"),
        (HEAD + "Độ mật: Tối mật\nBÁO CÁO\n", "TOI_MAT"),
        (HEAD + "│ TUYỆT MẬT │\nBÁO CÁO\n", "TUYET_MAT"),
        (HEAD + "Nơi gửi    TỐI MẬT    Nơi nhận\n", "TOI_MAT"),
        ("** TUYỆT  MẬT **\nKế hoạch của đơn vị\n", "TUYET_MAT"),
        ("TÀI LIỆU THU HỒI\nBản số: 03/05\nNội dung\n", None),
        ("BẢN SAO BÍ MẬT NHÀ NƯỚC\nBản sao số: 2\nCHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ\n", None),
    ],
)
def test_marks_of_a_secret_document_are_evidence(text: str, level: str | None) -> None:
    assert judged(text) == ("suspect", level)


@pytest.mark.parametrize(
    "text",
    [
        "UY BAN NHAN DAN XA\nSo: 15/BC-UBND\nTOI MAT\nBao cao tinh hinh",
        "UY BAN NHAN DAN XA\nSé: 15/BC-UBND\nTUYET MAT\nBao cao tinh hinh".replace("Sé", "So"),
    ],
)
def test_lost_marks_do_not_hide_a_level_line(text: str) -> None:
    assert judged(text, ocr=True)[0] == "suspect"
    assert judged(text)[0] == "suspect"


def test_small_letters_of_old_encodings_count_as_capitals() -> None:
    assert judged("ủy ban nhân dân\nSố: 3/KH-UBND\nmật\nKế hoạch", legacy=True) == ("suspect", "MAT")


@pytest.mark.parametrize(
    "text",
    [
        "Bí mật nhà nước được phân loại thành 03 độ mật:\nTuyệt mật\nTối mật\nMật\ntheo quy định.",
        "Mẫu dấu:\nTUYỆT MẬT\nTỐI MẬT\nMẬT\n",
        HEAD + "Số: …/…-…\nMẬT\n(1) Ghi tên cơ quan ....................\n" * 3,
        "Con MẮT nhìn\nMẮT\nMẤT\nMẶT BẰNG\nMẬT ONG RỪNG",
        "Bản số hóa 12 trang; văn bản số 15 của tỉnh; bản số liệu 2025.",
        "Hôm nay giá mật tăng, mật độ giao thông cao, đặt lại mật khẩu.",
        "Kính gửi: phòng A\nA. Đặt vấn đề\nB. Nội dung\nC. Kết luận\nSố: 12/BC-VP",
        "\n".join(f"Điều {n}. Quy định về việc đóng dấu" for n in range(1, 9))
        + "\nMẬT\nBản số: 01\nTÀI LIỆU THU HỒI\n",
        "",
    ],
)
def test_public_texts_that_talk_about_secrets_are_clear(text: str) -> None:
    assert judged(text) == ("clear", None)


def test_one_weak_mark_asks_for_a_look() -> None:
    assert judged("Nội dung dài\n" * 200 + "TÀI LIỆU THU HỒI\n")[0] == "review"
    assert judged("Số: 7/CV-UBND\nKính gửi: Đồng chí X\nA\n") == ("review", "TUYET_MAT")


def test_wording_alone_is_never_more_than_a_reason_to_look() -> None:
    claim = "Tài liệu này thuộc danh mục bí mật nhà nước độ Tối mật, không phổ biến."
    assert judged(claim) == ("review", "TOI_MAT")
    subject = "PHƯƠNG ÁN\nBảo vệ kho vật chứng trọng điểm của ngành kiểm lâm (chưa công khai)\n"
    assert judged(subject) == ("review", "TOI_MAT")
    assert judged((claim + "\n" + subject) * 3)[0] == "review"
    assert judged("V/v bảo vệ kho hàng\nBáo cáo ngắn về phương án kiểm lâm")[0] == "clear"


def test_numbers_of_the_agency_count_where_a_text_bears_them() -> None:
    known = read_list(["12/BC-UBND\tTối mật", "0034-CV/TU; Mật", "  07/KH-CA ", "không phải số", ""])
    assert len(known) == 3
    for text, score, level in (
        ("Số:  12/BC-UBND ngày 3", 0.85, "TOI_MAT"),
        ("so: 12/bc-ubnd-vp", 0.85, "TOI_MAT"),
        ("theo Báo cáo 12/BC-UBND đã gửi", 0.4, "TOI_MAT"),
        ("Số 34-CV/TU", 0.85, "MAT"),
    ):
        (signal,) = register_numbers(Reading(text), known)
        assert (signal.score, signal.level) == (score, level)
    assert list(register_numbers(Reading("Số: 112/BC-UBND; 12/BC-HĐND; 12/2025"), known)) == []


def test_places_are_those_of_the_words() -> None:
    text = HEAD + "MẬT\nBẢN SỐ: 04\n"
    for signal in marks(Reading(text)):
        assert signal.at is not None
        assert " ".join(text[slice(*signal.at)].split()) == signal.text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_plain_text_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyắềữịAĂÂĐÊÔƠƯẾỐ 12.,", max_size=40))
def test_plain_text_is_folded_text(text: str) -> None:
    assert plain(text) == fold(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="MẬTmậtốiTUYỆ \n\t|.…Số:12/BC-UBND*", max_size=120))
def test_no_text_breaks_the_search(text: str) -> None:
    assert judged(text)[0] in ("suspect", "review", "clear")
