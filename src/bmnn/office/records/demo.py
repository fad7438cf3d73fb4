"""The sample agency: invented units, persons and items, written through the acts with each day's law."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import Act, Entry
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import Account, Person, Unit
from bmnn.office.records import legal
from bmnn.office.records.acts.determine import Determine
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.propose_level import ProposeLevel
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.acts.register_out import RegisterOut
from bmnn.office.records.models import Book, Item, Proposal

MARK = "MẪU – SỐ LIỆU BỊA"
PASSWORD = "mau so lieu bia 2026"  # noqa: S105  printed on the start page of the sample agency
START = date(2020, 7, 1)
_FOUNDED = date(2016, 1, 1)
_UNITS = (
    ("tinh", "Ủy ban nhân dân tỉnh Mẫu", "tinh"),
    ("xa1", "Ủy ban nhân dân xã Mẫu Một", "xa"),
    ("xa2", "Ủy ban nhân dân xã Mẫu Hai", "xa"),
    ("xa3", "Ủy ban nhân dân xã Mẫu Ba", "xa"),
)
_ROLES = (
    ("vt", "van_thu", "chuyen_vien", "Trần Thị", False),
    ("ct", "thu_truong", "chu_tich", "Lê Văn", False),
    ("pct", "thu_truong", "pho_chu_tich", "Phạm Thị", True),
    ("st", "soan_thao", "chuyen_vien", "Nguyễn Văn", False),
    ("nn", "nguoi_nhan", "chuyen_vien", "Đỗ Thị", False),
)
_GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam", "Oanh", "Phúc", "Quý")
_SUBJECTS = ("phương án bảo vệ", "kế hoạch kiểm tra", "tình hình địa bàn", "kết quả xử lý đơn", "dự toán")


class Sample:
    """Gives the acts one after the other; each may read what the earlier ones wrote."""

    def __init__(self, until: date, pairs: int) -> None:
        self.until, self.pairs = until, pairs
        self._keys = itertools.count(1)
        self._at = datetime(START.year, START.month, START.day, 1, tzinfo=UTC)
        self.units: dict[str, Unit] = {}
        self.accounts: dict[str, Account] = {}

    def entries(self) -> Iterator[Entry]:
        """Every act in order."""
        yield from self._people()
        days = (self.until - START).days
        for n in range(self.pairs):
            day = START + timedelta(days=days * n // self.pairs)
            self._at = max(self._at, datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
            yield from self._pair(n, day)

    def _do(self, act: Act, actor: Account | None) -> Entry:
        self._at += timedelta(seconds=1)
        return Entry(act, actor, f"demo-{next(self._keys)}", self._at)

    def _people(self) -> Iterator[Entry]:
        given = itertools.cycle(_GIVEN)
        for code, name, tier in _UNITS:
            full = f"{name} ({MARK})"
            yield self._do(FoundUnit(FoundUnit.Input(full, "uy_ban_nhan_dan", tier, _FOUNDED)), None)
            unit = self.units[code] = Unit.objects.latest("pk")
            for short, role, post, family, deputy in _ROLES:
                yield from self._person(f"{family} {next(given)}", f"{short}.{code}", unit, post, deputy)
                yield self._roles(f"{short}.{code}", Role(role, unit), "TUYET_MAT")
        first = self.units["tinh"]
        yield from self._person("Hoàng Văn Kiểm", "kiemtra", first, "chuyen_vien", False)
        until = self.until + timedelta(days=365)
        yield self._roles("kiemtra", Role("kiem_tra", first, until), "TOI_MAT")
        yield from self._person("Bùi Văn Quản", "quantri", first, "chuyen_vien", False)
        yield self._roles("quantri", Role("quan_tri"), "")

    def _person(self, name: str, user: str, unit: Unit, post: str, deputy: bool) -> Iterator[Entry]:
        yield self._do(AddPerson(AddPerson.Input(name)), None)
        person = Person.objects.latest("pk")
        yield self._do(Appoint(Appoint.Input(person, unit, post, _FOUNDED, deputy)), None)
        yield self._do(OpenAccount(OpenAccount.Input(person, user)), None)
        self.accounts[user] = Account.objects.get(username=user)

    def _roles(self, user: str, role: Role, ceiling: str) -> Entry:
        account = self.accounts[user]
        account.ceiling = ceiling
        return self._do(SetRoles(SetRoles.Input(account, (role,), ceiling, f"{MARK} 01/QĐ")), None)

    def _book(self, code: str, unit: Unit, year: int) -> Book | None:
        return Book.objects.filter(unit=unit, code=code, year=year).first()

    def _pair(self, n: int, day: date) -> Iterator[Entry]:
        code = _UNITS[n % len(_UNITS)][0]
        unit, clerk = self.units[code], self.accounts[f"vt.{code}"]
        for kind in ("so_di", "so_den", "so_chuyen_giao"):
            if self._book(kind, unit, day.year) is None:
                yield self._do(OpenBook(OpenBook.Input(unit, kind)), clerk)
        subject = f"{_SUBJECTS[n % len(_SUBJECTS)].capitalize()} số {n + 1} ({MARK})"
        yield self._do(RegisterIn(self._incoming(n, day, unit, subject)), clerk)
        items = legal.all_list_items(law_on(day))
        if items:
            yield from self._outgoing(items[n % len(items)], code, day, subject)

    def _incoming(self, n: int, day: date, unit: Unit, subject: str) -> RegisterIn.Input:
        book = self._book("so_den", unit, day.year)
        if book is None:
            raise ValueError("chưa mở sổ đến")
        level = ("MAT", "MAT", "TOI_MAT", "MAT", "TUYET_MAT")[n % 5]
        return RegisterIn.Input(
            book=book,
            level=level,
            issuer=f"Cơ quan Mẫu {n % 7 + 1}",
            reference=f"{n + 1}/KH-CQM",
            document_day=day - timedelta(days=3),
            arrived=day,
            doc_type="Kế hoạch",
            abstract="" if level == "TUYET_MAT" else subject,
            receiver="Văn phòng",
        )

    def _outgoing(self, listed: Any, code: str, day: date, subject: str) -> Iterator[Entry]:
        unit = self.units[code]
        proposal = ProposeLevel.Input(
            unit=unit,
            kind="document",
            series="bmnn",
            level=listed.level,
            list_code=listed.code,
            doc_type="Báo cáo",
            draft_ref="DT-MAU",
            recipients=("Công an tỉnh Mẫu", "Lưu văn thư"),
            copies=2,
            copying=False,
        )
        yield self._do(ProposeLevel(proposal), self.accounts[f"st.{code}"])
        made = Proposal.objects.latest("pk")
        yield self._do(Determine(Determine.Input(made, made.digest)), self.accounts[f"ct.{code}"])
        book = self._book("so_di", unit, day.year)
        if book is None:
            raise ValueError("chưa mở sổ đi")
        out = RegisterOut.Input(
            item=Item.objects.get(pk=made.item_id),
            book=book,
            symbol="BC-UBND",
            document_day=day,
            abstract="" if listed.level == "TUYET_MAT" else subject,
            signer=self.accounts[f"ct.{code}"].person.name,
            keeper="Văn thư",
        )
        yield self._do(RegisterOut(out), self.accounts[f"vt.{code}"])
