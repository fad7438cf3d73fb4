"""The whole text of files, with what stands on their pages, for taking fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bmnn.discovery.scan.box import scan_box, setup_argument
from bmnn.discovery.scan.options import Options
from bmnn.discovery.scan.run import rows_of
from bmnn.reading import OVER_LIMIT, UNREADABLE
from bmnn.sandbox import Box


def whole_texts(paths: Sequence[Path], options: Options | None = None) -> Iterator[tuple[Path, str, str]]:
    """(path, text of the file and of all it holds, why it is not whole or "").

    Raises SandboxError when the sandbox cannot be used.
    """
    options = options or Options()
    box = scan_box(1, options.limits, options.allow_missing)
    box.setup_argument = setup_argument((), {}, ocr=options.ocr)
    with box:
        for path in paths:
            yield path, *_text(box, path, options)


def _text(box: Box, path: Path, options: Options) -> tuple[str, str]:
    argument: dict[str, Any] = {
        "names": [str(path)],
        "limits": options.limits.to_json(),
        "texts": True,
        "pages": None,
    }
    outcome = box.call((path,), argument)
    rows = [row for row in rows_of(outcome) if "end" not in row]
    why = outcome.why or next((row["why"] for row in rows if "why" in row), None)
    if why:
        return "", UNREADABLE.get(why) or OVER_LIMIT.get(why) or outcome.message or "không đọc được"
    texts = [row["text"] for row in rows]
    pages = {row["path"]: row["ocr"] for row in rows if row.get("ocr")}
    if pages:
        read = box.call((path,), argument | {"pages": pages})
        found = rows_of(read)
        if not read.ok or not all(p["complete"] for p in found):
            return "", "không nhận dạng được chữ trên ảnh trang"
        texts += [p["text"] for p in found]
    return "\f".join(t for t in texts if t), ""
