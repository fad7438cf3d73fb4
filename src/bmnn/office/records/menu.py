"""The registers in the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.records.policies import register_units
from bmnn.office.web.registry import MenuItem

_GROUP = "Sổ và hồ sơ"


def _reads(viewer: Viewer) -> bool:
    return bool(register_units(viewer))


def _keeps(viewer: Viewer) -> bool:
    return bool(viewer.units("van_thu"))


def _decides(viewer: Viewer) -> bool:
    return bool(viewer.units("thu_truong"))


def _works(viewer: Viewer) -> bool:
    return bool(viewer.grants) and not viewer.roles("quan_tri")


MENU = [
    MenuItem("Tủ sổ", "records:shelf", _GROUP, 10, _reads),
    MenuItem("Tìm trong các sổ", "records:find", _GROUP, 20, _works),
    MenuItem("Chờ xác định độ mật", "records:queue", _GROUP, 30, _decides),
    MenuItem("Chờ đăng ký đi", "records:to_register", _GROUP, 40, _keeps),
    MenuItem("Chờ ký nhận", "records:receipts", _GROUP, 50, _works),
    MenuItem("Sắp hết thời hạn bảo vệ", "records:ending", _GROUP, 60, _reads),
    MenuItem("Đề xuất độ mật", "records:propose", _GROUP, 70, _works),
    MenuItem("Đề xuất của tôi", "records:mine", _GROUP, 80, _works),
    MenuItem("Tài liệu tôi đang giữ", "records:held", _GROUP, 90, _works),
    MenuItem("Mẫu dấu", "records:stamps", _GROUP, 95, _reads),
]
