"""Who may open which address of this room (see `office.core.addresses`)."""

from __future__ import annotations

from bmnn.office.core.addresses import SIGNED_IN

# A body sees its own documents and those it issued; each page asks the rule of its rows.
ADDRESSES = dict.fromkeys(
    (
        "documents",
        "issue",
        "document",
        "matrix",
        "chain",
        "upload",
        "source",
        "confirm",
        "give",
        "merge",
        "drop",
        "answer",
        "mine",
        "late",
        "rating",
        "due",
        "report",
        "close",
        "return",
        "change_day",
        "happened",
        "withdraw",
        "reminder",
        "plans",
        "draft_plan",
        "plan",
        "approve_plan",
        "print_plan",
        "give_item",
        "regulations",
        "register_regulation",
        "bodies",
        "set_up_body",
        "body",
        "meeting",
    ),
    SIGNED_IN,
)
