"""Entries of the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.core.overseers import oversees
from bmnn.office.web.registry import MenuItem


def _staff(viewer: Viewer) -> bool:
    return not viewer.roles("quan_tri")


MENU = [
    MenuItem("Sổ thiết bị", "equipment:list", "Thiết bị", 10, _staff),
    MenuItem("Kiểm tra máy tính", "equipment:checks", "Thiết bị", 20, oversees),
    MenuItem("Việc khắc phục", "equipment:remedies", "Thiết bị", 30, _staff),
]
