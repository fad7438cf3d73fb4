"""This room's logs, what is looked at in it, and its series of numbers, in words (see `core/naming.py`)."""

from __future__ import annotations

LOGS = {"records": "Hồ sơ bí mật"}
LOOKS = {
    "item": "hồ sơ bí mật",
    "book": "trang sổ",
    "search": "kết quả tìm",
    "print": "bản in sổ",
    "export": "bản xuất sổ",
    "proposal": "đề xuất độ mật",
    "entry": "dòng sổ",
    "queue": "danh sách chờ xác định độ mật",
    "proposals": "danh sách đề xuất của mình",
    "to_register": "danh sách chờ đăng ký đi",
    "receipts": "danh sách chờ ký nhận",
    "held": "danh sách tài liệu đang giữ",
    "ending": "danh sách sắp hết thời hạn bảo vệ",
}
SERIES = {
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
}
