"""The life of a device by acts: registered, checked, approved, sealed, repaired, given another use, retired."""

from __future__ import annotations

from datetime import date

import pytest

from bmnn.office.core import replay
from bmnn.office.core.access import may
from bmnn.office.equipment.acts.approve_device import ApproveDevice
from bmnn.office.equipment.acts.change_use import ChangeUse
from bmnn.office.equipment.acts.correct_device import CorrectDevice
from bmnn.office.equipment.acts.hand_device import HandDevice
from bmnn.office.equipment.acts.lose_device import LoseDevice
from bmnn.office.equipment.acts.put_seal import PutSeal
from bmnn.office.equipment.acts.retire_device import RetireDevice
from bmnn.office.equipment.acts.return_repair import ReturnRepair
from bmnn.office.equipment.acts.send_repair import SendRepair
from bmnn.office.equipment.acts.take_seal_off import TakeSealOff
from bmnn.office.equipment.models import Check, Device, Finding, Minutes, Remedy, Seal
from tests.office.equipment.conftest import PC, STICK, TODAY, Room, refused


def test_a_device_lives_from_its_registration_to_its_minutes(room: Room) -> None:
    cast, one = room.cast, room.add()
    assert one.number == 1 and one.state == "registered"
    assert room.approved(room.checked(one)).state == "approved"
    cast.do(PutSeal(PutSeal.Input(one, "T-01", "nắp máy")), cast.van_thu)
    seal = Seal.objects.get()
    cast.do(TakeSealOff(TakeSealOff.Input(seal, "đưa đi sửa")), cast.van_thu)
    cast.do(SendRepair(SendRepair.Input(one, "Cửa hàng X", "hỏng nguồn", "removed")), cast.van_thu)
    one.refresh_from_db()
    assert one.state == "repair"
    cast.do(ReturnRepair(ReturnRepair.Input(one, "đã thay nguồn")), cast.van_thu)
    one.refresh_from_db()
    assert (one.state, one.checked_on) == ("registered", None)
    cast.do(HandDevice(HandDevice.Input(one, keeper=cast.soan_thao.person, place="Phòng 2")), cast.van_thu)
    end = RetireDevice.Input(one, "hết khấu hao", "destroyed", "BB 03", TODAY, ("Trần A", "Lê B"))
    cast.do(RetireDevice(end), cast.van_thu)
    one.refresh_from_db()
    assert one.state == "retired" and one.keeper == cast.soan_thao.person
    titles = list(one.steps.order_by("id").values_list("title", flat=True))
    assert titles == [
        "Đăng ký thiết bị", "Ghi kiểm tra an ninh", "Phê duyệt sử dụng", "Dán niêm phong", "Gỡ niêm phong",
        "Đưa đi sửa chữa", "Nhận lại sau sửa chữa", "Bàn giao thiết bị", "Thanh lý thiết bị",
    ]  # fmt: skip
    assert "không ghi thêm được" in refused(cast.do, PutSeal(PutSeal.Input(one, "T-02")), cast.van_thu)


def test_numbers_run_per_unit_without_gaps(room: Room) -> None:
    first, second = room.add(), room.add(STICK)
    refused(room.add, STICK)
    third = room.add(STICK, serial="EE11BB22CC33DD55")
    other = room.add(PC, room.cast.other, "nguoi_ngoai", serial="PC-0099")
    assert [d.number for d in (first, second, third, other)] == [1, 2, 3, 1]


@pytest.mark.parametrize("serial", ["aa11bb22cc33dd44", " AA11BB22CC33DD44&0", "MSFT30AA11BB22CC33DD44"])
def test_one_serial_is_one_device_however_it_is_written(serial: str, room: Room) -> None:
    room.add(STICK)
    assert "đã có trong sổ thiết bị số 01" in refused(room.add, STICK, serial=serial)


def test_what_works_with_secrets_is_checked_before_it_is_approved_and_not_by_its_clerk(room: Room) -> None:
    one = room.add()
    words = refused(room.approved, one)
    assert "kiểm tra an ninh, còn hạn, trước khi sử dụng" in words and "32/CT-TTg" in words
    room.checked(one, valid_until=date(2026, 4, 5))
    assert "còn hạn" in refused(room.approved, one)
    room.checked(one)
    assert "Chỉ thủ trưởng" in refused(
        room.cast.do, ApproveDevice(ApproveDevice.Input(one)), room.cast.van_thu
    )
    assert room.approved(one).approved_by == "Lê Văn Trưởng"


def test_a_failed_check_takes_the_device_out_of_use(room: Room) -> None:
    one = room.approved(room.checked(room.add()))
    assert "[note]" in refused(room.checked, one, passed=False, certificate="")
    room.checked(one, passed=False, certificate="", valid_until=None, note="có phần mềm lạ")
    assert (one.state, one.checked_on) == ("registered", None)


def test_a_stick_is_never_allowed_on_both_kinds_of_computers(room: Room) -> None:
    words = refused(room.add, STICK, roles=("drafting", "internet"))
    assert "[roles]" in words and "Điều 5" in words


def test_secrets_are_removed_before_another_use_and_a_connected_machine_never_drafts(room: Room) -> None:
    one = room.add()
    change = ChangeUse.Input(one, "internet", purpose="tra cứu")
    words = refused(room.cast.do, ChangeUse(change), room.cast.van_thu)
    assert "loại bỏ bí mật nhà nước" in words and "Điều 5" in words
    done = ChangeUse.Input(one, "internet", purpose="tra cứu", removed=True, minutes="BB 07")
    room.cast.do(ChangeUse(done), room.cast.van_thu)
    one.refresh_from_db()
    assert (one.role, one.state) == ("internet", "registered")
    back = ChangeUse.Input(one, "drafting", purpose="soạn thảo")
    assert "đã từng nối mạng" in refused(room.cast.do, ChangeUse(back), room.cast.van_thu)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"method": "none"}, "method"),
        ({"members": ("Trần A",)}, "members"),
        ({"members": ("Trần A", "trần a")}, "members"),
        ({"minutes": " "}, "minutes"),
        ({"minutes_day": date(2026, 4, 7)}, "minutes_day"),
    ],
)
def test_a_device_is_not_retired_without_wiping_minutes(
    values: dict[str, object], field: str, room: Room
) -> None:
    one = room.add()
    given = {
        "reason": "hỏng",
        "method": "overwritten",
        "minutes": "BB 1",
        "minutes_day": TODAY,
        "members": ("A", "B"),
    }
    act = RetireDevice(RetireDevice.Input(one, **{**given, **values}))
    assert f"[{field}]" in refused(room.cast.do, act, room.cast.van_thu)


def test_storage_does_not_leave_for_repair(room: Room) -> None:
    one = room.add()
    act = SendRepair(SendRepair.Input(one, "Cửa hàng", "hỏng", "none"))
    assert "[storage]" in refused(room.cast.do, act, room.cast.van_thu)
    watched = SendRepair(SendRepair.Input(one, "Cửa hàng", "hỏng", "watched"))
    assert "[supervisor]" in refused(room.cast.do, watched, room.cast.van_thu)


def test_a_lost_stick_may_be_entered_again_only_as_another_device(room: Room) -> None:
    one = room.add(STICK)
    room.cast.do(LoseDevice(LoseDevice.Input(one, TODAY, "mất trên xe")), room.cast.thu_truong)
    again = room.add(STICK)
    assert again.number == 2 and Device.objects.get(number=1).state == "lost"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "tau"}, "kind"),
        ({"name": ""}, "name"),
        ({"serial": ""}, "serial"),
        ({"role": ""}, "role"),
        ({"name": "máy\u202ex"}, "name"),
        ({"vid": "09"}, "vid"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_takes_no_number(
    values: dict[str, str], field: str, room: Room
) -> None:
    assert f"[{field}]" in refused(room.add, **values)
    assert room.add().number == 1


def test_who_may_see_and_do_what(room: Room) -> None:
    one = room.add(keeper=room.cast.soan_thao.person)
    seen = {
        who: may(account, "see", one, TODAY)
        for who, account in room.cast.accounts.items()
        if may(account, "see", one, TODAY) == Device.objects.visible_to(account, day=TODAY).exists()
    }
    assert seen == {
        "van_thu": True,
        "thu_truong": True,
        "cap_pho": True,
        "soan_thao": True,  # keeps this very device
        "nguoi_nhan": False,
        "nguoi_ngoai": False,
        "doan_kiem_tra": True,
        "quan_tri": False,
    }
    for who in ("quan_tri", "nguoi_ngoai", "nguoi_nhan"):
        act = LoseDevice(LoseDevice.Input(one, TODAY, "x"))
        assert "Không tìm thấy" in refused(room.cast.do, act, room.cast.accounts[who])
    assert "Chỉ văn thư" in refused(room.add, STICK, who="soan_thao")


def test_nobody_sees_a_check_by_default() -> None:
    from bmnn.office.core.access import _RULES

    for model in (Device, Check, Finding, Minutes, Remedy):
        assert (model, "see") in _RULES


def test_a_wrong_entry_is_corrected_and_the_wrong_one_stays_in_the_history(room: Room) -> None:
    cast, one = room.cast, room.approved(room.checked(room.add()))
    room.add(STICK)
    for value, why in (
        (one.serial, "giống nội dung"),
        ("aa11bb22cc33dd44", "đã có trong sổ"),
        (" ", "Chưa nhập"),
    ):
        act = CorrectDevice(CorrectDevice.Input(one, "serial", value, "gõ nhầm"))
        assert why in refused(cast.do, act, cast.van_thu)
    cast.do(CorrectDevice(CorrectDevice.Input(one, "serial", "pc-0001-b", "gõ nhầm")), cast.van_thu)
    one.refresh_from_db()
    assert (one.serial, one.serial_key, one.state) == ("pc-0001-b", "PC-0001-B", "registered")
    assert "«PC-0001» → «pc-0001-b»" in one.steps.first().text


def test_a_replay_gives_the_same_tables(room: Room) -> None:
    one = room.approved(room.checked(room.add()))
    room.cast.do(PutSeal(PutSeal.Input(one, "T-01")), room.cast.van_thu)
    room.add(STICK)
    assert replay.differences() == []
