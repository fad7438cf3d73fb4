"""Who may open which address of this room (see `office.core.addresses`)."""

from __future__ import annotations

from bmnn.office.core.addresses import SIGNED_IN

# A unit sees its own scans; each page asks the rule of its rows.
ADDRESSES = dict.fromkeys(
    (
        "scans",
        "new_scan",
        "scan_job",
        "scan_cancel",
        "scan_keep",
        "scan",
        "finding",
        "crop",
        "removal",
        "print_removal",
        "remove_copy",
        "removals",
    ),
    SIGNED_IN,
)
