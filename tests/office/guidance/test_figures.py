"""A point about machines is answered by the register of equipment; the words of a directive point to units."""

from __future__ import annotations

from datetime import date, timedelta

from bmnn.office.equipment.acts.register_device import DeviceIn, RegisterDevice
from bmnn.office.guidance.figures import figures
from bmnn.office.guidance.suggest import duty_prefixes, figure_codes, units
from tests.office.guidance.conftest import Province


def test_the_words_of_a_point_choose_the_figures() -> None:
    assert "equipment.checked" in figure_codes("Kiểm tra an ninh thiết bị dùng soạn thảo bí mật nhà nước")
    assert "records.determined" in figure_codes("chấn chỉnh việc XÁC ĐỊNH ĐỘ MẬT")
    assert figure_codes("Quán triệt Luật đến chi bộ") == []


def test_each_unit_counts_its_own_devices_on_the_days_asked(province: Province) -> None:
    day = province.today
    device = DeviceIn("usb", "USB 01", serial="AA951D0000007252", type="normal", roles=("drafting",))
    province.do(RegisterDevice(RegisterDevice.Input(province.xa, device)), "vt_xa")
    counted = {f.code: f.value for f in figures(province.xa, day, day)}
    assert counted["equipment.register"] == 1
    assert counted["equipment.checked"] == 0
    assert {f.code: f.value for f in figures(province.xa2, day, day)}["equipment.register"] == 0
    before = day - timedelta(days=1)
    assert {f.code: f.value for f in figures(province.xa, date(2018, 1, 1), before)}[
        "equipment.register"
    ] == 0


def test_collective_and_own_names_point_to_units(province: Province) -> None:
    def named(*words: str) -> set[str]:
        return {u.name for u in units(list(words), province.tinh, province.today)}

    assert named("Ủy ban nhân dân các xã") == {province.xa.name, province.xa2.name}
    assert named("UY BAN NHAN DAN XA MAU HAI") == {province.xa2.name}
    assert named("Ủy ban nhân dân xã Mẫu Một, Ủy ban nhân dân xã Mẫu Hai") == {
        province.xa.name,
        province.xa2.name,
    }
    assert named("Ủy ban nhân dân tỉnh") == {province.tinh.name}
    assert named("Sở Tài chính", "Bộ Công an", "Ủy ban nhân dân") == set()


def test_a_communes_plan_holds_no_duties_of_ministries(province: Province) -> None:
    assert "duty.communes" in duty_prefixes(province.xa)
    assert not any("ministr" in p or "police" in p for p in duty_prefixes(province.xa))
