"""Files in files in files, each named by its way; what lies beyond a budget is said, never skipped."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace

import pytest

from bmnn.reading import Item, ReadingLimits, read
from tests.reading import build
from tests.reading.build import SENTENCE


def items(data: bytes, name: str = "a", **limits: int) -> list[Item]:
    return list(read(data, name, replace(ReadingLimits(), **limits)))


def holders(found: list[Item]) -> list[str]:
    return [item.path for item in found if SENTENCE.split(";")[0] in " ".join(item.text.split())]


def test_the_names_of_the_contract() -> None:
    mail = build.eml_file("x", attachments={"c.pdf": build.pdf_file(SENTENCE)})
    found = items(build.zip_file({"b.eml": mail}), "a.zip")
    assert [(i.path, i.type) for i in found] == [
        ("a.zip", "application/zip"),
        ("a.zip!b.eml", "message/rfc822"),
        ("a.zip!b.eml!c.pdf", "application/pdf"),
    ]
    assert holders(found) == ["a.zip!b.eml!c.pdf"]


WRAPPERS = {
    "zip": lambda data: build.zip_file({"x": data}),
    "tar": lambda data: build.tar_file({"x": data}),
    "gz": build.PACKERS["gz"],
    "7z": lambda data: build.sevenzip_file({"x": data}),
    "rar": lambda data: build.rar5_file("x", data),
    "eml": lambda data: build.eml_file("x", attachments={"x": data}),
    "msg": lambda data: build.msg_file("x", attachment=data),
    "docx": lambda data: build.add_to_zip(build.docx_file(), {"word/embeddings/x.bin": data}),
    "pdf": lambda data: build.pdf_with_files({"x": data}),
    "doc": lambda data: build.doc_file(
        "x", embedded={"O": {"\x01Ole10Native": build.ole_package("x", data)}}
    ),
}


@pytest.mark.parametrize("outer", WRAPPERS)
@pytest.mark.parametrize("inner", WRAPPERS)
def test_every_container_in_every_container(outer: str, inner: str) -> None:
    found = items(WRAPPERS[outer](WRAPPERS[inner](build.docx_file(body=SENTENCE))))
    assert len(holders(found)) == 1
    assert holders(found)[0].count("!") == 2
    assert all(item.verdict == "read" for item in found), [(i.path, i.why) for i in found]


@pytest.mark.parametrize("depth", range(1, 10))
def test_every_depth_is_read_or_said_to_be_too_deep(depth: int) -> None:
    data = SENTENCE.encode()
    for _ in range(depth):
        data = build.zip_file({"x": data})
    found = items(data)
    if depth <= 6:
        assert len(holders(found)) == 1
    else:
        assert holders(found) == []
        assert (found[-1].verdict, found[-1].why) == ("over_limit", "too_deep")
        assert found[-1].path.count("!") == 7


def test_hash_and_size_are_those_of_the_member() -> None:
    import hashlib

    found = items(build.zip_file({"b.txt": SENTENCE.encode()}))
    assert found[1].sha256 == hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert found[1].size == len(SENTENCE.encode())


def test_too_many_members() -> None:
    found = items(build.zip_file({f"{i}.txt": b"x" for i in range(30)}), members=10)
    assert sum(i.verdict == "read" for i in found) == 11
    assert found[-1].why == "too_many"


def test_the_count_is_shared_by_all_levels() -> None:
    inner = build.zip_file({f"{i}.txt": b"x" for i in range(8)})
    found = items(build.zip_file({"a.zip": inner, "b.zip": inner}), members=10)
    assert any(i.why == "too_many" for i in found)
    assert len(found) < 20


def test_a_member_too_large_costs_itself_alone() -> None:
    found = items(build.zip_file({"a": b"x" * 5000, "b": SENTENCE.encode()}), member=4000)
    assert [(i.why, i.verdict) for i in found[1:]] == [("too_large", "over_limit"), (None, "read")]


def test_the_total_is_shared() -> None:
    found = items(build.zip_file({str(i): bytes([65 + i]) * 4000 for i in range(6)}, 0), total=10_000)
    assert any(i.verdict == "over_limit" for i in found)
    assert sum(len(i.text) for i in found) <= 12_000


def test_more_text_than_the_budget_is_kept_as_far_as_it_goes() -> None:
    for data in ((SENTENCE + "\n") * 1000,):
        for made in (data.encode(), build.docx_file(body=data), build.html_file(data)):
            item = items(made, text=2000)[0]
            assert item.verdict == "over_limit"
            assert item.why == "too_much_text"
            assert SENTENCE in item.text.replace("\n ", "\n")


def test_more_pages_than_the_budget() -> None:
    item = items(build.pdf_file("một", "hai", "ba"), pages=2)[0]
    assert (item.why, len(item.pages)) == ("too_many_pages", 2)
    assert "hai" in item.text


def test_input_larger_than_the_budget() -> None:
    assert items(b"x" * 100, input=99)[0].why == "input_too_large"


def test_links_and_devices_in_archives_are_named_not_followed() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert [i.why for i in items(out.getvalue())[1:]] == ["link", "link", "not_regular"]
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        zipped.writestr(info, "/etc/passwd")
    assert items(out.getvalue())[1].why == "link"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "a\x00b", "a\u202egnp.exe", "a\nb"]
)
def test_names_are_data_for_display_only(name: str) -> None:
    found = items(build.tar_file({name: SENTENCE.encode()}))
    assert len(holders(found)) == 1
    assert not set("\x00\n\u202e") & set(found[1].path)
