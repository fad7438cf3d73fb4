"""A marker planted in mails, pages, chats, PDF, archives and pictures is found, and the place is named."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest

from bmnn.reading import read
from tests.reading import build
from tests.reading.build import SENTENCE
from tests.reading.planted import items, kinds


def test_html() -> None:
    found = items(build.html_file(SENTENCE, hidden="ẨN TRONG TRANG"))
    assert kinds(found) == {"body"}
    assert "ẨN TRONG TRANG" in found[0].text
    assert "khongthay" not in found[0].text
    assert ".khong" not in found[0].text


def test_html_entities_attributes_comments_and_pictures() -> None:
    png = build.image_file("PNG", build.picture("x", (20, 20)))
    import base64

    page = (
        "<html><body><p>b&iacute; m&#7853;t</p><img alt='ảnh bản đồ' src='data:image/png;base64,"
        + base64.b64encode(png).decode()
        + "'><!-- ghi chú trong mã --></body></html>"
    )
    found = items(page.encode())
    assert "bí mật" in found[0].body
    assert "ảnh bản đồ" in found[0].text
    assert "ghi chú trong mã" in found[0].text
    assert found[1].type == "image/png"


def test_mail_both_bodies_headers_and_attachments() -> None:
    mail = build.eml_file(
        "Thân chữ", SENTENCE, {"công văn.docx": build.docx_file(body=SENTENCE)}, subject="Khẩn: họp kín"
    )
    found = items(mail, "a.eml")
    assert "Thân chữ" in found[0].text
    assert SENTENCE in " ".join(found[0].text.split())
    assert "Khẩn: họp kín" in found[0].text
    assert [i.path for i in found] == ["a.eml", "a.eml!công văn.docx"]
    assert SENTENCE in found[1].text


def test_mhtml_mbox_msg_tnef() -> None:
    assert kinds(items(build.mhtml_file(SENTENCE))) == {"body"}
    box = items(build.mbox_file(build.eml_file("một"), build.eml_file(SENTENCE)), "a.mbox")
    assert [i.path for i in box] == ["a.mbox", "a.mbox!thư 1.eml", "a.mbox!thư 2.eml"]
    assert SENTENCE.split(";")[0] in " ".join(box[2].text.split())
    assert kinds(items(build.tnef_file(SENTENCE.encode()))) == {"body"}
    attached = items(build.tnef_file(b"x", b"a.txt", SENTENCE.encode()), "winmail.dat")
    assert attached[1].path == "winmail.dat!a.txt"


@pytest.mark.parametrize(
    "message",
    [
        build.msg_file(SENTENCE),
        build.msg_file("x", html=build.html_file(SENTENCE)),
        build.msg_file("x", narrow=build.legacy(SENTENCE, "tcvn3")),
        build.msg_file("x", attachment=build.doc_file(SENTENCE)),
        build.msg_file("x", inner=SENTENCE),
        build.msg_file(
            "x", rtf=b"\x30\0\0\0" + b"\xff\x0f\0\0" + b"MELA" + b"\0\0\0\0" + build.rtf_file(SENTENCE)
        ),
    ],
    ids=["wide", "html", "narrow", "attachment", "message in message", "rtf"],
)
def test_msg(message: bytes) -> None:
    found = items(message, "a.msg")
    assert kinds(found) == {"body"}
    assert "Nguyễn Văn A" in found[0].text


def test_compressed_rtf_example_of_the_specification() -> None:
    from bmnn.reading.formats.msg import unpack_rtf

    # MS-OXRTFCP 4.1.1: the compressed form and what it stands for.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c09002062770"
        "5b06c647d0a800fa0".replace(" ", "")
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_telegram_export() -> None:
    assert kinds(items(build.telegram_file(SENTENCE))) == {"body"}


def test_chat_exports_as_csv_and_text() -> None:
    viber = f'"05/01/2026","08:00","A","{SENTENCE}"\n'
    assert kinds(items(viber.encode("utf-16"))) == {"body"}
    zalo = f"[08:00 05/01/2026] Nguyễn A: {SENTENCE}\n"
    assert kinds(items(zalo.encode())) == {"body"}


def test_pdf_pages_and_their_places() -> None:
    found = items(build.pdf_file("Trang một.", SENTENCE, "Trang ba"))
    item = found[0]
    assert len(item.pages) == 3
    where = item.text.replace("\n", " ").index(SENTENCE[:60])
    assert item.page_at(where) == 2
    assert item.text.count("\f") == 2


def test_pdf_attachment_and_note() -> None:
    found = items(build.pdf_with_files({"kèm.txt": SENTENCE.encode()}, note="Lời ghi bên lề"), "a.pdf")
    assert "Lời ghi bên lề" in found[0].text
    assert [(i.path, SENTENCE in i.text) for i in found] == [("a.pdf", False), ("a.pdf!kèm.txt", True)]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_zip(method: int) -> None:
    found = items(build.zip_file({"thư mục/b.txt": SENTENCE.encode()}, method), "a.zip")
    assert [i.path for i in found] == ["a.zip", "a.zip!thư mục/b.txt"]
    assert SENTENCE in found[1].text


@pytest.mark.parametrize("packer", build.PACKERS)
def test_packed_stream_and_tar(packer: str) -> None:
    found = items(build.PACKERS[packer](SENTENCE.encode()), f"a.txt.{packer}")
    assert [i.path for i in found] == [f"a.txt.{packer}", f"a.txt.{packer}!a.txt"]
    assert kinds(found) == {"body"}
    inside = items(build.tar_file({"b/c.txt": SENTENCE.encode()}, f"w:{packer}"), f"a.tar.{packer}")
    assert inside[-1].path == f"a.tar.{packer}!a.tar!b/c.txt"
    assert kinds(inside) == {"body"}


def test_two_streams_in_one_gz() -> None:
    whole = build.PACKERS["gz"](SENTENCE[:50].encode()) + build.PACKERS["gz"](SENTENCE[50:].encode())
    assert kinds(items(whole)) == {"body"}


def test_sevenzip_and_rar() -> None:
    assert kinds(items(build.sevenzip_file({"a.txt": SENTENCE.encode()}))) == {"body"}
    for rar in (build.rar4_file("mục.txt", SENTENCE.encode()), build.rar5_file("mục.txt", SENTENCE.encode())):
        found = items(rar, "a.rar")
        assert kinds(found) == {"body"}
        assert found[1].path == "a.rar!mục.txt"


def test_uuencoded_in_text() -> None:
    import binascii

    data = SENTENCE.encode()
    lines = b"".join(binascii.b2a_uu(data[i : i + 45]) for i in range(0, len(data), 45))
    assert kinds(items(b"thu cu\nbegin 644 a.txt\n" + lines + b"`\nend\n")) == {"body"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP", "HEIF"])
def test_picture_files_have_pages(kind: str) -> None:
    data = build.image_file(kind, build.picture("chữ", (64, 48), "RGB"))
    reading = read(data)
    item = next(reading)
    assert (item.verdict, len(item.pages), len(item.images)) == ("read", 1, 1)
    assert item.images[0].gray(150).shape == (48, 64)
    assert item.images[0].colour(150).shape == (48, 64, 3)


def test_tiff_of_several_pages() -> None:
    pages = [build.picture(str(i), (40 + i, 30)) for i in range(3)]
    reading = read(build.image_file("TIFF", *pages))
    item = next(reading)
    assert [image.gray(150).shape[1] for image in item.images] == [40, 41, 42]
    assert [page.number for page in item.pages] == [1, 2, 3]


def ar_file(name: str, data: bytes) -> bytes:
    """A Unix archive, the simplest form libarchive knows."""
    head = f"{name + '/':<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n"
    return b"!<arch>\n" + head.encode("ascii") + data + b"\n" * (len(data) % 2)


def cab_file(name: str, data: bytes) -> bytes:
    """A cabinet with one file, stored (MS-CAB 2)."""
    import struct

    raw = name.encode() + b"\0"
    files_at = 36 + 8
    data_at = files_at + 16 + len(raw)
    block = struct.pack("<IHH", 0, len(data), len(data)) + data
    folder = struct.pack("<IHH", data_at, 1, 0)
    file = struct.pack("<IIHHHH", len(data), 0, 0, 0x5A21, 0x6000, 0xA0) + raw
    size = data_at + len(block)
    head = b"MSCF" + struct.pack("<IIIIIBBHHHHH", 0, size, 0, files_at, 0, 3, 1, 1, 1, 0, 1, 0)
    return head + folder + file + block


@pytest.mark.parametrize("make", [ar_file, cab_file])
def test_archives_of_the_system_library(
    make: Callable[[str, bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bmnn.reading.formats import libarchive

    data = make("a.txt", SENTENCE.encode())
    if libarchive.available():
        found = items(data, "a")
        assert [(i.path, i.why) for i in found] == [("a", None), ("a!a.txt", None)]
        assert kinds(found) == {"body"}
    monkeypatch.setattr(libarchive, "_LIBRARY", None)
    assert [(i.verdict, i.why) for i in items(data)] == [("unreadable", "needs_library")]
    packed = build.rar4_file("a.txt", b"x" * 50, method=0x33)
    assert [i.why for i in items(packed)] == [None, "needs_library"]
