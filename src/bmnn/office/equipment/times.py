"""Moments of a machine's traces as people read them: Vietnam's clock for UTC, and said so where it was the
computer's own."""

from __future__ import annotations

from datetime import datetime, timedelta

_VIETNAM = timedelta(hours=7)


def moment(text: str | None) -> datetime | None:
    """A moment of the result (ISO, `Z` for UTC), as a clock in Vietnam showed it; None when there is none."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.rstrip("Z"))
    except ValueError:
        return None
    return at.replace(tzinfo=None) + (_VIETNAM if text.endswith("Z") else timedelta())


def shown(text: str | None) -> str:
    """`09:30 01/03/2025`; «giờ máy» behind what carries no zone; «không rõ» for nothing."""
    at = moment(text)
    if at is None or text is None:
        return "không rõ"
    return f"{at:%H:%M %d/%m/%Y}" + ("" if text.endswith("Z") else " (giờ máy)")
