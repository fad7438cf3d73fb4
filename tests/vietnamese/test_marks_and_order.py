"""Letters, marks, order, fields, numbers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmnn.vietnamese import (
    FieldError,
    classic_tones,
    clean_field,
    fold,
    is_syllable,
    modern_tones,
    nfc,
    number_in_words,
    sort_key,
)

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ", max_size=40)


@given(words)
def test_fold_is_the_same_for_composed_and_decomposed_text(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text).isascii()


@given(words)
def test_fold_keeps_the_length_so_that_places_in_folded_text_are_places_in_the_text(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@pytest.mark.parametrize(
    ("typed", "found"), [("Định", "dinh"), ("HÒA", "hoa"), ("hoà", "hoa"), ("Đặng", "dang")]
)
def test_search_without_marks(typed: str, found: str) -> None:
    assert fold(typed) == found


@pytest.mark.parametrize(
    ("classic", "modern"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("Ủy", "Uỷ"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("mùa", "mùa"),
    ],
)
def test_both_places_of_the_tone_are_known(classic: str, modern: str) -> None:
    assert modern_tones(classic) == modern
    assert classic_tones(modern) == classic


def test_names_sort_by_given_name_in_the_vietnamese_order() -> None:
    names = ["Trần Thị Ân", "Bùi Đức", "Đỗ Dũng", "Nguyễn Văn An", "Phạm Ái", "Lê Ánh", "Võ Văn Ba"]
    expected = ["Phạm Ái", "Nguyễn Văn An", "Lê Ánh", "Trần Thị Ân", "Võ Văn Ba", "Đỗ Dũng", "Bùi Đức"]
    assert sorted(names, key=sort_key) == expected


def test_tones_sort_after_letters() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize("bad", ["a\u202eb", "a\x00b", "a\u200bb", "a\nb", "x" * 501])
def test_a_field_refuses_what_could_deceive_or_break(bad: str) -> None:
    with pytest.raises(FieldError, match=r"[àáảãạăâđêôơư]"):
        clean_field(bad)


def test_a_field_keeps_meaning_and_loses_stray_spaces() -> None:
    assert clean_field("  Ke\u0302\u0301 hoa\u0323ch\u00a0 năm\t2026 ") == "Kế hoạch năm 2026"
    assert clean_field("=1+1 <b>ghi chú</b>") == "=1+1 <b>ghi chú</b>"


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "không"), (15, "mười lăm"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (105, "một trăm linh năm"),
        (1001, "một nghìn không trăm linh một"), (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_000_015, "một triệu không trăm mười lăm"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_read_them(number: int, spoken: str) -> None:
    assert number_in_words(number) == spoken


@pytest.mark.parametrize("word", ["nghiêng", "quyển", "thuở", "khuya", "Đặng", "giường", "uống", "yêu"])
def test_real_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strict", "µ", "wz", "ngth", "ñò"])
def test_impossible_syllables_are_not(word: str) -> None:
    assert not is_syllable(word)
