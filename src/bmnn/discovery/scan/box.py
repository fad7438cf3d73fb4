"""The locked-down readers of a scan. They load their parsers by themselves, so whoever scans starts them first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bmnn.reading.model import ReadingLimits
from bmnn.sandbox import Box, Limits

PAGE_SECONDS = 40.0
"""Longest time for one page of OCR."""
_REPLY = 512 * 1024 * 1024


def scan_box(jobs: int = 1, limits: ReadingLimits | None = None, allow_missing: Iterable[str] = ()) -> Box:
    """Readers for `scan`, already loading while the caller prepares the rest. `limits`: those of the scan's options.

    Raises SandboxError.
    """
    box = Box(
        "bmnn.discovery.scan.job:serve",
        Limits(
            wall=2 * PAGE_SECONDS,
            cpu=int(2 * PAGE_SECONDS),
            input=(limits or ReadingLimits()).input,
            reply=_REPLY,
            allow_missing=frozenset(allow_missing),
        ),
        workers=max(1, jobs),
        setup="bmnn.discovery.scan.job:load",
    )
    box.spawn()
    return box


def setup_argument(entries: Iterable[Any], numbers: dict[str, Any], *, ocr: bool) -> dict[str, Any]:
    """What the readers look for, as `job.load` takes it. `entries`: of the lists of state secrets."""
    return {
        "entries": [[e.code, e.level, e.text, e.citation] for e in entries],
        "numbers": numbers,
        "ocr": ocr,
        "page_seconds": PAGE_SECONDS,
    }
