"""Stamps drawn at true size from the geometry the law room holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bmnn.law import Stamp
from bmnn.printing.model import PrintError
from bmnn.printing.render import pdf
from bmnn.printing.text import clean

_RED = "#c00000"
_COLOURS = {"red": _RED, "black": "#000000", "blue": "#1a3d8f"}
# Between the lines of a stamp, as in the form of "GIẢI MẬT".
_LEADING_MM = 2.0
ADVICE = (
    "In ở tỷ lệ 100% (kích thước thực, không chọn «vừa trang»). Đo lại thước 100 mm dưới đây trước khi dùng làm mẫu "
    "khắc dấu. Khung nét đứt: văn bản hiện có chưa cho biết kích thước, chỉ để tham khảo."
)


def drawing(stamp: Stamp, values: Sequence[str] = ()) -> dict[str, Any]:
    """What the template needs to draw a stamp. `values` fill the open places ("…") of its lines in their order."""
    filled = iter(values)
    lines = []
    for line in stamp.lines:
        words = re.sub("…", lambda _open: clean(next(filled, "…")), line.text)
        lines.append(
            {"text": words.upper() if line.capitals else words, "size": line.size_pt, "bold": line.bold}
        )
    return {
        "known": stamp.width_mm is not None and stamp.height_mm is not None,
        "round": stamp.shape == "circle",
        "width": stamp.width_mm or 0,
        "height": stamp.height_mm or 0,
        "borders": 1 if stamp.borders is None else stamp.borders,
        "gap": stamp.gap_mm or 1.0,
        "leading": _LEADING_MM,
        "colour": _COLOURS.get(stamp.colour, _RED),
        "lines": lines,
    }


def stamps_pdf(
    stamps: Sequence[Stamp], *, title: str = "MẪU DẤU BẢO VỆ BÍ MẬT NHÀ NƯỚC", trace: str = ""
) -> bytes:
    """A sheet with each stamp at true size, what it is for and on which article it rests.

    Raises PrintError for an empty list.
    """
    if not stamps:
        raise PrintError("Không có mẫu dấu nào cho ngày này.")
    shown = [
        {
            **drawing(one),
            "title": clean(f"{one.title} – {one.form}" if one.form else one.title),
            "says": clean(_says(one)),
            "badge": one.rule.badge,
        }
        for one in stamps
    ]
    data = {"title": title, "size": 11, "stamps": shown, "advice": ADVICE, "trace": clean(trace), "mark": ""}
    return pdf("stamps", data)


def _says(stamp: Stamp) -> str:
    if stamp.width_mm is None or stamp.height_mm is None:
        size = "Kích thước chưa có trong văn bản đã đọc"
    else:
        size = f"{stamp.width_mm:g} × {stamp.height_mm:g} mm"
    return f"{size}. {stamp.use}. Căn cứ: {stamp.citation}."
