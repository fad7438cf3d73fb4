"""What a scan has done, kept beside its report: for going on after a stop, and for reading only what changed.

One JSON object a line. The first says under which options the scan ran; under others nothing is taken over.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from bmnn.discovery.scan.walk import Found

_FORMAT = "bmnn-scan-state-1"
SUFFIX = ".trang-thai"


def state_path(report: Path) -> Path:
    """Where the state of a report lies."""
    return report.with_name(report.name + SUFFIX)


class State:
    """Finished files by path, size and time of change; new ones are added line by line as they are done."""

    def __init__(self, path: Path, options: dict[str, Any]) -> None:
        """Read what is there, as far as it is whole and was made under the same options."""
        self._path, self._options = path, options
        self._known: dict[str, dict[str, Any]] = {}
        self._stream: TextIO | None = None
        lines = self._lines()
        if lines and lines[0] == self._head():
            self._known = {row["file"]: row for row in lines[1:] if "file" in row}
        self._recognised = {
            item["sha256"]: item
            for row in self._known.values()
            for item in row["items"]
            if item["pages_ocr"] and not item["pages_unread"]
        }

    def _head(self) -> dict[str, Any]:
        return {"format": _FORMAT, "options": self._options}

    def _lines(self) -> list[dict[str, Any]]:
        try:
            rows = self._path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found = []
        for row in rows:
            try:
                found.append(json.loads(row))
            except ValueError:
                break  # the last line of a scan that was cut off
        return found if all(isinstance(row, dict) for row in found) else []

    def __len__(self) -> int:
        return len(self._known)

    def items(self, found: Found) -> list[dict[str, Any]] | None:
        """Items of a file that has not changed since it was read; None where it must be read."""
        row = self._known.get(found.path)
        if row is None or row["size"] != found.size or row["mtime_ns"] != found.mtime_ns:
            return None
        items: list[dict[str, Any]] = row["items"]
        return items

    def recognised(self, sha256: str) -> dict[str, Any] | None:
        """An item of the same bytes all pages of which were recognised, wherever the file lay then."""
        return self._recognised.get(sha256)

    def add(self, found: Found, items: list[dict[str, Any]]) -> None:
        """Keep what a file gave."""
        row = {"file": found.path, "size": found.size, "mtime_ns": found.mtime_ns, "items": items}
        self._known[found.path] = row
        if self._stream is not None:
            self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._stream.flush()

    def __enter__(self) -> Self:
        """Write what is known anew, so that a torn last line goes."""
        beside = self._path.with_name(self._path.name + ".moi")
        with beside.open("w", encoding="utf-8") as stream:
            for row in (self._head(), *self._known.values()):
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        beside.replace(self._path)
        self._stream = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; everything is in it already."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
