"""Entries of the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.equipment.policies import OVERSEERS
from bmnn.office.web.registry import MenuItem


def _overseers(viewer: Viewer) -> bool:
    return not viewer.roles("quan_tri") and any(viewer.units(role) for role in OVERSEERS)


def _staff(viewer: Viewer) -> bool:
    return not viewer.roles("quan_tri")


MENU = [
    MenuItem("Sổ thiết bị", "equipment:list", "Thiết bị", 10, _staff),
    MenuItem("Kiểm tra máy tính", "equipment:checks", "Thiết bị", 20, _overseers),
    MenuItem("Việc khắc phục", "equipment:remedies", "Thiết bị", 30, _staff),
]
