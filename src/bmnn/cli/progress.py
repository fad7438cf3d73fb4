"""A progress bar on standard error: how far, how fast, how long still."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_EVERY = 0.2
_WIDE = 24
STAGES = {"read": ("Đọc tệp", "tệp"), "ocr": ("Nhận dạng chữ", "trang")}


class Bar:
    """Draws one line again and again on a terminal; elsewhere it says a line at the end of each stage."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        """`quiet`: say nothing at all."""
        self._stream = stream or sys.stderr
        self._live = not quiet and self._stream.isatty()
        self._quiet = quiet
        self._name, self._unit, self._total, self._count, self._bytes = "", "", 0, 0, 0
        self._began = self._drawn = 0.0

    def stage(self, stage: str, total: int) -> None:
        """A stage begins; the last one, if any, is closed."""
        self.close()
        self._name, self._unit = STAGES.get(stage, (stage, "mục"))
        self._total, self._count, self._bytes = total, 0, 0
        self._began, self._drawn = time.monotonic(), 0.0

    def done(self, count: int = 1, bytes_read: int = 0) -> None:
        """So many more are done."""
        self._count += count
        self._bytes += bytes_read
        if self._live and time.monotonic() - self._drawn >= _EVERY:
            self._drawn = time.monotonic()
            self._stream.write("\r" + self.line() + "\x1b[K")
            self._stream.flush()

    def line(self) -> str:
        """The line as it stands now."""
        spent = max(time.monotonic() - self._began, 1e-6)
        rate = self._count / spent
        share = min(1.0, self._count / self._total) if self._total else 1.0
        full = round(share * _WIDE)
        bar = "█" * full + "░" * (_WIDE - full)
        left = (self._total - self._count) / rate if rate else 0.0
        rest = f"còn khoảng {duration(left)}" if self._count and self._count < self._total else ""
        speed = f"{rate:.1f}".replace(".", ",")
        counted = f"{thousands(self._count)}/{thousands(self._total)} {self._unit}"
        return "  ".join(filter(None, [f"{self._name} {bar}", counted, f"{speed} {self._unit}/giây", rest]))

    def close(self) -> None:
        """End the line of the stage."""
        if self._total and not self._quiet:
            spent = duration(time.monotonic() - self._began)
            done = (
                f"{self._name}: {thousands(self._count)}/{thousands(self._total)} {self._unit} trong {spent}"
            )
            self._stream.write(("\r" if self._live else "") + done + ("\x1b[K\n" if self._live else "\n"))
            self._stream.flush()
        self._total = 0


def thousands(number: int) -> str:
    """1234567 → 1.234.567."""
    return f"{number:,}".replace(",", ".")


def duration(seconds: float) -> str:
    """Seconds in words: 8 giây, 3 phút 20 giây, 2 giờ 5 phút."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} giây"
    if whole < 3600:
        return f"{whole // 60} phút {whole % 60} giây"
    return f"{whole // 3600} giờ {whole % 3600 // 60} phút"
