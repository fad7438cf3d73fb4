"""What cannot be read says so, with the reason, and is never an empty text that looks clean."""

from __future__ import annotations

import io
from collections.abc import Callable

import msoffcrypto.format.ooxml
import pytest

from bmnn.reading import NOTES, OVER_LIMIT, UNREADABLE, Item, read
from tests.reading import build
from tests.reading.build import SENTENCE


def items(data: bytes, name: str = "a") -> list[Item]:
    return list(read(data, name))


def encrypted_docx(password: str) -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(build.docx_file(body=SENTENCE))).encrypt(password, out)
    return out.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(build.zip_file({"a.txt": SENTENCE.encode()}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    return bytes(data)


PDF_KEY = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>/ID[<00><00>]"
)
PDF_PAGES = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
]

ENCRYPTED: dict[str, Callable[[], bytes]] = {
    "docx": lambda: encrypted_docx("mật khẩu"),
    "doc": lambda: build.doc_file(SENTENCE, flags=0x0100),
    "xls": lambda: build.xls_file(cell=SENTENCE, encrypted=True),
    "pdf": lambda: build.pdf_by_hand(PDF_PAGES, PDF_KEY),
    "zip": encrypted_zip,
    "7z": lambda: build.sevenzip_file({"a.txt": SENTENCE.encode()}, password="x"),
    "7z names": lambda: build.sevenzip_file({"a.txt": SENTENCE.encode()}, password="x", hide_names=True),
    "rar4": lambda: build.rar4_file("a.txt", SENTENCE.encode(), flags=4),
    "odt": lambda: build.zip_file(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
            "content.xml": b"\x01\x02\x03",
        }
    ),
    "smime": lambda: (
        b"From: a@x\nSubject: x\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data;"
        b' name="smime.p7m"\nContent-Transfer-Encoding: base64\n\nMIIB\n'
    ),
}


@pytest.mark.parametrize("kind", ENCRYPTED)
def test_encrypted(kind: str) -> None:
    found = items(ENCRYPTED[kind]())
    assert any((i.verdict, i.why) == ("unreadable", "encrypted") for i in found), [
        (i.path, i.why) for i in found
    ]
    assert all(SENTENCE not in i.text for i in found)


def test_a_password_everybody_has_opens() -> None:
    assert any(SENTENCE in i.text for i in items(encrypted_docx("VelvetSweatshop")))


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def corrupt_member(data: bytes) -> bytes:
    at = data.index(b"a.txt") + 5
    return data[: at + 4] + bytes([data[at + 4] ^ 0xFF, data[at + 5] ^ 0xFF]) + data[at + 6 :]


LONG = "\n".join(f"{SENTENCE} {i * 7919 % 1000}" for i in range(200))

DAMAGED: dict[str, Callable[[], bytes]] = {
    "docx cut": lambda: cut(build.docx_file(body=LONG)),
    "zip cut": lambda: cut(build.zip_file({"a.txt": LONG.encode()})),
    "zip member": lambda: corrupt_member(build.zip_file({"a.txt": LONG.encode()})),
    "zip end only": lambda: b"PK\x05\x06" + b"\0" * 10,
    "ole cut": lambda: build.doc_file(LONG)[:700],
    "ole head only": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "doc without pieces": lambda: build.cfb.write(
        {"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 600, "1Table": b""}
    ),
    "xls": lambda: build.cfb.write({"Workbook": b"\1\2\3"}),
    "pdf": lambda: b"%PDF-1.7\nkhong co gi\n%%EOF",
    "png cut": lambda: cut(build.image_file("PNG", build.picture(SENTENCE))),
    "jpeg head": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "gz cut": lambda: cut(build.PACKERS["gz"](LONG.encode())),
    "xz cut": lambda: cut(build.PACKERS["xz"](LONG.encode())),
    "bz2 head": lambda: b"BZh9" + b"x" * 50,
    "7z cut": lambda: cut(build.sevenzip_file({"a.txt": LONG.encode()})),
    "rar": lambda: b"Rar!\x1a\x07\x00" + b"x" * 50,
    "rar crc": lambda: build.rar4_file("a.txt", LONG.encode()).replace(b"ven", b"VEN", 1),
    "tar": lambda: build.tar_file({"a.txt": LONG.encode()})[:2000],
    "pst": lambda: b"!BDN" + b"\0" * 600,
    "tnef": lambda: build.tnef_file(LONG.encode())[:200],
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged(kind: str) -> None:
    found = items(DAMAGED[kind]())
    assert any(i.verdict == "unreadable" for i in found), [(i.path, i.type, i.why) for i in found]


@pytest.mark.parametrize("kind", ["docx cut", "zip cut", "gz cut", "tar"])
def test_what_a_damaged_file_still_holds_is_read(kind: str) -> None:
    assert any(SENTENCE in i.text for i in items(DAMAGED[kind]()))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes(range(256)) * 20, "unknown_type"),
        (b"MZ\x90\0" + b"\0" * 200, "not_a_document"),
        (b"SQLite format 3\0" + b"\0" * 100, "not_a_document"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 100, "not_a_document"),
        (b"AT&TFORM" + b"\0" * 100, "unsupported_version"),
    ],
)
def test_other_files_are_named_for_what_they_are(data: bytes, why: str) -> None:
    assert items(data)[0].why == why


def test_words_in_an_unknown_file_are_kept() -> None:
    item = items(b"\x01\x02\xff\xfe\x00\x03" * 30 + SENTENCE.encode("utf-16-le") + b"\x00\x01\xff" * 30)[0]
    assert item.why == "unknown_type"
    assert SENTENCE in item.text


def test_an_empty_file_is_read() -> None:
    item = items(b"")[0]
    assert (item.verdict, item.text) == ("read", "")


def test_a_name_says_nothing() -> None:
    assert items(build.pdf_file("chữ"), "anh.jpg")[0].type == "application/pdf"
    assert items(SENTENCE.encode(), "a.exe")[0].text.strip() == SENTENCE


def test_data_behind_a_picture_is_found_and_read() -> None:
    secret = build.zip_file({"a.txt": SENTENCE.encode()})
    for kind in ("PNG", "JPEG", "GIF", "BMP"):
        found = items(build.image_file(kind, build.picture("x", (50, 50), "RGB")) + secret, "a")
        assert "trailing_data" in found[0].notes, kind
        assert any(SENTENCE in i.text for i in found), kind
    assert any(SENTENCE in i.text for i in items(build.pdf_file("chữ") + secret))
    assert any(SENTENCE in i.text for i in items(build.rtf_file("chu") + secret))
    docx = items(build.docx_file(body="x") + b"\n" + build.pdf_file(SENTENCE))
    assert any(SENTENCE.split(";")[0] in i.text.replace("\n", " ") for i in docx)


def test_a_file_of_two_kinds_is_noted() -> None:
    pdf = build.pdf_by_hand(PDF_PAGES)
    assert "leading_data" in items(b"GARBAGE LINE\n" + pdf)[0].notes
    both = b"%PDF-1.4\n" + build.zip_file({"a.txt": SENTENCE.encode()}) + pdf
    item = items(both)[0]
    assert {"polyglot", "leading_data", "trailing_data"} & set(item.notes)


def test_every_reason_and_note_has_vietnamese_words() -> None:
    from bmnn.sandbox import WHY_WORDS

    words = UNREADABLE | OVER_LIMIT
    assert set(WHY_WORDS) <= set(words)
    for text in [*words.values(), *NOTES.values()]:
        assert text
        assert not text.isascii()
    item = items(b"MZ\x90\0" + b"\0" * 200)[0]
    assert item.message == UNREADABLE["not_a_document"]


def test_one_pdf_does_not_lend_its_reason_to_the_next() -> None:
    assert items(ENCRYPTED["pdf"]())[0].why == "encrypted"
    assert items(b"%PDF-1.7\n")[0].why == "damaged"
    assert items(ENCRYPTED["pdf"]())[0].why == "encrypted"


def test_what_hides_behind_a_damaged_file_is_read_all_the_same() -> None:
    hidden = build.zip_file({"a.txt": SENTENCE.encode()})
    found = items(b"%PDF-1.4\nkhong phai PDF\n%%EOF\n" + hidden)
    assert found[0].why == "damaged"
    assert "trailing_data" in found[0].notes
    assert any(SENTENCE in i.text for i in found)
