"""Who may see items, copies, proposals, books and entries: need-to-know on top of clearance.

A clerk, a head and an inspector see what their unit registers up to their own ceiling; anybody else only the
items in which they have a part (as drafter, decider or receiver). The machine's administrator sees none.
"""

from __future__ import annotations

from bmnn.office.core.access import NEVER, Condition, Has, Viewer, policy
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal, Volume

REGISTER_ROLES = ("van_thu", "thu_truong", "kiem_tra")


def register_units(viewer: Viewer) -> set[int]:
    """The units whose registers the viewer may read."""
    found: set[int] = set()
    for role in REGISTER_ROLES:
        found |= viewer.units(role)
    return found


def _item(viewer: Viewer, prefix: str, unit: str) -> Condition:
    if viewer.roles("quan_tri"):
        return NEVER
    known = Has(f"{prefix}interests__person_id", "exact", viewer.account.person_id)
    return Has(f"{prefix}level_rank", "lte", viewer.ceiling) & (
        Has(unit, "in", frozenset(register_units(viewer))) | known
    )


@policy(Item)
def item(viewer: Viewer) -> Condition:
    """An item."""
    return _item(viewer, "", "unit_id")


@policy(Copy)
def copy(viewer: Viewer) -> Condition:
    """A copy, as its item."""
    return _item(viewer, "item__", "item__unit_id")


@policy(Proposal)
def proposal(viewer: Viewer) -> Condition:
    """A proposal, as its item."""
    return _item(viewer, "item__", "item__unit_id")


@policy(Entry)
def entry(viewer: Viewer) -> Condition:
    """A line of a book, as its item."""
    return _item(viewer, "item__", "unit_id_of_book")


@policy(Book)
def book(viewer: Viewer) -> Condition:
    """A book as a whole: those who keep or oversee it."""
    if viewer.roles("quan_tri"):
        return NEVER
    return Has("unit_id", "in", frozenset(register_units(viewer)))


@policy(Volume)
def volume(viewer: Viewer) -> Condition:
    """A volume, as its book."""
    if viewer.roles("quan_tri"):
        return NEVER
    return Has("book__unit_id", "in", frozenset(register_units(viewer)))
