"""This room's logs, what is looked at in it, and its series of numbers, in words (see `core/naming.py`)."""

from __future__ import annotations

LOGS = {"admin": "Quản trị", "access": "Nhật ký xem"}
LOOKS: dict[str, str] = {}
SERIES: dict[str, str] = {}
