"""A scan, upright and upside down, read by the OCR of this machine in the locked-down process."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bmnn import directives

FONT = next(Path("/usr/share/fonts/truetype").glob("liberation*/LiberationSerif-Regular.ttf"), None)
LINES = [
    "ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
    "Số: 45/UBND-VP",
    "Tân Hòa, ngày 12 tháng 3 năm 2026",
    "V/v kiểm tra máy tính",
    "Kính gửi: Các đơn vị trực thuộc.",
    "Chủ tịch Ủy ban nhân dân xã yêu cầu các đơn vị:",
    "1. Rà soát máy tính dùng để soạn thảo, lưu giữ bí mật nhà nước.",
    "2. Báo cáo kết quả về Công an xã trước ngày 20/3/2026.",
]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 180], ids=["upright", "upside down"])
def test_scan(tmp_path: Path, turn: int) -> None:
    assert FONT is not None, "cần gói fonts-liberation2"
    page = Image.new("L", (1654, 1100), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 38)
    for i, line in enumerate(LINES):
        draw.text((140, 90 + 110 * i), line, font=font, fill=0)
    path = tmp_path / "ban-quet.png"
    page.rotate(turn).save(path, dpi=(200, 200))
    result = directives.read(path)
    (document,) = result["documents"]
    assert (document["header"]["number"], document["header"]["date"]) == ("45", "2026-03-12")
    assert [t["clause"] for t in document["tasks"]] == ["1", "2"]
    assert document["tasks"][1]["deadline"][0]["date"] == "2026-03-20"
    assert document["tasks"][1]["reporting"][0]["to"] == "Công an xã"
