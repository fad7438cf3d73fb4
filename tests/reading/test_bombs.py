"""Bombs are refused or bounded: little time, little memory, a verdict. Each runs in the real sandbox."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bmnn.reading import Item, Reader
from bmnn.sandbox import MIB, Limits
from tests.reading import build
from tests.reading.build import SENTENCE, cfb

WALL = 8.0
MEMORY = 700 * MIB


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(box=Limits(wall=WALL, total=WALL, memory=MEMORY, reply=200 * MIB)) as reader:
        yield reader


def zip_bomb() -> bytes:
    return build.zip_file({"bom.txt": b"0" * (60 << 20)})


def nested_zip() -> bytes:
    data = build.zip_file({str(i): b"0" * (2 << 20) for i in range(10)})
    for _ in range(5):
        data = build.zip_file({str(i): data for i in range(10)})
    return data


def lying_size() -> bytes:
    data = bytearray(zip_bomb())
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(sign) + at, 10)
    return bytes(data)


def overlapping() -> bytes:
    """Many names for one member: a bomb without nesting."""
    one = build.zip_file({"a": b"0" * 500_000})
    start = one.index(b"PK\x01\x02")
    local, central = one[:start], one[start : one.index(b"PK\x05\x06")]
    names = b"".join(central.replace(b"a", bytes([65 + i])) for i in range(20))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, len(names), len(local), 0)
    return local + names + end


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for i in range(30_000):
            archive.writestr(str(i), b"")
    return out.getvalue()


def office_xml(xml: str) -> bytes:
    return build.zip_file({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def billion_laughs() -> bytes:
    entities = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    return office_xml(
        f"<?xml version='1.0'?><!DOCTYPE d [{entities}]><w:document><w:t>&a11;</w:t></w:document>"
    )


def outside_entity() -> bytes:
    return office_xml(
        "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document><w:t>&x;</w:t></w:document>"
    )


def deep_xml() -> bytes:
    return office_xml("<w:p>" * 60_000 + f"<w:t>{SENTENCE}</w:t>" + "</w:p>" * 60_000)


def endless_boxes() -> bytes:
    return office_xml("<w:txbxContent><w:p><w:t>a" * 100_000)


def pdf_page_loop() -> bytes:
    return build.pdf_by_hand(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"]
    )


def pdf_deep_arrays() -> bytes:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1/X " + b"[" * 300_000 + b"]" * 300_000 + b">>"
    return build.pdf_by_hand([b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R>>"])


def pdf_double_flate() -> bytes:
    packed = zlib.compress(zlib.compress(b" " * (300 << 20), 9), 9)
    content = build.stream(packed, b"/Filter[/FlateDecode/FlateDecode]")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return build.pdf_by_hand([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content])


def huge_png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    text = b"Comment\0\0" + zlib.compress(b"a" * (200 << 20), 9)
    data = build.image_file("PNG", build.picture("x", (10, 10)))
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return data[:33] + chunk + data[33:]


def ole_loop() -> bytes:
    """Every sector's follower is itself."""
    data = bytearray(cfb.write({"WordDocument": b"\xec\xa5" + b"x" * 60_000, "1Table": b"y" * 9000}))
    fat = struct.unpack_from("<I", data, 76)[0]
    at = 512 + fat * 512
    for i in range(100):
        struct.pack_into("<I", data, at + 4 * i, i)
    return bytes(data)


def ole_tree_loop() -> bytes:
    data = bytearray(cfb.write({"A": {"B": b"x"}, "C": b"y"}))
    directory = struct.unpack_from("<I", data, 48)[0] * 512 + 512
    struct.pack_into("<I", data, directory + 128 + 68, 1)
    struct.pack_into("<I", data, directory + 128 + 76, 0)
    return bytes(data)


def rtf_deep() -> bytes:
    return b"{\\rtf1 " + b"{\\b a" * 300_000


def html_deep() -> bytes:
    return b"<html><body>" + b"<div><table>" * 300_000 + SENTENCE.encode()


def json_deep() -> bytes:
    return b"[" * 500_000


def mail_deep() -> bytes:
    head = "MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
    return "".join(head.format(i) for i in range(3000)).encode()


def tar_of_headers() -> bytes:
    return build.tar_file({str(i): b"" for i in range(25_000)})


def gz_bomb() -> bytes:
    return build.PACKERS["gz"](build.PACKERS["gz"](b"\0" * (100 << 20)))


def xlsx_far_cell() -> bytes:
    cell = f'<c r="XFD1048576" t="inlineStr"><is><t>{SENTENCE}</t></is></c>'
    sheet = f'<worksheet><dimension ref="A1:XFD1048576"/>{cell}</worksheet>'
    return build.zip_file({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": sheet.encode()})


def slow_regex() -> bytes:
    return office_xml("<w:t " * 200_000 + "<" * 200_000 + "&" * 100_000)


def xls_string_count() -> bytes:
    book = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0) + struct.pack(
        "<HHII", 0xFC, 8, 2**31, 2**31
    )
    return cfb.write({"Workbook": book})


READ = {"deep_xml", "html_deep", "xlsx_far_cell"}
BOMBS: list[Callable[[], bytes]] = [
    zip_bomb, nested_zip, lying_size, overlapping, many_members, billion_laughs, outside_entity, deep_xml,
    endless_boxes, pdf_page_loop, pdf_deep_arrays, pdf_double_flate, huge_png, png_text_bomb, ole_loop,
    ole_tree_loop, rtf_deep, html_deep, json_deep, mail_deep, tar_of_headers, gz_bomb, xlsx_far_cell, slow_regex,
    xls_string_count,
]  # fmt: skip
SAID = {
    "zip_bomb": "ratio", "lying_size": "ratio", "overlapping": "overlap", "many_members": "too_many",
    "billion_laughs": "forbidden_xml", "outside_entity": "forbidden_xml", "huge_png": "too_many_pixels",
    "gz_bomb": "ratio", "tar_of_headers": "too_many",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda f: f.__name__)
def test_bomb(reader: Reader, tmp_path: Path, bomb: Callable[[], bytes]) -> None:
    path = tmp_path / "bom"
    path.write_bytes(bomb())
    found = reader.items(path)
    assert found
    assert sum(len(item.text) for item in found) < 100_000_000
    if bomb.__name__ in READ:
        assert any(SENTENCE in item.text for item in found)
    if bomb.__name__ in SAID:
        assert SAID[bomb.__name__] in {item.why for item in found}
    assert_alive(reader, tmp_path)


def assert_alive(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "sau").write_text(SENTENCE)
    assert reader.items(tmp_path / "sau")[0].text.strip() == SENTENCE


def test_special_files(reader: Reader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống")
    (tmp_path / "thật").write_text("x")
    (tmp_path / "liên kết").symlink_to(tmp_path / "thật")
    whys: list[tuple[str, list[Item]]] = list(
        reader.many([tmp_path / "ống", tmp_path / "liên kết", tmp_path, tmp_path / "không có"])
    )
    assert [items[0].why for _, items in whys] == ["not_regular", "not_regular", "not_regular", "missing"]


def test_a_huge_sparse_file_is_too_large(reader: Reader, tmp_path: Path) -> None:
    with open(tmp_path / "lớn", "wb") as file:
        file.truncate(400 * MIB)
    assert reader.items(tmp_path / "lớn")[0].why == "input_too_large"
