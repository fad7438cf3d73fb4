"""Who may open which address of this room (see `office.core.addresses`)."""

from __future__ import annotations

from bmnn.office.core.addresses import SIGNED_IN

# A unit sees its own devices, checks and findings; each page asks the rule of its rows.
ADDRESSES = dict.fromkeys(
    (
        "list",
        "sheet",
        "template",
        "book",
        "register",
        "import",
        "import_finish",
        "device",
        "hand",
        "seal_off",
        "act",
        "checks",
        "upload",
        "job",
        "cancel",
        "keep",
        "check",
        "minutes",
        "answer",
        "remedy",
        "print_minutes",
        "remedies",
        "close_remedy",
    ),
    SIGNED_IN,
)
