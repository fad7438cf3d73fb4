"""Who may see the organisation: units, persons, posts and delegations are known to everybody who works here;
accounts, roles and who read what only to those who answer for them."""

from __future__ import annotations

from bmnn.office.core.access import ALWAYS, NEVER, Condition, Has, Viewer, policy
from bmnn.office.core.models import Account, Delegation, Person, Post, Reading, RoleGrant, Unit, UnitVersion

INSIDE = ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan", "quan_tri", "kiem_tra")
OVERSEE = ("thu_truong", "kiem_tra")


def _inside(viewer: Viewer) -> Condition:
    return ALWAYS if any(viewer.roles(r) for r in INSIDE) else NEVER


for _model in (Unit, UnitVersion, Person, Post, Delegation):
    policy(_model)(_inside)


def _overseen(viewer: Viewer, own: str, unit: str) -> Condition:
    if viewer.roles("quan_tri"):
        return ALWAYS
    units = frozenset(u for role in OVERSEE for u in viewer.units(role))
    mine = Has(own, "exact", viewer.account.pk)
    return mine | Has(unit, "in", units) if units else mine


@policy(Account)
def account(viewer: Viewer) -> Condition:
    """The administrator keeps accounts; leaders and inspectors look at those with a role in their units; everybody
    knows their own."""
    return _overseen(viewer, "id", "grants__unit_id")


@policy(RoleGrant)
def grant(viewer: Viewer) -> Condition:
    """As the account."""
    return _overseen(viewer, "account_id", "account__grants__unit_id")


@policy(Reading)
def reading(viewer: Viewer) -> Condition:
    """Who read what: the custodian (clerk), the leader and the inspector see the reads of those with a role in
    their units; everybody their own. It names no text, only which object and how many lines."""
    own = Has("account_id", "exact", viewer.account.pk)
    units = viewer.units("van_thu") | viewer.units("thu_truong") | viewer.units("kiem_tra")
    return own | Has("account__grants__unit_id", "in", frozenset(units)) if units else own
