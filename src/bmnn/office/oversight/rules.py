"""What the acts of oversight share."""

from __future__ import annotations

from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.models import Unit
from bmnn.office.core.overseers import OVERSEERS
from bmnn.office.core.rules import LiveAct, works_for

RULE = "machine.protect_storage"


class OversightAct(LiveAct):
    """An act on a scan or what it found."""

    stream = "oversight"


def oversees(ctx: Context, unit: Unit) -> list[Refusal]:
    """The actor keeps, leads or inspects the unit."""
    return works_for(ctx, unit, OVERSEERS, RULE)
