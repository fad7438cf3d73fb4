"""Who may see scans: those who keep, lead or inspect the unit, and those of the units above.

What a scan finds may be a secret of any level, so the machine's administrator sees none of it; a finding shows
paths, marks and pictures of marks, never a passage.
"""

from __future__ import annotations

from bmnn.office.core.access import Condition, Viewer, policy
from bmnn.office.core.overseers import in_overseen
from bmnn.office.oversight.models import Removal, Scan, ScanFinding


@policy(Scan)
def scan(viewer: Viewer) -> Condition:
    """A scan."""
    return in_overseen(viewer, "unit_id")


@policy(ScanFinding)
def finding(viewer: Viewer) -> Condition:
    """A finding, as its scan."""
    return in_overseen(viewer, "of__unit_id")


@policy(Removal)
def removal(viewer: Viewer) -> Condition:
    """Minutes, as their scan."""
    return in_overseen(viewer, "of__unit_id")
