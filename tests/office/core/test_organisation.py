"""Units change over the years and their history stays; roles, posts and delegations hold on their days only."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bmnn.office.core import replay, verify
from bmnn.office.core.act import Act, Done, Refused
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.acts.appoint import Appoint
from bmnn.office.core.acts.change_unit import ChangeUnit
from bmnn.office.core.acts.delegate import Delegate
from bmnn.office.core.acts.disable_account import DisableAccount
from bmnn.office.core.acts.dissolve_units import DissolveUnits
from bmnn.office.core.acts.end_post import EndPost
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.acts.open_account import OpenAccount
from bmnn.office.core.acts.set_roles import Role, SetRoles
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Account, Delegation, Person, Post, Unit
from bmnn.office.core.passwords import set_password

pytestmark = pytest.mark.django_db
_keys = itertools.count()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


def do(act: Act, actor: Account | None = None) -> Done:
    return perform(act, actor, f"t{next(_keys)}", clock=lambda: datetime(2026, 3, 5, 2, 0, tzinfo=UTC))


def found(name: str, since: str, parent: Unit | None = None, **more: Any) -> Unit:
    done = do(FoundUnit(FoundUnit.Input(name, "ubnd", "commune", date.fromisoformat(since), parent, **more)))
    return Unit.objects.get(public_id=done.event.data["unit"])


def person(name: str) -> Person:
    done = do(AddPerson(AddPerson.Input(name)))
    return Person.objects.get(public_id=done.event.data["person"])


def account(name: str, username: str, *roles: Role, ceiling: str = "") -> Account:
    done = do(OpenAccount(OpenAccount.Input(person(name), username)))
    opened = Account.objects.get(public_id=done.event.data["account"])
    do(SetRoles(SetRoles.Input(opened, roles, ceiling, "QĐ 1")))
    opened.refresh_from_db()
    return opened


def post(holder: Person, unit: Unit, code: str, since: str, **more: Any) -> Post:
    done = do(Appoint(Appoint.Input(holder, unit, code, date.fromisoformat(since), **more)))
    return Post.objects.get(public_id=done.event.data["id"])


def test_the_end_of_the_district_level_keeps_the_tree_of_every_day() -> None:
    province = found("Tỉnh A", "1997-01-01")
    district = found("Huyện B", "1997-01-01", province)
    communes = [found(f"Xã {n}", "1997-01-01", district) for n in ("C", "D")]
    new = found("Xã Mới", "2025-07-01", province, predecessors=tuple(communes), document="NQ 1")
    do(DissolveUnits(DissolveUnits.Input(tuple(communes), date(2025, 7, 1), "NQ 1", (new,))))
    do(DissolveUnits(DissolveUnits.Input((district,), date(2025, 7, 1), "NQ 203/2025/QH15")))
    before, after = date(2025, 6, 30), date(2025, 7, 1)
    assert {u.name for u in Unit.objects.on(before)} == {"Tỉnh A", "Huyện B", "Xã C", "Xã D"}
    assert {u.name for u in Unit.objects.on(after)} == {"Tỉnh A", "Xã Mới"}
    assert communes[0].parent_on(before) == district
    assert communes[0].parent_on(after) is None
    assert set(new.predecessors.all()) == set(communes)
    assert Unit.objects.all().under(province, before).count() == 4


def test_a_unit_with_parts_left_cannot_end_and_a_dissolved_one_takes_no_post() -> None:
    top = found("Sở X", "2010-01-01")
    found("Phòng Y", "2012-01-01", top)
    with pytest.raises(Refused, match="còn 1 đơn vị trực thuộc"):
        do(DissolveUnits(DissolveUnits.Input((top,), date(2020, 1, 1), "QĐ 2")))
    alone = found("Ban Z", "2010-01-01")
    do(DissolveUnits(DissolveUnits.Input((alone,), date(2020, 1, 1), "QĐ 3")))
    alone.refresh_from_db()
    with pytest.raises(Refused, match="đã kết thúc hoạt động từ ngày 01/01/2020"):
        post(person("Lê Thị Hòa"), alone, "chu_tich_ubnd", "2021-01-01")
    with pytest.raises(Refused, match="chưa thành lập"):
        post(person("Lê Thị Hòa"), top, "chu_tich_ubnd", "2009-01-01")


def test_a_renamed_and_moved_unit_has_its_old_name_on_the_old_days() -> None:
    one, two = found("Tỉnh A", "2000-01-01"), found("Tỉnh B", "2000-01-01")
    unit = found("Chi cục cũ", "2001-01-01", one)
    change = ChangeUnit.Input(unit, date(2020, 1, 1), "QĐ 9", "Chi cục mới", "ubnd", "province", two)
    do(ChangeUnit(change))
    unit.refresh_from_db()
    assert (unit.name_on(date(2019, 12, 31)), unit.name_on(date(2020, 1, 1))) == ("Chi cục cũ", "Chi cục mới")
    assert (unit.parent_on(date(2019, 12, 31)), unit.parent_on(date(2020, 1, 1))) == (one, two)
    with pytest.raises(Refused, match="dưới chính nó"):
        do(ChangeUnit(ChangeUnit.Input(two, date(2021, 1, 1), "QĐ", "Tỉnh B", "ubnd", "province", unit)))


def test_one_person_holds_posts_of_party_and_government_in_a_shared_office() -> None:
    party, council = found("Đảng ủy xã", "2025-07-01"), found("Hội đồng nhân dân xã", "2025-07-01")
    office = found("Văn phòng dùng chung", "2025-07-01", party, serves=(party, council))
    clerk = person("Trần Thị Thủy")
    post(clerk, office, "cong_chuc", "2025-07-01")
    post(clerk, council, "cong_chuc", "2025-08-01")
    assert clerk.posts_on(date(2025, 7, 15)).count() == 1
    assert clerk.posts_on(date(2026, 1, 1)).count() == 2
    assert {s.body for s in office.serves.all()} == {party, council}


def test_a_delegation_ends_with_its_day_and_with_the_post_of_its_giver() -> None:
    unit = found("Ủy ban nhân dân xã", "2020-01-01")
    head = post(person("Phạm Văn Bình"), unit, "chu_tich_ubnd", "2020-01-01")
    deputy = post(person("Đỗ Thị Cúc"), unit, "chu_tich_ubnd", "2020-01-01", deputy=True)
    given = Delegate.Input(head, deputy, date(2026, 1, 1), "GUQ 5", ("copy",), ("MAT",), date(2026, 12, 31))
    do(Delegate(given))
    row = Delegation.objects.get()
    assert row.covers("copy", "MAT", date(2026, 6, 1))
    assert not row.covers("copy", "TOI_MAT", date(2026, 6, 1))
    assert not row.covers("declassify", "MAT", date(2026, 6, 1))
    assert not row.covers("copy", "MAT", date(2026, 12, 31))
    with pytest.raises(Refused, match="Cấp phó không được ủy quyền tiếp"):
        do(Delegate(Delegate.Input(deputy, head, date(2026, 1, 1), "GUQ 6")))
    do(EndPost(EndPost.Input(head, date(2026, 4, 1), "QĐ nghỉ")))
    row.refresh_from_db()
    assert not row.covers("copy", "MAT", date(2026, 4, 1))


def test_only_the_administrator_keeps_accounts_and_nobody_sets_their_own_rights() -> None:
    admin = account("Quản Trị", "quantri", Role("quan_tri"))
    clerk = account("Văn Thư", "vanthu", Role("van_thu"), ceiling="MAT")
    with pytest.raises(Refused, match="Chỉ người quản trị máy"):
        do(DisableAccount(DisableAccount.Input(admin, "thử")), clerk)
    with pytest.raises(Refused, match="tự giao vai trò"):
        do(SetRoles(SetRoles.Input(admin, (Role("van_thu"),), "", "QĐ")), admin)
    with pytest.raises(Refused, match="không được xem nội dung mật"):
        do(SetRoles(SetRoles.Input(clerk, (Role("quan_tri"),), "MAT", "QĐ")), admin)
    with pytest.raises(Refused, match="phải có ngày hết hạn"):
        do(SetRoles(SetRoles.Input(clerk, (Role("kiem_tra"),), "MAT", "QĐ")), admin)
    do(DisableAccount(DisableAccount.Input(clerk, "nghỉ hưu")), admin)
    clerk.refresh_from_db()
    assert not clerk.is_active


def test_a_name_is_kept_in_nfc_sorted_by_given_name_and_strange_characters_are_refused() -> None:
    kept = person("Nguye\u0302\u0303n  Va\u0306n An")
    assert (kept.name, kept.fold) == ("Nguyễn Văn An", "nguyen van an")
    person("Trần Văn Bình")
    person("Đặng Thị Ánh")
    assert [p.name for p in Person.objects.all()][-1] == "Trần Văn Bình"
    for bad in ("An\u202egnìB", "An\x00", "a" * 121, "  "):
        with pytest.raises(Refused):
            person(bad)
    assert Person.objects.count() == 3


def test_a_rebuild_gives_the_same_tables_and_keeps_the_passwords() -> None:
    unit = found("Ủy ban nhân dân xã", "2020-01-01")
    opened = account("Văn Thư", "vanthu", Role("van_thu", unit), ceiling="MAT")
    post(opened.person, unit, "cong_chuc", "2020-01-01")
    set_password(opened, "một câu đủ dài để nhớ")
    before = replay.fingerprints()
    replay.rebuild()
    assert replay.fingerprints() == before
    again = Account.objects.get(username="vanthu")
    assert again.pk == opened.pk and again.check_password("một câu đủ dài để nhớ")
    assert verify.check().problems == []
    Post.objects.update(deputy=True)
    assert {p["kind"] for p in verify.check().problems} == {"projection"}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("ngắn", "quá ngắn"),
        ("123456789012345", "là số"),
        ("qwertyuiopasdfgh", "dãy phím"),
        ("1234567890987654x", "dãy phím"),
        ("aaaaabbbbbaaaaabbbbb", "lặp lại"),
        ("Mật khẩu 123 mật khẩu", "ai cũng nghĩ đến"),
        ("Quantri@2026!2026", "ai cũng nghĩ đến"),
        ("tran.an.2026.tran.an", "tên của người dùng"),
        ("TrầnVănAn19901990", "tên của người dùng"),
    ],
)
def test_a_password_that_a_colleague_would_guess_is_refused_in_words(bad: str, why: str) -> None:
    opened = account("Trần Văn An", "an.tran")
    with pytest.raises(Refused, match=why):
        set_password(opened, bad)


@pytest.mark.parametrize(
    "good",
    ["ba con mèo ngồi trên mái", "Tre xanh xanh tự bao giờ", "kéo-búa-bao-42-lần", "mau so lieu bia 2026"],
)
def test_a_sentence_of_ones_own_is_taken(good: str) -> None:
    opened = account("Trần Văn An", "an.tran")
    set_password(opened, good)
    assert opened.check_password(good)
