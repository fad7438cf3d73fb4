"""Who may open which address of this room (see `office.core.addresses`)."""

from __future__ import annotations

from bmnn.office.core.addresses import SIGNED_IN

_KEEP = ("van_thu",)
_CHECK = ("van_thu", "thu_truong", "kiem_tra")

# A unit sees its own devices, checks and findings; each page asks the rule of its rows.
ADDRESSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "list",
            "sheet",
            "template",
            "book",
            "device",
            "hand",
            "seal_off",
            "act",
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
    ),
    **dict.fromkeys(("register", "import", "import_finish"), _KEEP),
    **dict.fromkeys(("checks", "upload"), _CHECK),
}
