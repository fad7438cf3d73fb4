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
    "cong_tac": "bí mật công tác",
    "noi_bo_dang": "bí mật nội bộ của Đảng",
    "han_che": "lưu hành hạn chế",
    "device": "Số đăng ký thiết bị",
    "machine_check": "Số lần kiểm tra máy tính",
    "machine_minutes": "Số biên bản kiểm tra máy tính",
    "scan": "Số lần rà soát",
    "removal": "Số biên bản gỡ bỏ",
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
