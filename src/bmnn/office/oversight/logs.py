"""This room's logs, what is looked at in it, and its series of numbers, in words (see `core/naming.py`)."""

from __future__ import annotations

LOGS = {"oversight": "Rà soát, gỡ bỏ"}
LOOKS = {"scan": "kết quả rà soát", "scan_finding": "mục rà soát", "removal_minutes": "biên bản gỡ bỏ"}
SERIES = {"scan": "Số lần rà soát", "removal": "Số biên bản gỡ bỏ"}
