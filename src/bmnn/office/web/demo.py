"""The sample agency: `bmnn demo` leaves a file `demo` in the data folder; only then are its logins shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from bmnn.office.core.models import Account
from bmnn.office.core.models.accounts import ROLES

MARKER = "demo"


@dataclass(frozen=True)
class Login:
    """A login of the sample agency."""

    username: str
    name: str
    roles: str


def is_demo() -> bool:
    """Whether the data folder holds the sample agency."""
    return (settings.DATA / MARKER).is_file()


def password() -> str:
    """The password of every login of the sample agency."""
    from bmnn.office.records.demo import PASSWORD

    return PASSWORD


def logins() -> dict[str, list[Login]]:
    """The logins by unit, those of the whole site last; empty anywhere but in the sample agency."""
    if not is_demo():
        return {}
    today = timezone.localdate()
    groups: dict[str, list[Login]] = {}
    accounts = (
        Account.objects.filter(is_active=True).select_related("person").prefetch_related("grants__unit")
    )
    for account in accounts.order_by("pk"):
        grants = [g for g in account.grants.all() if g.holds(today)]
        place = next((g.unit.name for g in grants if g.unit), "Toàn hệ thống")
        words = ", ".join(dict.fromkeys(ROLES[g.role] for g in grants)) or "Chưa có vai trò"
        groups.setdefault(place, []).append(Login(account.username, account.person.name, words))
    return groups
