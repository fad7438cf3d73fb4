"""The names of number series in words: they hold the public id of a unit, which nobody can read."""

from __future__ import annotations

from uuid import UUID

from bmnn.office.core.models import Unit

_WORDS = {
    "order": "Số thứ tự",
    "arrival": "Số đến",
    "document": "Số văn bản",
    "so_di": "sổ đi",
    "so_den": "sổ đến",
    "so_chuyen_giao": "sổ chuyển giao",
    "bmnn": "bí mật nhà nước",
}


def series_words(name: str, period: str) -> str:
    """`order/<unit>/so_di/bmnn`, `2026` → `Số thứ tự, UBND xã A, sổ đi, bí mật nhà nước, năm 2026`."""
    parts = [_part(part) for part in name.split("/")]
    return ", ".join([*parts, f"kỳ {period}"] if period else parts)


def _part(part: str) -> str:
    try:
        unit = Unit.objects.filter(public_id=UUID(part)).first()
    except ValueError:
        return _WORDS.get(part, part)
    return unit.name if unit else part
