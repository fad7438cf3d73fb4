"""The unit's register as the machine check reads it, and a new check held against the one it repeats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bmnn.machines.register import Register, Row
from bmnn.office.equipment.models import Check, Device, Finding
from bmnn.office.equipment.words import KINDS, STATES

_STATES = {"retired": "thanh lý", "lost": "mất", "repair": "đang sửa chữa", "approved": "", "registered": ""}


def register_of(devices: Iterable[Device]) -> Register:
    """Rows for the check: `line` is the number in the unit's register."""
    return Register([_row(d) for d in devices])


def _row(d: Device) -> Row:
    roles = frozenset({d.role} if d.role else set(d.roles))
    return Row(
        line=d.number,
        kind="máy tính" if d.kind == "computer" else KINDS[d.kind],
        name=d.name,
        serial=d.serial,
        vid=d.vid,
        pid=d.pid,
        unit=str(d.unit),
        keeper=d.keeper_word,
        approved=d.approved_on is not None,
        approved_on=d.approved_on,
        checked_on=d.checked_on,
        valid_until=d.valid_until,
        roles=roles,
        status=_STATES.get(d.state, STATES[d.state]),
    )


@dataclass(frozen=True)
class Compared:
    """Findings of the check before and of this one, by what became of them."""

    gone: list[Finding]
    still: list[Finding]
    new: list[Finding]


def compared(check: Check) -> Compared | None:
    """What the repeated check shows; None when it repeats none. Moments and words may differ: code, computers and
    device make a finding the same."""
    if check.follows is None:
        return None

    def key(f: Finding) -> tuple[object, ...]:
        return f.code, tuple(sorted(f.machines)), f.serial

    before = list(check.follows.findings.all())
    now = list(check.findings.all())
    old, new = {key(f) for f in before}, {key(f) for f in now}
    return Compared(
        [f for f in before if key(f) not in new],
        [f for f in now if key(f) in old],
        [f for f in now if key(f) not in old],
    )
