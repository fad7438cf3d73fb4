"""A scan in a process of its own: `python -m bmnn.discovery.scan.background FOLDER`.

The folder holds the order (`viec.json`); progress (`tien-do.json`) and result (`ket-qua.json`) are written there, each
in one step. A file `dung` stops the scan. What was uploaded for it lies in `tep` and is removed before the last word is
written, for it may be secret and nobody may come back to look. Whoever starts the process needs no parser and no Django
here.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bmnn.discovery.fingerprint import Index, IndexProblem, Key, KeyProblem
from bmnn.discovery.scan.options import Options, entries_on
from bmnn.discovery.scan.run import scan
from bmnn.sandbox import SandboxError

ORDER, PROGRESS, RESULT, STOP = "viec.json", "tien-do.json", "ket-qua.json", "dung"
UPLOADS = "tep"
_EVERY = 0.4


class _Told:
    """Writes how far the scan is; stops it when asked to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stage, self._total, self._count = "read", 0, 0
        self._began = time.monotonic()
        self._written = 0.0

    def stage(self, stage: str, total: int) -> None:
        """See options.Progress."""
        self._stage, self._total, self._count, self._began = stage, total, 0, time.monotonic()
        self._write()

    def done(self, count: int = 1, bytes_read: int = 0) -> None:
        """See options.Progress."""
        self._count += count
        if (self._folder / STOP).exists():
            raise KeyboardInterrupt
        if time.monotonic() - self._written >= _EVERY:
            self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        spent = round(self._written - self._began, 1)
        row = {
            "state": "running",
            "stage": self._stage,
            "done": self._count,
            "total": self._total,
            "seconds": spent,
        }
        write_json(self._folder / PROGRESS, row)


def write_json(path: Path, value: Any) -> None:
    """Write in one step."""
    part = path.with_suffix(".moi")
    part.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    os.replace(part, path)


def order(
    paths: list[str], day: date, *, ocr: bool, jobs: int, numbers: dict[str, Any], index: str, mark_key: str
) -> dict[str, Any]:
    """The order as the process reads it. `index`: path of an index whose key lies beside it, or ""; `mark_key`: hex."""
    return {
        "paths": paths,
        "day": day.isoformat(),
        "ocr": ocr,
        "jobs": jobs,
        "numbers": numbers,
        "index": index,
        "mark_key": mark_key,
    }


def run(folder: Path) -> None:
    """Carry out the order in a folder; whatever happens, the last word stands in the progress file."""
    given = json.loads((folder / ORDER).read_text("utf-8"))["order"]
    told = _Told(folder)
    try:
        index = None
        if given["index"]:
            at = Path(given["index"])
            index = Index.read(at, Key.read(at.with_name(at.name + ".khoa")))
        options = Options(
            jobs=given["jobs"],
            ocr=given["ocr"],
            index=index,
            numbers=given["numbers"],
            entries=entries_on(date.fromisoformat(given["day"])),
            mark_key=bytes.fromhex(given["mark_key"]) or None,
        )
        result = scan([Path(p) for p in given["paths"]], options, told)
        if result["interrupted"]:
            last = {"state": "cancelled", "words": "Đã dừng theo yêu cầu; không có gì được lưu."}
        else:
            write_json(folder / RESULT, result)
            last = {"state": "done", "words": ""}
    except (SandboxError, IndexProblem, KeyProblem) as error:
        last = {"state": "failed", "words": str(error)}
    except Exception:  # the process's last word: the person must not wait for ever
        last = {
            "state": "failed",
            "words": "Rà soát không hoàn thành được do lỗi của chương trình. Hãy thử lại.",
        }
    shutil.rmtree(folder / UPLOADS, ignore_errors=True)
    write_json(folder / PROGRESS, {"stage": "", "done": 0, "total": 0, "seconds": 0.0} | last)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
