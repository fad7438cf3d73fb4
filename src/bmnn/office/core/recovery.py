"""Recovery: after a restore the log may be shorter than what witnesses saw; no number is given until that is
settled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

FILE = "phuc-hoi.json"


def mark(folder: Path, missing: list[dict[str, Any]]) -> None:
    """Put a restored folder into recovery. `missing`: per stream the size kept and the size a witness saw."""
    (folder / FILE).write_text(json.dumps({"missing": missing}, ensure_ascii=False), encoding="utf-8")


def state() -> str | None:
    """What a person must know; None when the site is not in recovery."""
    path = Path(settings.DATA) / FILE
    if not path.is_file():
        return None
    try:
        missing = json.loads(path.read_text(encoding="utf-8"))["missing"]
        lost = sum(m["seen"] - m["kept"] for m in missing)
    except (ValueError, KeyError, TypeError):
        lost = 0
    return (
        f"Hệ thống vừa khôi phục từ bản sao lưu và thiếu {lost} việc đã ghi sau bản ấy. Chưa cấp số mới cho "
        f"đến khi "
        "hai người cùng đối chiếu sổ giấy và xác nhận số cuối cùng của từng sổ (việc «Kết thúc phục hồi»)."
    )


def leave() -> None:
    """End the state; called once the act that settles the numbers is committed."""
    (Path(settings.DATA) / FILE).unlink(missing_ok=True)
