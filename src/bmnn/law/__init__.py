"""What the law says, dated: one question, `law.on(day)`, answers everything.

    view = law.on(date(2026, 3, 5))            # overlay=…: the agency's confirmations and corrections
    view.rule("term.mat").value                # 10, with .citation, .mark, .badge
    view.may("copy", "MAT", law.Holder("ubnd", "commune", "chu_tich_ubnd"))
    law.instrument("26/2020/NĐ-CP").in_force_until

Rules are data (`data/*.yaml`); the code holds no legal number. See docs/law-map.md.
"""

from bmnn.law import vocabulary
from bmnn.law.instruments import instrument, instruments
from bmnn.law.load import Library, build, library
from bmnn.law.model import (
    BADGE,
    MARKS,
    AuthorityRow,
    Checklist,
    CheckRow,
    Column,
    Confirmation,
    Decision,
    Duty,
    Holder,
    Instrument,
    LawDataError,
    ListItem,
    NotEncoded,
    Penalty,
    Place,
    Prohibited,
    RegisterForm,
    Rule,
    SecretList,
    Stamp,
    StampLine,
)
from bmnn.law.overlay import NO_OVERLAY, Overlay, find_version
from bmnn.law.search import find, matches
from bmnn.law.shapes import check_value
from bmnn.law.view import View, on, regimes_between
from bmnn.law.wording import lines, short, sources

__all__ = [
    "BADGE",
    "MARKS",
    "NO_OVERLAY",
    "AuthorityRow",
    "CheckRow",
    "Checklist",
    "Column",
    "Confirmation",
    "Decision",
    "Duty",
    "Holder",
    "Instrument",
    "LawDataError",
    "Library",
    "ListItem",
    "NotEncoded",
    "Overlay",
    "Penalty",
    "Place",
    "Prohibited",
    "RegisterForm",
    "Rule",
    "SecretList",
    "Stamp",
    "StampLine",
    "View",
    "build",
    "check_value",
    "find",
    "find_version",
    "instrument",
    "instruments",
    "library",
    "lines",
    "matches",
    "on",
    "regimes_between",
    "short",
    "sources",
    "vocabulary",
]
