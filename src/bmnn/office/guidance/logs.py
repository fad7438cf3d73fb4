"""This room's logs, what is looked at in it, and its series of numbers, in words (see `core/naming.py`)."""

from __future__ import annotations

LOGS = {"guidance": "Chỉ đạo"}
LOOKS: dict[str, str] = {}
SERIES: dict[str, str] = {}
