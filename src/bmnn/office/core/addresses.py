"""Who may open which address: the table that the tests hold against the resolver.

PUBLIC: anybody. SIGNED_IN: anybody who is signed in; the page decides row by row what it shows. A tuple of roles:
for the others the page does not exist (404). An address with a public id in it answers 404 for what one may not see.
An address that stands in no line here fails the tests.
"""

from __future__ import annotations

PUBLIC: tuple[str, ...] = ("*",)
SIGNED_IN: tuple[str, ...] = ("+",)

_ADMIN = ("quan_tri",)
_OVERSEE = ("quan_tri", "thu_truong", "kiem_tra")
_KEEP = ("quan_tri", "thu_truong", "van_thu", "kiem_tra")
_COMPARE = ("van_thu", "thu_truong")
_INSIDE = ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan", "quan_tri", "kiem_tra")

TABLE: dict[str, tuple[str, ...]] = {
    "web:login": PUBLIC,
    "web:logout": SIGNED_IN,
    "web:still_here": SIGNED_IN,
    "web:today": SIGNED_IN,
    "web:help": SIGNED_IN,
    "core:units": _INSIDE,
    "core:unit": _INSIDE,
    "core:found_unit": _ADMIN,
    "core:change_unit": _ADMIN,
    "core:dissolve_units": _ADMIN,
    "core:persons": _INSIDE,
    "core:person": _INSIDE,
    "core:add_person": _ADMIN,
    "core:appoint": _ADMIN,
    "core:end_post": _ADMIN,
    "core:delegations": _INSIDE,
    "core:delegate": ("quan_tri", "thu_truong"),
    "core:revoke": SIGNED_IN,
    "core:accounts": _OVERSEE,
    "core:account": _OVERSEE,
    "core:open_account": _ADMIN,
    "core:set_roles": _ADMIN,
    "core:reset_password": _ADMIN,
    "core:disable": _ADMIN,
    "core:own_password": SIGNED_IN,
    "core:state": _KEEP,
    "core:confirm_clock": _ADMIN,
    "core:end_recovery": _ADMIN,
    "core:witnesses": _KEEP,
    "core:make_checkpoint": _KEEP,
    "core:download_checkpoints": _KEEP,
    "core:readings": SIGNED_IN,
    "core:law_rules": _INSIDE,
    "core:law_rule": _INSIDE,
    "core:law_instruments": _INSIDE,
    "core:law_lists": _INSIDE,
    "core:law_confirm": _COMPARE,
    "core:law_correct": _COMPARE,
    "core:law_add_item": _COMPARE,
    "core:law_withdraw_item": _COMPARE,
    # The registers: each page asks the rule of its rows, or the act behind its form.
    **dict.fromkeys(
        (f"records:{name}" for name in (
            "shelf", "find", "open_book", "book", "print", "stamps", "register_in", "volume", "correct",
            "void_number", "propose", "list_items", "mine", "queue", "decide", "to_register", "ending", "held",
            "receipts", "item", "register_out", "hand_over", "acknowledge", "return_wrong",
        )),
        SIGNED_IN,
    ),
    # Directives and letters: a body sees its own and those it issued.
    **dict.fromkeys(
        (f"guidance:{name}" for name in (
            "documents", "issue", "document", "matrix", "chain", "upload", "source", "confirm", "give", "merge",
            "drop", "answer", "mine", "late", "rating", "due", "report", "close", "return", "change_day",
            "happened", "withdraw", "reminder", "plans", "draft_plan", "plan", "approve_plan", "print_plan",
            "give_item", "regulations", "register_regulation", "bodies", "set_up_body", "body", "meeting",
        )),
        SIGNED_IN,
    ),
}  # fmt: skip
