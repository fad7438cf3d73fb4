"""Tables of the engine: the log (truth) and what is projected from it (organisation, accounts)."""

from bmnn.office.core.models.accounts import Account, Reading, RoleGrant, Seat
from bmnn.office.core.models.law import LawRule
from bmnn.office.core.models.log import Checkpoint, Counter, Event, LedgerNode, LogHead
from bmnn.office.core.models.organisation import Delegation, OfficeService, Person, Post, Unit, UnitVersion

__all__ = [
    "Account",
    "Checkpoint",
    "Counter",
    "Delegation",
    "Event",
    "LawRule",
    "LedgerNode",
    "LogHead",
    "OfficeService",
    "Person",
    "Post",
    "Reading",
    "RoleGrant",
    "Seat",
    "Unit",
    "UnitVersion",
]
