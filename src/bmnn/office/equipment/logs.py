"""This room's logs, what is looked at in it, and its series of numbers, in words (see `core/naming.py`)."""

from __future__ import annotations

LOGS = {"equipment": "Thiết bị, kiểm tra máy tính"}
LOOKS = {"machine_check": "kết quả kiểm tra máy tính", "machine_minutes": "biên bản kiểm tra máy tính"}
SERIES = {
    "device": "Số đăng ký thiết bị",
    "machine_check": "Số lần kiểm tra máy tính",
    "machine_minutes": "Số biên bản kiểm tra máy tính",
}
