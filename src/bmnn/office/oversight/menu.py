"""Entries of the menu."""

from __future__ import annotations

from bmnn.office.core.access import Viewer
from bmnn.office.oversight.policies import OVERSEERS
from bmnn.office.web.registry import MenuItem


def _overseers(viewer: Viewer) -> bool:
    return not viewer.roles("quan_tri") and any(viewer.units(role) for role in OVERSEERS)


MENU = [
    MenuItem("Rà soát tài liệu mật", "oversight:scans", "Kiểm tra", 10, _overseers),
    MenuItem("Gỡ bỏ tài liệu mật", "oversight:removals", "Kiểm tra", 20, _overseers),
]
