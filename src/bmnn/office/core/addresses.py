"""Who may open which address: the table that the tests hold against the resolver.

PUBLIC: anybody. SIGNED_IN: anybody who is signed in; the page decides row by row what it shows. A tuple of roles:
for the others the page does not exist (404). An address with a public id in it answers 404 for what one may not see.
An address that stands in no line here, or in its room's `addresses.py`, fails the tests.
"""

from __future__ import annotations

from bmnn.office.core.rooms import modules

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
    "web:about": SIGNED_IN,
    "web:template": SIGNED_IN,
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
}


def table() -> dict[str, tuple[str, ...]]:
    """Every declared address by its full name (`records:book`): this room's and web's above, the other rooms' from
    `ADDRESSES` in their `addresses.py`."""
    found = dict(TABLE)
    for room, module in modules("addresses"):
        if room != "core":
            found |= {f"{room}:{k}": v for k, v in module.ADDRESSES.items()}
    return found
