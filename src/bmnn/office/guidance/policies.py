"""Who may see guidance: the unit that keeps it, the units it was given to, and the bodies above them.

Guidance carries no secret (a file with a level of secrecy is refused at the door), so clearance does not
matter here; need-to-know does. The machine's administrator sees none of it.
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Linked, Viewer, policy
from bmnn.office.core.overseers import overseen
from bmnn.office.guidance.models import (
    Body,
    Document,
    Due,
    Meeting,
    Plan,
    PlanItem,
    Point,
    Source,
    Task,
)

ROLES = ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan", "kiem_tra")


def at_home(viewer: Viewer) -> set[int]:
    """Units in which the viewer works or inspects."""
    return viewer.own_units | viewer.units(*ROLES)


def followed(viewer: Viewer) -> frozenset[int]:
    """Units whose answers a keeper or an inspector of an upper unit may follow, and those the viewer works in."""
    return overseen(viewer) | at_home(viewer)


def _units(viewer: Viewer, path: str) -> Condition:
    if viewer.roles("quan_tri") or not viewer.account.is_active:
        return NEVER
    return Has(path, "in", followed(viewer))


def _given_to_me(viewer: Viewer, tasks: str) -> Condition:
    return Linked(tasks, (("unit_id", "in", frozenset(at_home(viewer))),))


@policy(Source)
def source(viewer: Viewer) -> Condition:
    """A file: the unit that read it and those above."""
    return _units(viewer, "unit_id")


@policy(Document)
def document(viewer: Viewer) -> Condition:
    """A document: its unit, those above, and whoever was given one of its points."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _units(viewer, "unit_id") | _given_to_me(viewer, "points__tasks")


@policy(Point)
def point(viewer: Viewer) -> Condition:
    """A point, as its document."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _units(viewer, "document__unit_id") | _given_to_me(viewer, "tasks")


@policy(Task)
def task(viewer: Viewer) -> Condition:
    """A task: who gave it, who has it, and those above either."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _units(viewer, "unit_id") | _units(viewer, "giver_id")


@policy(Due)
def due(viewer: Viewer) -> Condition:
    """A date, as its task."""
    if viewer.roles("quan_tri"):
        return NEVER
    return _units(viewer, "unit_id") | _units(viewer, "task__giver_id")


@policy(Plan)
def plan(viewer: Viewer) -> Condition:
    """A plan of the unit or below."""
    return _units(viewer, "unit_id")


@policy(PlanItem)
def plan_item(viewer: Viewer) -> Condition:
    """A line, as its plan."""
    return _units(viewer, "plan__unit_id")


@policy(Body)
def body(viewer: Viewer) -> Condition:
    """A committee of the unit or below."""
    return _units(viewer, "unit_id")


@policy(Meeting)
def meeting(viewer: Viewer) -> Condition:
    """A meeting, as its body."""
    return _units(viewer, "body__unit_id")
