"""Entries of the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.web.registry import MenuItem


def _staff(viewer: Viewer) -> bool:
    return not viewer.roles("quan_tri")


MENU = [
    MenuItem("Việc được giao", "guidance:mine", "Chỉ đạo", 10, _staff),
    MenuItem("Văn bản chỉ đạo", "guidance:documents", "Chỉ đạo", 20, _staff),
    MenuItem("Việc quá hạn", "guidance:late", "Chỉ đạo", 30, _staff),
    MenuItem("Kế hoạch năm", "guidance:plans", "Chỉ đạo", 40, _staff),
    MenuItem("Quy chế, nội quy", "guidance:regulations", "Chỉ đạo", 50, _staff),
    MenuItem("Ban Chỉ đạo, Tổ bảo mật", "guidance:bodies", "Chỉ đạo", 60, _staff),
    MenuItem("Số liệu đánh giá", "guidance:rating", "Báo cáo", 60, _staff),
]
