"""Closed vocabularies of the register of equipment with their Vietnamese words."""

from __future__ import annotations

KINDS: dict[str, str] = {
    "computer": "Máy tính",
    "usb": "USB",
    "disk": "Ổ cứng rời",
    "printer": "Máy in",
    "copier": "Máy photocopy, máy quét",
    "phone": "Điện thoại, thiết bị thu phát cấm mang vào",
    "other": "Thiết bị khác",
}
# Kinds that keep what was written on them: they are wiped before they leave.
KEEPS_DATA = frozenset({"computer", "usb", "disk", "printer", "copier", "other"})
# Kinds that are checked for security before they work with secrets.
CHECKED_KINDS = frozenset({"computer", "usb", "disk", "printer", "copier"})
STORAGE_KINDS = frozenset({"usb", "disk"})

TYPES: dict[str, str] = {
    "dc02m": "USB DC-02M (Ban Cơ yếu Chính phủ)",
    "normal": "Loại thường",
    "": "Không áp dụng",
}

ROLES: dict[str, str] = {
    "drafting": "Soạn thảo, lưu giữ BMNN",
    "internet": "Nối Internet",
    "lan": "Mạng nội bộ (LAN)",
    "other": "Việc khác",
}

STATES: dict[str, str] = {
    "registered": "Chờ phê duyệt",
    "approved": "Được sử dụng",
    "repair": "Đang sửa chữa",
    "retired": "Đã thanh lý",
    "lost": "Bị mất",
}
GONE = frozenset({"retired", "lost"})

SEVERITIES: dict[str, str] = {"high": "Cao", "medium": "Vừa", "low": "Thấp"}
CONFIDENCES: dict[str, str] = {
    "confirmed": "Chắc chắn",
    "strong": "Rất có cơ sở",
    "suspicion": "Nghi ngờ",
}
FINDING_STATES: dict[str, str] = {
    "open": "Chưa trả lời",
    "accepted": "Thừa nhận",
    "explained": "Đã giải trình",
}
REMEDY_STATES: dict[str, str] = {"open": "Đang khắc phục", "done": "Đã khắc phục"}
USED: dict[str, str] = {
    "yes": "Có",
    "no_trace": "Không thấy dấu vết",
    "unknown": "Chưa xác định được",
}
DEVICE_KINDS: dict[str, str] = {
    "storage": "Ổ lưu trữ",
    "phone": "Điện thoại",
    "network_adapter": "Thiết bị mạng",
    "other": "Thiết bị khác",
}
REGISTERED: dict[str, str] = {"yes": "Có trong sổ", "no": "KHÔNG có trong sổ", "not_compared": "Chưa so sổ"}
