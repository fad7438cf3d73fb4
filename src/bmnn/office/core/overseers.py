"""Those who keep, lead or inspect a unit: they follow its work and that of the units below.

The machine's administrator is none of them, whatever other role he holds.
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Viewer
from bmnn.office.core.models import Unit

KEEPERS = ("van_thu", "thu_truong")
OVERSEERS = (*KEEPERS, "kiem_tra")


def overseen(viewer: Viewer) -> frozenset[int]:
    """Units the viewer keeps, leads or inspects, and the units below them on the day."""
    found = viewer.units(*OVERSEERS)
    below: set[int] = set()
    for unit in Unit.objects.filter(pk__in=found):
        below |= set(Unit.objects.under(unit, viewer.day).values_list("pk", flat=True))
    return frozenset(found | below)


def in_overseen(viewer: Viewer, path: str) -> Condition:
    """The unit at `path` (as in a filter: `of__unit_id`) is one of them."""
    if viewer.roles("quan_tri") or not viewer.account.is_active:
        return NEVER
    return Has(path, "in", overseen(viewer))


def oversees(viewer: Viewer) -> bool:
    """Whether the viewer keeps, leads or inspects any unit: who is shown such work in the menu."""
    return not viewer.roles("quan_tri") and bool(viewer.units(*OVERSEERS))
