"""What was noticed in an item, with its place and how telling it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "stamp",
    "level_line",
    "copy_number",
    "recall_mark",
    "named_only",
    "register_number",
    "list_entry",
    "fingerprint",
    "wording",
]
Level = Literal["TUYET_MAT", "TOI_MAT", "MAT"]
LEVELS: tuple[Level, ...] = ("TUYET_MAT", "TOI_MAT", "MAT")
"""Gravest first."""

KIND_WORDS: dict[str, str] = {
    "stamp": "dấu độ mật",
    "level_line": "dòng chỉ độ mật",
    "copy_number": "số bản, số bản sao",
    "recall_mark": "dấu tài liệu thu hồi",
    "named_only": "dấu chỉ người có tên mới được bóc bì",
    "register_number": "số văn bản có trong sổ bí mật nhà nước",
    "list_entry": "trích yếu gần với danh mục bí mật nhà nước",
    "fingerprint": "trùng với tài liệu đã lấy vân tay",
    "wording": "lời văn tự nhận là bí mật nhà nước",
}
LEVEL_WORDS: dict[str, str] = {"TUYET_MAT": "Tuyệt mật", "TOI_MAT": "Tối mật", "MAT": "Mật"}

SURE = 0.8
"""Score from which one signal is evidence by itself."""


@dataclass(frozen=True)
class Signal:
    """One reason.

    `text`: a few words as read, never a passage; `page`: from 1; `at`: characters [start, end) of the item's text;
    `box`: x, y, width, height on the page picture at 200 dpi; `score` 0..1, from `SURE` on evidence by itself;
    `rule`: the rule that noticed it, in words; `crop`: a small JPEG of the place.
    """

    kind: Kind
    text: str
    score: float
    rule: str
    level: Level | None = None
    page: int | None = None
    at: tuple[int, int] | None = None
    box: tuple[int, int, int, int] | None = None
    crop: bytes | None = None

    def to_json(self) -> dict[str, Any]:
        """As CONTRACTS prints it; the crop apart, base64 under `crop` only where there is one."""
        from base64 import b64encode

        shown: dict[str, Any] = {
            "kind": self.kind,
            "text": self.text,
            "level": self.level,
            "page": self.page,
            "at": list(self.at) if self.at else None,
            "box": list(self.box) if self.box else None,
            "score": round(self.score, 3),
            "rule": self.rule,
        }
        if self.crop:
            shown["crop"] = b64encode(self.crop).decode()
        return shown


def gravest(levels: list[Level | None]) -> Level | None:
    """The gravest level named, None when none is."""
    return next((level for level in LEVELS if level in levels), None)
