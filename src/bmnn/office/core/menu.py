"""Entries of the organisation and the system in the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.web.registry import MenuItem


def _keeper(viewer: Viewer) -> bool:
    return any(viewer.roles(r) for r in ("quan_tri", "thu_truong", "van_thu", "kiem_tra"))


def _overseer(viewer: Viewer) -> bool:
    return any(viewer.roles(r) for r in ("quan_tri", "thu_truong", "kiem_tra"))


def _reader(viewer: Viewer) -> bool:
    return bool(viewer.grants) and not viewer.roles("quan_tri")


def _worker(viewer: Viewer) -> bool:
    return bool(viewer.grants)


MENU = [
    MenuItem("Đơn vị", "core:units", "Con người", 10, _worker),
    MenuItem("Người, chức vụ", "core:persons", "Con người", 20, _worker),
    MenuItem("Ủy quyền bằng văn bản", "core:delegations", "Con người", 30, _worker),
    MenuItem("Căn cứ pháp lý", "core:law_rules", "Chỉ đạo", 90, _worker),
    MenuItem("Danh mục bí mật nhà nước", "core:law_lists", "Chỉ đạo", 91, _worker),
    MenuItem("Tình trạng hệ thống", "core:state", "Hệ thống", 10, _keeper),
    MenuItem("Bản chốt sổ", "core:witnesses", "Hệ thống", 20, _keeper),
    MenuItem("Tài khoản, vai trò", "core:accounts", "Hệ thống", 30, _overseer),
    MenuItem("Nhật ký xem", "core:readings", "Hệ thống", 40, _reader),
    MenuItem("Đổi mật khẩu", "core:own_password", "Hệ thống", 90),
]
