"""Accounts: who signs in, with which roles and up to which level. Projections of acts; only the password is
not in the log."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bmnn.office.core.models.organisation import Dated, Person, Unit, in_force
from bmnn.office.core.projection import projection

ROLES: dict[str, str] = {
    "van_thu": "Văn thư",
    "thu_truong": "Thủ trưởng",
    "soan_thao": "Người soạn thảo",
    "nguoi_nhan": "Người nhận",
    "kiem_tra": "Người kiểm tra",
    "quan_tri": "Quản trị máy",
}

# From the lowest to the highest; 0 stands for "no state secret".
LEVEL_RANK: dict[str, int] = {"": 0, "MAT": 1, "TOI_MAT": 2, "TUYET_MAT": 3}


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by name; they are opened by the act `core.open_account`, never here."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


@projection(keep=("password", "last_login"))
class Account(AbstractBaseUser):
    """A login of one person. `ceiling` is the highest level the person may see (clearance).

    `must_change`: the password is a passing one that the administrator handed over; it opens nothing but the
    page where the person sets their own.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    username = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    ceiling = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False, help_text="đang dùng mật khẩu tạm do quản trị cấp")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.person.name

    @property
    def ceiling_rank(self) -> int:
        """0 (nothing) to 3 (Tuyệt mật)."""
        return LEVEL_RANK[self.ceiling]

    def grants_on(self, day: date) -> list[RoleGrant]:
        """The roles that hold on the day. Grants that were prefetched are not asked for again."""
        if "grants" in getattr(self, "_prefetched_objects_cache", {}):
            return [g for g in self.grants.all() if g.holds(day)]
        return list(self.grants.filter(in_force(day)).select_related("unit"))

    def has_role(self, role: str, day: date, unit: Unit | None = None) -> bool:
        """Whether the role holds on the day, in the unit when one is given."""
        return any(
            g.role == role and (unit is None or g.unit_id is None or g.unit_id == unit.pk)
            for g in self.grants_on(day)
        )


@projection
class RoleGrant(Dated):
    """A role of an account, in one unit or (unit null) the whole site, with its dates and written basis."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return ROLES[self.role]


@projection
class Reading(models.Model):
    """Who looked at what, and when: written before the page is sent ("no log, no look")."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    kind = models.CharField(max_length=60, help_text="loại đối tượng: item, book, search …")
    target = models.UUIDField(null=True, db_index=True)
    count = models.PositiveIntegerField(default=1, help_text="số dòng đã xem")
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]


class Seat(models.Model):
    """Where an account (its public id) is signed in now. No projection: it is gone with the session."""

    account = models.UUIDField(primary_key=True)
    session_key = models.CharField(max_length=40)
