"""Who may open which address of this room (see `office.core.addresses`)."""

from __future__ import annotations

from bmnn.office.core.addresses import SIGNED_IN

# Each page asks the rule of its rows, or the act behind its form.
ADDRESSES = dict.fromkeys(
    (
        "shelf",
        "find",
        "open_book",
        "open_old",
        "old_lines",
        "sheet_template",
        "import",
        "book",
        "print",
        "stamps",
        "register_in",
        "volume",
        "correct",
        "void_number",
        "propose",
        "list_items",
        "mine",
        "queue",
        "decide",
        "to_register",
        "ending",
        "held",
        "receipts",
        "item",
        "register_out",
        "hand_over",
        "acknowledge",
        "return_wrong",
    ),
    SIGNED_IN,
)
