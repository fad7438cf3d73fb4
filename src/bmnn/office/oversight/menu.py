"""Entries of the menu."""

from __future__ import annotations

from bmnn.office.core.overseers import oversees
from bmnn.office.web.registry import MenuItem

MENU = [
    MenuItem("Rà soát tài liệu mật", "oversight:scans", "Kiểm tra", 10, oversees),
    MenuItem("Gỡ bỏ tài liệu mật", "oversight:removals", "Kiểm tra", 20, oversees),
]
