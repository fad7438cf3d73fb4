"""Who may see scans: those who keep, lead or inspect the unit, and those of the units above.

What a scan finds may be a secret of any level, so the machine's administrator sees none of it; a finding shows
paths, marks and pictures of marks, never a passage.
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Viewer, policy
from bmnn.office.core.models import Unit
from bmnn.office.oversight.models import Removal, Scan, ScanFinding

KEEPERS = ("van_thu", "thu_truong")
OVERSEERS = (*KEEPERS, "kiem_tra")


def overseen(viewer: Viewer) -> frozenset[int]:
    """Units the viewer keeps, leads or inspects, and the units below them."""
    found: set[int] = set()
    for role in OVERSEERS:
        found |= viewer.units(role)
    below: set[int] = set()
    for unit in Unit.objects.filter(pk__in=found):
        below |= set(Unit.objects.under(unit, viewer.day).values_list("pk", flat=True))
    return frozenset(found | below)


def _unit(viewer: Viewer, path: str) -> Condition:
    if viewer.roles("quan_tri") or not viewer.account.is_active:
        return NEVER
    return Has(path, "in", overseen(viewer))


@policy(Scan)
def scan(viewer: Viewer) -> Condition:
    """A scan."""
    return _unit(viewer, "unit_id")


@policy(ScanFinding)
def finding(viewer: Viewer) -> Condition:
    """A finding, as its scan."""
    return _unit(viewer, "of__unit_id")


@policy(Removal)
def removal(viewer: Viewer) -> Condition:
    """Minutes, as their scan."""
    return _unit(viewer, "of__unit_id")
