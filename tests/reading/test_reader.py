"""Reading through the sandbox gives what reading gives, in order, and survives what kills a worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from bmnn.reading import Item, Reader, items_of, read
from bmnn.reading.worker import serve
from bmnn.sandbox import Limits, Outcome
from tests.reading import build
from tests.reading.build import SENTENCE


def test_the_same_items_come_through_the_sandbox(tmp_path: Path) -> None:
    files = {
        "a.zip": build.zip_file(
            {"b.eml": build.eml_file(SENTENCE, attachments={"c.docx": build.docx_file(body=SENTENCE)})}
        ),
        "b.pdf": build.pdf_file("một", "hai"),
        "c.7z": build.sevenzip_file({"x.doc": build.doc_file(SENTENCE)}),
        "d.msg": build.msg_file(SENTENCE),
        "e.rar": build.rar5_file("x.txt", SENTENCE.encode()),
        "f.png": build.image_file("PNG", build.picture(SENTENCE)),
        "g.heic": build.image_file("HEIF", build.picture("x", (64, 64), "RGB")),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in files]
    with Reader(workers=2) as reader:
        through = list(reader.many(paths))
    assert [path for path, _ in through] == [str(p) for p in paths]
    for path, items in through:
        direct = [item.to_json() for item in read(path)]
        assert [item.to_json() for item in items] == direct


def test_json_and_back() -> None:
    for item in read(build.pdf_file(SENTENCE, "hai"), "a"):
        again = Item.from_json(item.to_json())
        assert (again.text, again.parts, again.pages, again.body) == (
            item.text,
            item.parts,
            item.pages,
            item.body,
        )


def test_a_call_cut_short_keeps_its_items_and_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(build.zip_file({"b.txt": SENTENCE.encode()}))
    with path.open("rb") as file:
        whole = list(serve([file], {"name": "a.zip", "limits": {}}))
    items = items_of(Outcome(False, whole[:1], "time"), "a.zip")
    assert [(i.path, i.verdict, i.why) for i in items] == [
        ("a.zip", "read", None),
        ("a.zip!(phần còn lại)", "over_limit", "time"),
    ]
    lost = items_of(Outcome(False, None, "crashed"), str(path))
    assert [(i.path, i.verdict, i.why, i.size) for i in lost] == [
        (str(path), "unreadable", "crashed", path.stat().st_size)
    ]


def test_a_budget_of_memory_that_is_too_small_is_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((SENTENCE + "\n").encode() * 300_000)
    with Reader(box=Limits(memory=190 * 1024 * 1024)) as reader:
        item = reader.items(path)[0]
    assert (item.verdict, item.why) == ("over_limit", "memory")


@pytest.mark.parametrize("name", ["chữ có dấu.txt", "a!b.txt", "xuống\ndòng.txt"])
def test_names_of_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SENTENCE)
    with Reader() as reader:
        assert reader.items(tmp_path / name)[0].path == str(tmp_path / name).replace("\n", "\ufffd")


def test_reading_writes_nothing_and_keeps_the_access_time(tmp_path: Path) -> None:
    import os

    path = tmp_path / "a.docx"
    path.write_bytes(build.docx_file(body=SENTENCE))
    os.utime(path, (1_000_000_000, 1_600_000_000))
    with Reader() as reader:
        reader.items(path)
    assert path.stat().st_atime == 1_000_000_000
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_the_side_that_asks_loads_no_parser() -> None:
    import subprocess
    import sys

    code = "import sys, bmnn.reading; print([m for m in sys.modules if m.split('.')[0] in sys.argv[1:]])"
    parsers = ["pypdfium2", "olefile", "PIL", "py7zr", "msoffcrypto", "pypff", "tesserocr", "cv2", "email"]
    done = subprocess.run([sys.executable, "-c", code, *parsers], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
