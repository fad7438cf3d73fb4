"""Old encodings are recognised and read; onsets survive what breaks words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bmnn.vietnamese import decode_legacy, fold, legacy_in_unicode, nfc, onset_codes
from bmnn.vietnamese.tables import VNI_LETTERS, VNI_MARKS, VPS_HIGH, VPS_LOW

TEXT = (
    "Căn cứ quy định của pháp luật, cơ quan có trách nhiệm tổ chức thực hiện, kiểm tra, đôn đốc các đơn vị trực "
    "thuộc; định kỳ tổng hợp kết quả, những khó khăn, vướng mắc và kiến nghị gửi về cấp trên trước ngày quy định. "
    "Người đứng đầu chịu trách nhiệm về việc sử dụng, bảo quản hồ sơ, tài liệu được giao quản lý. "
)


def to_vni(text: str) -> bytes:
    """An encoder of its own: letter, then its mark, as VNI for Windows stores them."""
    alone = {v: k for k, v in VNI_LETTERS.items()}
    marks = {nfc_mark(v): k for k, v in VNI_MARKS.items()}
    out = []
    for c in nfc(text):
        if c in alone:
            out.append(alone[c])
            continue
        base, mark = split(c)
        out.append(alone.get(base, base) + (marks[mark] if mark else ""))
    return "".join(out).encode("latin-1")


def nfc_mark(marks: str) -> str:
    return "".join(sorted(marks))


def split(letter: str) -> tuple[str, str]:
    """ơ and ư stay letters of their own; all other marks come apart."""
    import unicodedata

    apart = unicodedata.normalize("NFD", letter)
    if "\u031b" in apart:
        horned = unicodedata.normalize("NFC", apart[0] + "\u031b")
        return horned, nfc_mark("".join(c for c in apart[1:] if c != "\u031b"))
    return apart[0], nfc_mark(apart[1:])


def to_vps(text: str) -> bytes:
    table = {c: 0x80 + i for i, c in enumerate(VPS_HIGH) if c != "\0"} | {c: b for b, c in VPS_LOW.items()}
    return bytes(table.get(c, ord(c) if ord(c) < 128 else 63) for c in nfc(text))


def by_iconv(text: str, encoding: str) -> bytes:
    if not shutil.which("iconv"):
        pytest.skip("máy này không có iconv")
    done = subprocess.run(
        ["iconv", "-f", "utf-8", "-t", encoding], input=text.encode(), capture_output=True, check=True
    )
    return done.stdout


def test_tcvn3_and_viscii_written_by_iconv_are_read() -> None:
    lower = TEXT.lower()
    assert decode_legacy(by_iconv(lower, "TCVN5712-1"))[:2] == (nfc(lower), "tcvn3")
    assert decode_legacy(by_iconv(TEXT, "VISCII"))[:2] == (nfc(TEXT), "viscii")


def test_vni_vps_and_cp1258_are_read() -> None:
    import unicodedata

    assert decode_legacy(to_vni(TEXT))[:2] == (nfc(TEXT), "vni")
    assert decode_legacy(to_vps(TEXT))[:2] == (nfc(TEXT), "vps")
    assert decode_legacy(by_iconv(unicodedata.normalize("NFC", TEXT), "CP1258"))[:2] == (nfc(TEXT), "cp1258")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files_with_and_without_a_mark(codec: str) -> None:
    assert decode_legacy(TEXT.encode(codec)).text == nfc(TEXT)


def test_old_letters_inside_unicode_are_read_line_by_line() -> None:
    old = by_iconv(TEXT.lower(), "TCVN5712-1").decode("latin-1")
    mixed = f"{TEXT}\n{old}\n{TEXT}"
    text, encoding = legacy_in_unicode(mixed)
    assert encoding == "tcvn3"
    assert text.split("\n") == [nfc(TEXT), nfc(TEXT.lower()), nfc(TEXT)]


@pytest.mark.parametrize(
    "text", ["Le café déjà vu à Noël, l'été où naît la forêt", "Größe, Straße, Übermut", TEXT, "abc"]
)
def test_other_languages_and_good_text_are_left_alone(text: str) -> None:
    assert legacy_in_unicode(text) == (nfc(text), None)


def test_onsets_do_not_change_when_marks_are_lost() -> None:
    codes, starts = onset_codes(TEXT)
    bare, _ = onset_codes(fold(TEXT))
    assert codes.tolist() == bare.tolist()
    assert [TEXT[s : s + 3] for s in starts[:2]] == ["Căn", "cứ "]


def test_onsets_survive_what_a_bad_reader_makes_of_letters() -> None:
    good, _ = onset_codes("lãnh đạo bộ phận nghiêm kỷ luật")
    misread, _ = onset_codes("1anh pao bo phan ngiem cy |uat")
    assert good.tolist() == misread.tolist()


@pytest.mark.shared
@pytest.mark.parametrize(
    "encoding", ["utf8", "utf8-bom", "utf8-nfd", "utf16le-bom", "cp1258", "vni", "tcvn3"]
)
def test_one_text_in_many_encodings(shared: Path, encoding: str) -> None:
    folder = shared / "samples/documents/encodings"
    clean = nfc((folder / "nghi-dinh-244.utf8.txt").read_text("utf-8")).split()
    read = decode_legacy((folder / f"nghi-dinh-244.{encoding}.txt").read_bytes()).text.split()
    # A footnote mark (Š) and a misprint (ä) have no place in the old encodings; TCVN3 has no capitals with marks.
    wrong = [
        a for a, b in zip(clean, read, strict=True) if a.lower() != b.lower() and not {"Š", "ä"} & set(a)
    ]
    assert wrong == []


@pytest.mark.shared
def test_a_bad_ocr_text_is_not_taken_for_an_old_encoding(shared: Path) -> None:
    text = (shared / "samples/directives/chi-thi-tinh-uy.ocr.txt").read_text("utf-8")
    assert legacy_in_unicode(text)[1] is None
