"""The persons of the tests: an agency with its clerk, head, deputy, drafter, administrator, and a stranger."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import Act, Done, perform
from bmnn.office.core.models import Account, Person, Post, Unit

SINCE = date(2018, 1, 1)
NOW = datetime(2026, 4, 6, 2, 0, tzinfo=UTC)


@dataclass
class Cast:
    """`do` performs an act as somebody at `now` (UTC), with a key of its own unless one is given."""

    now: datetime = NOW
    unit: Unit = field(init=False)
    other: Unit = field(init=False)
    accounts: dict[str, Account] = field(default_factory=dict)
    _keys: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.unit = self._unit("Ủy ban nhân dân xã Mẫu Một")
        self.other = self._unit("Ủy ban nhân dân xã Mẫu Hai")
        head = "chu_tich_ubnd"
        self._add("van_thu", "Trần Thị Văn", "van_thu", post="cong_chuc")
        self._add("thu_truong", "Lê Văn Trưởng", "thu_truong", post=head)
        self._add("cap_pho", "Phạm Thị Phó", "thu_truong", post=head, deputy=True)
        self._add("soan_thao", "Nguyễn Văn Soạn", "soan_thao", post="cong_chuc")
        self._add("nguoi_nhan", "Đỗ Thị Nhận", "nguoi_nhan", post="cong_chuc")
        self._add("nguoi_ngoai", "Vũ Văn Ngoài", "van_thu", post="cong_chuc", unit=self.other)
        self._add("doan_kiem_tra", "Hoàng Văn Kiểm", "kiem_tra", post="cong_chuc", unit=self.other)
        self._add("quan_tri", "Bùi Văn Quản", "quan_tri", post="cong_chuc", ceiling="")

    def __getattr__(self, name: str) -> Account:
        accounts = self.__dict__.get("accounts", {})
        if name in accounts:
            return accounts[name]
        raise AttributeError(name)

    def do(self, act: Act, actor: Account | None, key: str = "") -> Done:
        """Perform; raises Refused."""
        return perform(act, actor, key or f"cast-{next(self._keys)}", clock=lambda: self.now)

    def _unit(self, name: str) -> Unit:
        done = self.do(FoundUnit(FoundUnit.Input(name, "ubnd", "commune", SINCE)), None)
        return Unit.objects.get(public_id=done.event.data["unit"])

    def _add(
        self,
        who: str,
        name: str,
        role: str,
        *,
        post: str,
        unit: Unit | None = None,
        deputy: bool = False,
        ceiling: str = "TUYET_MAT",
    ) -> None:
        done = self.do(AddPerson(AddPerson.Input(name)), None)
        person = Person.objects.get(public_id=done.event.data["person"])
        self.do(Appoint(Appoint.Input(person, unit or self.unit, post, SINCE, deputy)), None)
        opened = self.do(OpenAccount(OpenAccount.Input(person, who.replace("_", "-"))), None)
        account = Account.objects.get(public_id=opened.event.data["account"])
        inspector = role == "kiem_tra"
        place = None if role == "quan_tri" else self.unit if inspector else unit or self.unit
        grant = Role(role, place, self.now.date() + timedelta(days=260) if inspector else None)
        self.do(SetRoles(SetRoles.Input(account, (grant,), ceiling, "QĐ 01/QĐ-UBND")), None)
        account.refresh_from_db()
        self.accounts[who] = account

    def post_of(self, who: str) -> Post:
        """The person's post."""
        return Post.objects.get(person_id=self.accounts[who].person_id)
