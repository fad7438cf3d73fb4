"""Recovery: after a restore the log may be shorter than what witnesses saw; no number is given until that is
settled."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

FILE = "phuc-hoi.json"


def mark(folder: Path, missing: list[str]) -> None:
    """Put a restored folder into recovery. `missing`: what the witnesses saw and the backup lacks, in
    words."""
    (folder / FILE).write_text(json.dumps({"missing": missing}, ensure_ascii=False), encoding="utf-8")


def state() -> str | None:
    """What a person must know; None when the site is not in recovery."""
    path = Path(settings.DATA) / FILE
    if not path.is_file():
        return None
    try:
        missing = " ".join(json.loads(path.read_text(encoding="utf-8"))["missing"])
    except (ValueError, KeyError, TypeError):
        missing = ""
    return (
        "Hệ thống vừa khôi phục từ bản sao lưu, có thể thiếu các việc ghi sau bản ấy. Chưa ghi việc mới "
        "cho đến khi "
        f"hai người đối chiếu sổ giấy và xác nhận số cuối cùng của từng sổ (việc «Kết thúc phục "
        f"hồi»). {missing}"
    ).strip()


def leave() -> None:
    """End the state; called once the act that settles the numbers is committed."""
    (Path(settings.DATA) / FILE).unlink(missing_ok=True)
