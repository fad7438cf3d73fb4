"""Who may see equipment and checks: those who keep or oversee the unit's register, and each keeper his own device.

Equipment is no state secret, so clearance does not matter; need-to-know does. The machine's administrator sees
none of it: the list of computers that draft secrets, their seals and what was found on them is what an intruder
wants first, and the person who maintains computers must not see the check of his own work (decision 0074).
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Viewer, policy
from bmnn.office.core.models import Unit
from bmnn.office.equipment.models import Check, Device, Finding, Minutes, Remedy

KEEPERS = ("van_thu", "thu_truong")
OVERSEERS = (*KEEPERS, "kiem_tra")


def overseen(viewer: Viewer) -> frozenset[int]:
    """Units whose equipment the viewer keeps, leads or inspects, and the units below them."""
    found: set[int] = set()
    for role in OVERSEERS:
        found |= viewer.units(role)
    below: set[int] = set()
    for unit in Unit.objects.filter(pk__in=found):
        below |= set(Unit.objects.under(unit, viewer.day).values_list("pk", flat=True))
    return frozenset(found | below)


def _unit(viewer: Viewer, path: str) -> Condition:
    if viewer.roles("quan_tri"):
        return NEVER
    return Has(path, "in", overseen(viewer))


@policy(Device)
def device(viewer: Viewer) -> Condition:
    """A device."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _unit(viewer, "unit_id") | Has("keeper_id", "exact", viewer.account.person_id)


@policy(Check)
def check(viewer: Viewer) -> Condition:
    """A check of computers: not for the keeper of a single device, others' traces stand in it."""
    return _unit(viewer, "unit_id")


@policy(Finding)
def finding(viewer: Viewer) -> Condition:
    """A finding, as its check."""
    return _unit(viewer, "of__unit_id")


@policy(Minutes)
def minutes(viewer: Viewer) -> Condition:
    """Minutes, as their check."""
    return _unit(viewer, "of__unit_id")


@policy(Remedy)
def remedy(viewer: Viewer) -> Condition:
    """What must be put right: those who oversee the unit, and the owner."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _unit(viewer, "unit_id") | Has("owner_id", "exact", viewer.account.person_id)
