"""What the printing tests share: a register, and readers of PDF that are not ours (poppler)."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bmnn.printing import Checkpoint, Column, Register

NOTE = "bmnn/thu/so-di\n120\n" + "Q" * 43 + "=\n\n— bmnn/thu/so-di " + "R" * 92 + "\n"
CHECK = Checkpoint(120, "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345", NOTE)
HEADINGS = ("Số thứ tự", "Số, ký hiệu", "Tên loại và trích yếu nội dung", "Độ mật", "Ghi chú")
WIDTHS = (0.8, 1.6, 4.0, 1.1, 1.5)


def register(rows: list[list[str]], **more: Any) -> Register:
    """A register with five columns."""
    columns = [Column(h, w) for h, w in zip(HEADINGS, WIDTHS, strict=True)]
    given: dict[str, Any] = {"title": "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI", "columns": columns, "rows": rows}
    return Register(**(given | more))


def ordinary(n: int) -> list[str]:
    """A line as clerks write it."""
    return [f"{n:02d}", f"{n}/BC-UBND", f"Báo cáo số {n} về tình hình địa bàn", "Mật", ""]


def _run(pdf: bytes, *command: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(pdf)
        return subprocess.run(
            [*command[:1], *command[1:], str(path), "-"], capture_output=True, check=True
        ).stdout


def pages(pdf: bytes) -> list[str]:
    """The text of each page, as another program reads it."""
    return _run(pdf, "pdftotext", "-layout").decode().split("\f")[:-1]


def words(pdf: bytes) -> str:
    """The whole text, in reading order, spaces and break points taken out."""
    return re.sub(r"[\s\u200b]+", "", _run(pdf, "pdftotext", "-raw").decode())


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the left top; `page` begins with 0."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def boxes(pdf: bytes) -> tuple[list[tuple[float, float]], list[Word]]:
    """The sizes of the pages and every word with its place."""
    said = _run(pdf, "pdftotext", "-bbox").decode()
    sizes, found = [], []
    for line in said.splitlines():
        if page := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            sizes.append((float(page[1]), float(page[2])))
        if word := re.search(
            r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line
        ):
            left, top, right, bottom = (float(word[n]) for n in range(1, 5))
            found.append(Word(word[5], len(sizes) - 1, left, top, right, bottom))
    return sizes, found


def fonts(pdf: bytes) -> set[str]:
    """The families embedded."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    return {line.split()[0].split("+")[-1].split("-")[0] for line in done.stdout.splitlines()[2:]}


def picture(pdf: bytes, dpi: int, page: int = 1) -> Any:
    """A page as a picture (PIL)."""
    import io

    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", str(path)]
        done = subprocess.run(command, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")
