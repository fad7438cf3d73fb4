"""A province with two communes; each has a clerk, a head and an official."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import VIETNAM, Act, Done, perform
from bmnn.office.core.models import Account, Person, Unit
from bmnn.office.guidance.acts.confirm_document import ConfirmDocument
from bmnn.office.guidance.acts.give_task import GiveTask
from bmnn.office.guidance.confirmed import DocumentIn, PointIn
from bmnn.office.guidance.models import Document, Due, Point

SINCE = date(2018, 1, 1)


@dataclass
class Province:
    """`do` performs an act as somebody on `today` (a day by Vietnam's clock)."""

    today: date = date(2026, 4, 6)
    tinh: Unit = field(init=False)
    xa: Unit = field(init=False)
    xa2: Unit = field(init=False)
    accounts: dict[str, Account] = field(default_factory=dict)
    _keys: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.tinh = self._unit("Ủy ban nhân dân tỉnh Mẫu", "province", None)
        self.xa = self._unit("Ủy ban nhân dân xã Mẫu Một", "commune", self.tinh)
        self.xa2 = self._unit("Ủy ban nhân dân xã Mẫu Hai", "commune", self.tinh)
        for name, unit in (("tinh", self.tinh), ("xa", self.xa), ("xa2", self.xa2)):
            self._add(f"vt_{name}", "van_thu", unit, "cong_chuc")
            self._add(f"ct_{name}", "thu_truong", unit, "chu_tich_ubnd")
            self._add(f"cv_{name}", "soan_thao", unit, "cong_chuc")
        self._add("quan_tri", "quan_tri", None, "cong_chuc")

    def do(self, act: Act, who: str, key: str = "") -> Done:
        """Perform; raises Refused."""
        # The first minute of the day by Vietnam's clock, so that pages may follow on the same day.
        now = datetime(self.today.year, self.today.month, self.today.day, 0, 1, tzinfo=VIETNAM).astimezone(
            UTC
        )
        actor = self.accounts[who] if who else None
        return perform(act, actor, key or f"g-{next(self._keys)}", clock=lambda: now)

    def _unit(self, name: str, tier: str, parent: Unit | None) -> Unit:
        done = self.do(FoundUnit(FoundUnit.Input(name, "ubnd", tier, SINCE, parent)), "")
        return Unit.objects.get(public_id=done.event.data["unit"])

    def _add(self, who: str, role: str, unit: Unit | None, post: str) -> None:
        done = self.do(AddPerson(AddPerson.Input(f"Người {who}")), "")
        person = Person.objects.get(public_id=done.event.data["person"])
        self.do(Appoint(Appoint.Input(person, unit or self.tinh, post, SINCE)), "")
        opened = self.do(OpenAccount(OpenAccount.Input(person, who.replace("_", "-"))), "")
        account = Account.objects.get(public_id=opened.event.data["account"])
        grants = (Role(role, unit, None),)
        self.do(SetRoles(SetRoles.Input(account, grants, "", "QĐ 01/QĐ-UBND")), "")
        account.refresh_from_db()
        self.accounts[who] = account

    def directive(
        self, *points: str, unit: Unit | None = None, who: str = "vt_tinh", number: str = "12"
    ) -> Document:
        """A received directive with these points, confirmed by the unit's clerk."""
        done = self.do(
            ConfirmDocument(
                DocumentIn(
                    unit=unit or self.tinh,
                    kind="Chỉ thị",
                    issuer="Thủ tướng Chính phủ",
                    subject="tăng cường công tác bảo vệ bí mật nhà nước",
                    number=number,
                    symbol="CT-TTg",
                    day=date(2026, 3, 1),
                    points=tuple(PointIn(text=p, action=p, clause=str(n)) for n, p in enumerate(points, 1)),
                )
            ),
            who,
        )
        return Document.objects.get(public_id=done.event.data["document"])

    def give(self, point: Point, *units: Unit, who: str = "vt_tinh", **values: Any) -> list[Due]:
        """Give a point to units; returns the first date of each."""
        given = {"action": point.action, "deadline": "absolute", "day": date(2026, 4, 20), **values}
        done = self.do(GiveTask(GiveTask.Input(giver=self.tinh, units=units, point=point, **given)), who)
        return [Due.objects.get(public_id=t["due"]) for t in done.event.data["tasks"]]


@pytest.fixture
def province(db: None) -> Province:
    """The province on 6 April 2026."""
    return Province()
