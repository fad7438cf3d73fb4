"""Old encodings are read right and named, in plain files and inside documents; traps of soft hyphens and NFD."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmnn.reading import Item, read
from bmnn.reading.letters import settle
from tests.reading import build
from tests.reading.build import SENTENCE


def only(data: bytes) -> Item:
    return next(read(data))


@pytest.mark.parametrize("name", build.encodings(SENTENCE))
def test_a_text_file_in_every_encoding(name: str) -> None:
    item = only(build.encodings(SENTENCE)[name])
    assert item.text.strip() == SENTENCE
    family = name.split()[0]
    assert item.encoding == (None if family == "utf-8" else family)


OLD = ["tcvn3", "vni", "viscii", "vps"]


@pytest.mark.parametrize("name", OLD)
def test_inside_a_doc_as_eight_bit_text(name: str) -> None:
    item = only(build.doc_file("x" * 10, narrow=build.legacy(SENTENCE, name)))
    assert SENTENCE in item.text
    assert item.encoding == name


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_inside_a_docx_as_latin_letters(name: str) -> None:
    item = only(build.docx_file(body=build.legacy(SENTENCE, name).decode("latin-1")))
    assert SENTENCE in item.text
    assert item.encoding == name


@pytest.mark.parametrize("name", ["tcvn3", "vni", "cp1258"])
def test_inside_rtf_html_mail_and_a_sheet(name: str) -> None:
    raw = build.cp1258(SENTENCE) if name == "cp1258" else build.legacy(SENTENCE, name)
    pages = [
        b"<html><meta charset=windows-1252><body><p>" + raw + b"</p></body></html>",
        b"From: a@x.vn\nSubject: x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
        + raw,
    ]
    if name != "cp1258":
        pages += [build.rtf_file(narrow=raw), build.xls_file(cell="x" * 20, label=raw)]
    for data in pages:
        item = only(data)
        assert SENTENCE in item.text, item.type
        assert item.encoding == name


def test_rtf_with_the_vietnamese_character_set() -> None:
    hexed = "".join(f"\\'{c:02x}" for c in build.cp1258(SENTENCE))
    item = only(rb"{\rtf1\ansi{\fonttbl{\f1\fcharset163 Arial;}}\f1 " + hexed.encode() + b"}")
    assert item.text.strip() == SENTENCE


def test_html_entities_of_an_old_font() -> None:
    entities = "".join(
        c if ord(c) < 128 else f"&#{ord(c)};" for c in build.legacy(SENTENCE, "tcvn3").decode("latin-1")
    )
    assert SENTENCE in only(f"<html><body>{entities}</body></html>".encode()).text


@pytest.mark.parametrize("sign", [0xAD, 0x1F])
def test_the_soft_hyphen_is_the_letter_u_horn_in_tcvn3(sign: int) -> None:
    raw = build.legacy(SENTENCE, "tcvn3").replace(b"\xad", bytes([sign]))
    assert "nước" in SENTENCE
    assert SENTENCE in only(build.doc_file("x" * 10, narrow=raw)).text


def test_soft_hyphens_and_invisible_characters_in_unicode_text_go() -> None:
    item = only("Tuyệt\u00ad mật, t\u200buyệt m\u2060ật, \u202eđộ mật".encode())
    assert item.text.strip() == "Tuyệt mật, tuyệt mật, độ mật"
    assert "zero_width" in item.notes


def test_decomposed_text_is_composed_in_every_format() -> None:
    apart = unicodedata.normalize("NFD", SENTENCE)
    for data in (
        apart.encode(),
        build.docx_file(body=apart),
        build.html_file(apart),
        build.odf_file("text", apart),
        build.doc_file(apart),
        build.eml_file(apart),
        build.xlsx_file(cell=apart),
        build.rtf_file(apart),
    ):
        text = only(data).text
        assert " ".join(SENTENCE.split()) in " ".join(text.split()).replace("= ", "")


def test_a_line_in_an_old_encoding_inside_unicode_text() -> None:
    old = build.legacy(SENTENCE, "tcvn3").decode("latin-1")
    lines = [SENTENCE] * 5 + [old] + [SENTENCE] * 5
    text = only(build.docx_file(body="\n".join(lines))).text
    assert text.count(SENTENCE) == 11


def test_scanning_noise_is_not_taken_for_an_encoding() -> None:
    noisy = [SENTENCE.replace("ư", "ï").replace("ệ", "ê§"), "¡ ˆ ƒ ø Š TÃ Lá .^ ˆ Ẩ và"] + [SENTENCE] * 40
    texts, encoding, _ = settle(["\n".join(noisy)])
    assert encoding is None
    assert texts[0].count(SENTENCE) == 40


def test_names_in_a_zip_in_old_encodings() -> None:
    import zipfile

    data = bytearray(build.zip_file({"x" * 40 + ".txt": b"a"}))
    for raw in (
        build.legacy("kế hoạch bảo vệ bí mật năm nay x.txt", "tcvn3"),
        build.cp1258("kế hoạch bảo vệ bí mật năm nay x.txt"),
    ):
        name = raw.ljust(44, b"_")[:44]
        changed = bytes(data).replace(b"x" * 40 + b".txt", name)
        assert zipfile.is_zipfile(io.BytesIO(changed))
        assert "kế hoạch bảo vệ bí mật" in list(read(changed, "a.zip"))[1].path


@given(st.lists(st.text(max_size=40), max_size=6))
@settings(max_examples=150, deadline=None)
def test_segments_stay_as_many_and_nothing_raises(segments: list[str]) -> None:
    texts, _, _ = settle([s.replace("\ue0ff", "") for s in segments])
    assert len(texts) == max(1, len(segments))
    assert all(unicodedata.is_normalized("NFC", t) for t in texts)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "encoding", "least"),
    [
        ("utf8", None, 1.0),
        ("utf8-bom", None, 1.0),
        ("utf8-nfd", None, 1.0),
        ("utf16le-bom", "utf-16", 1.0),
        ("cp1258", "cp1258", 0.999),
        ("vni", "vni", 0.99),
        ("tcvn3", "tcvn3", 0.95),
        ("viqr", "viqr", 0.99),
    ],
)
def test_a_decree_in_every_encoding(shared: Path, name: str, encoding: str | None, least: float) -> None:
    folder = shared / "samples" / "documents" / "encodings"
    meant = (
        unicodedata.normalize("NFC", (folder / "nghi-dinh-244.utf8.txt").read_text("utf-8")).lower().split()
    )
    item = next(read(folder / f"nghi-dinh-244.{name}.txt"))
    got = item.text.lower().split()
    assert item.encoding == encoding
    assert len(got) == pytest.approx(len(meant), abs=20)
    assert sum(a == b for a, b in zip(got, meant, strict=False)) >= least * len(meant)
