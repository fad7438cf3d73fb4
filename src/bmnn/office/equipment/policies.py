"""Who may see equipment and checks: those who keep or oversee the unit's register, and each keeper his own device.

Equipment is no state secret, so clearance does not matter; need-to-know does. The machine's administrator sees
none of it: the list of computers that draft secrets, their seals and what was found on them is what an intruder
wants first, and the person who maintains computers must not see the check of his own work (decision 0074).
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Viewer, policy
from bmnn.office.core.overseers import in_overseen
from bmnn.office.equipment.models import Check, Device, Finding, Minutes, Remedy


@policy(Device)
def device(viewer: Viewer) -> Condition:
    """A device."""
    if viewer.roles("quan_tri"):
        return NEVER
    return in_overseen(viewer, "unit_id") | Has("keeper_id", "exact", viewer.account.person_id)


@policy(Check)
def check(viewer: Viewer) -> Condition:
    """A check of computers: not for the keeper of a single device, others' traces stand in it."""
    return in_overseen(viewer, "unit_id")


@policy(Finding)
def finding(viewer: Viewer) -> Condition:
    """A finding, as its check."""
    return in_overseen(viewer, "of__unit_id")


@policy(Minutes)
def minutes(viewer: Viewer) -> Condition:
    """Minutes, as their check."""
    return in_overseen(viewer, "of__unit_id")


@policy(Remedy)
def remedy(viewer: Viewer) -> Condition:
    """What must be put right: those who oversee the unit, and the owner."""
    if viewer.roles("quan_tri"):
        return NEVER
    return in_overseen(viewer, "unit_id") | Has("owner_id", "exact", viewer.account.person_id)
