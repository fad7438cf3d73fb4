"""Logs, looks and series of numbers in words: what a person reads where the log holds codes and public ids.

Every room names its own in its `logs.py`: LOGS (stream → name), LOOKS (kind of a look → what was looked at), SERIES
(part of a series' name → words).
"""

from __future__ import annotations

from functools import cache
from uuid import UUID

from bmnn.office.core.models import Unit
from bmnn.office.core.rooms import modules


@cache
def _named(table: str) -> dict[str, str]:
    return {code: words for _, module in modules("logs") for code, words in getattr(module, table).items()}


def look_words(kind: str) -> str:
    """What was looked at."""
    return _named("LOOKS").get(kind, "nội dung khác")


def stream_words(stream: str) -> str:
    """A log's name."""
    room, _, key = stream.partition("/")
    if room == "book":
        # The name of a book is for those who may open it; its mark is enough to tell one log from another.
        return f"Sổ đăng ký, mã {key[:8]}"
    return _named("LOGS").get(stream) or series_words(stream, "")


def series_words(name: str, period: str) -> str:
    """`order/<unit>/so_di/bmnn`, `2026` → `Số thứ tự, UBND xã A, sổ đi, bí mật nhà nước, năm 2026`."""
    parts = [_part(part) for part in name.split("/")]
    return ", ".join([*parts, f"kỳ {period}"] if period else parts)


def _part(part: str) -> str:
    try:
        unit = Unit.objects.filter(public_id=UUID(part)).first()
    except ValueError:
        return _named("SERIES").get(part, part)
    return unit.name if unit else part
