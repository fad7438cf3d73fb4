"""Small files of every format, cut, flipped and spliced: never an exception, always a verdict for every item."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmnn.reading import OVER_LIMIT, UNREADABLE, ReadingLimits, read
from tests.reading import build
from tests.reading.build import SENTENCE

LIMITS = ReadingLimits(total=40_000_000, member=20_000_000, text=2_000_000, pixels=4_000_000)


@cache
def seeds() -> dict[str, bytes]:
    tiny = build.picture("x", (12, 9), "RGB")
    return {
        "docx": build.docx_file(body=SENTENCE, comment="x", box="hộp"),
        "xlsx": build.xlsx_file(cell=SENTENCE, comment="x"),
        "xlsb": build.xlsb_file(shared=SENTENCE, inline="x", comment="y"),
        "pptx": build.pptx_file(slide=SENTENCE),
        "odt": build.odf_file("text", SENTENCE, note="x"),
        "doc": build.doc_file(
            SENTENCE,
            header="x",
            narrow=b"abc",
            embedded={"O": {"\x01Ole10Native": build.ole_package("x", b"y")}},
        ),
        "xls": build.xls_file(cell=SENTENCE, comment="x", label=b"abc"),
        "ppt": build.ppt_file(SENTENCE, note="x", narrow=b"abc"),
        "msg": build.msg_file(SENTENCE, attachment=b"x", inner="y"),
        "rtf": build.rtf_file(SENTENCE, header="x", box="y", picture=b"z" * 80),
        "html": build.html_file(SENTENCE),
        "eml": build.eml_file(SENTENCE, "x", {"a.txt": b"abc"}),
        "mbox": build.mbox_file(build.eml_file("a"), build.eml_file("b")),
        "tnef": build.tnef_file(b"abc", b"n", b"data"),
        "zip": build.zip_file({"a.txt": SENTENCE.encode(), "b": b"x"}),
        "tar": build.tar_file({"a.txt": SENTENCE.encode()}),
        "gz": build.PACKERS["gz"](SENTENCE.encode()),
        "xz": build.PACKERS["xz"](SENTENCE.encode()),
        "bz2": build.PACKERS["bz2"](SENTENCE.encode()),
        "7z": build.sevenzip_file({"a.txt": SENTENCE.encode()}),
        "rar4": build.rar4_file("a.txt", SENTENCE.encode()),
        "rar5": build.rar5_file("a.txt", SENTENCE.encode()),
        "pdf": build.pdf_with_files({"x": b"abc"}, note="ghi"),
        "json": build.telegram_file(SENTENCE),
        "png": build.image_file("PNG", tiny),
        "jpeg": build.image_file("JPEG", tiny),
        "gif": build.image_file("GIF", tiny),
        "tiff": build.image_file("TIFF", tiny),
        "bmp": build.image_file("BMP", tiny),
        "webp": build.image_file("WEBP", tiny),
        "viqr": build.viqr(SENTENCE).encode(),
    }


SEEDS = [
    "docx",
    "xlsx",
    "xlsb",
    "pptx",
    "odt",
    "doc",
    "xls",
    "ppt",
    "msg",
    "rtf",
    "html",
    "eml",
    "mbox",
    "tnef",
    "zip",
    "tar",
    "gz",
    "xz",
    "bz2",
    "7z",
    "rar4",
    "rar5",
    "pdf",
    "json",
    "png",
    "jpeg",
    "gif",
    "tiff",
    "bmp",
    "webp",
    "viqr",
]


def judge(data: bytes) -> None:
    found = list(read(data, "a", LIMITS))
    assert found
    for item in found:
        assert item.verdict in ("read", "unreadable", "over_limit")
        assert (item.why is None) == (item.verdict == "read")
        assert item.why is None or item.why in UNREADABLE | OVER_LIMIT
        assert all(0 <= part.start <= part.end <= len(item.text) for part in item.parts)
        assert all(0 <= page.start <= page.end <= len(item.text) for page in item.pages)
        assert item.to_json()


@st.composite
def mutations(draw: st.DrawFn, seed: bytes) -> bytes:
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        kind = draw(st.sampled_from(["flip", "set", "cut", "drop", "double", "splice", "number"]))
        if kind == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "set" and data:
            data[at] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]))
        elif kind == "cut":
            del data[at:]
        elif kind == "drop":
            del data[at : at + draw(st.integers(1, 64))]
        elif kind == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 200))]
        elif kind == "splice":
            other = seeds()[draw(st.sampled_from(SEEDS))]
            start = draw(st.integers(0, len(other)))
            data[at:at] = other[start : start + 400]
        else:
            data[at : at + 4] = draw(
                st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x80", b"\xff\xff\xff\x7f"])
            )
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_is_read_and_its_mutations_have_verdicts(name: str) -> None:
    judge(seeds()[name])

    @given(mutations(seeds()[name]))
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def mutated(data: bytes) -> None:
        judge(data)

    mutated()


@given(st.binary(max_size=400), st.sampled_from(SEEDS), st.integers(0, 16))
@settings(max_examples=150, deadline=None)
def test_a_true_beginning_and_then_anything(tail: bytes, name: str, keep: int) -> None:
    judge(seeds()[name][: keep * 2] + tail)
