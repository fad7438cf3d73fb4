"""VIQR is read where it is meant and nowhere else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bmnn.vietnamese.viqr import from_viqr

# The example of RFC 1456, section 3, and its Unicode reading.
RFC = ("Viê.t Nam".replace("ê", "e^"), "Việt Nam")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dda.i ho^.i DDa?ng lu+o+ng thu+.c Vie^.t Nam", "Đại hội Đảng lương thực Việt Nam"),
        ("Nu+o+'c Vie^.t Nam muo^n na(m. Quye^'t ddi.nh", "Nước Việt Nam muôn năm. Quyết định"),
        ("Kho^ng ddu+o+.c sao chu.p ta`i lie^.u na`y. No+i nha^.n", "Không được sao chụp tài liệu này. Nơi nhận"),
        (RFC[0] + " ddo^.c la^.p tu+. do", RFC[1] + " độc lập tự do"),
    ],
)  # fmt: skip
def test_read(written: str, meant: str) -> None:
    assert from_viqr(written) == (meant, "viqr")


@pytest.mark.parametrize(
    "text",
    [
        "int a = b^c; foo(bar+1); it's x+y, e^x and a^b, o^2 where (a) is 'odd'.",
        "UBND tinh de nghi cac don vi bao cao ket qua thuc hien truoc ngay 15. Xin cam on!",
        "The committee's report (see add. note) isn't final; what do you think?",
        "",
        "a^",
    ],
)
def test_left_alone(text: str) -> None:
    assert from_viqr(text) == (text, None)


@pytest.mark.shared
def test_a_whole_decree(shared: Path) -> None:
    folder = shared / "samples" / "documents"
    written = (folder / "encodings" / "nghi-dinh-244.viqr.txt").read_text("utf-8")
    meant = unicodedata.normalize("NFC", (folder / "encodings" / "nghi-dinh-244.utf8.txt").read_text("utf-8"))
    got, encoding = from_viqr(written)
    assert encoding == "viqr"
    pairs = list(zip(got.split(), meant.split(), strict=True))
    assert sum(a != b for a, b in pairs) <= 0.003 * len(pairs)
