"""The sample agency's equipment: a register with its history, and two checked computers with a shared stick and a
phone."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bmnn.machines import Options, check
from bmnn.office.core.engine import Act, Entry
from bmnn.office.core.models import Unit
from bmnn.office.equipment import comparing, results, sample
from bmnn.office.equipment.acts.answer_finding import AnswerFinding
from bmnn.office.equipment.acts.approve_device import ApproveDevice
from bmnn.office.equipment.acts.give_remedy import GiveRemedy
from bmnn.office.equipment.acts.hand_device import HandDevice
from bmnn.office.equipment.acts.issue_minutes import IssueMinutes
from bmnn.office.equipment.acts.put_seal import PutSeal
from bmnn.office.equipment.acts.record_check import RecordCheck
from bmnn.office.equipment.acts.register_device import DeviceIn, RegisterDevice
from bmnn.office.equipment.acts.retire_device import RetireDevice
from bmnn.office.equipment.acts.security_check import RecordSecurityCheck
from bmnn.office.equipment.models import Check, Device, Finding
from bmnn.office.records.demo import MARK

SINCE = date(2025, 8, 4)
_HOME = "xa1"
_DEVICES = (
    DeviceIn(
        "computer",
        sample.DRAFTING,
        sample.PC_SERIALS[sample.DRAFTING],
        role="drafting",
        place="Phòng văn thư mật",
    ),
    DeviceIn(
        "computer",
        sample.INTERNET,
        sample.PC_SERIALS[sample.INTERNET],
        role="internet",
        place="Bộ phận một cửa",
    ),
    DeviceIn(
        "computer",
        "SO-MAT-XA1",
        "MAU-PC-0003",
        role="drafting",
        place="Phòng văn thư mật",
        purpose="Lập sổ BMNN",
    ),
    DeviceIn(
        "usb", "USB cơ yếu số 1", sample.SHARED, type="dc02m", roles=("drafting",), purpose="Chuyển dự thảo"
    ),
    DeviceIn("usb", "USB cơ yếu số 2", "MAU00000E5F60718", type="dc02m", roles=("drafting",)),
    DeviceIn("usb", "USB một cửa", "MAU0000011223344", type="normal", roles=("internet",)),
    DeviceIn("disk", "Ổ lưu dự phòng", "MAU-HDD-77A1", type="normal", roles=("drafting",), place="Két sắt"),
    DeviceIn("printer", "Máy in phòng mật", "MAU-IN-01", place="Phòng văn thư mật"),
    DeviceIn("copier", "Máy photocopy", "MAU-PT-01", place="Phòng văn thư mật"),
    DeviceIn("phone", "Điện thoại, đồng hồ thông minh", place="Phòng văn thư mật, phòng họp kín"),
)
_OLD = DeviceIn("computer", "MAY-CU-XA1", "MAU-PC-OLD1", role="drafting", purpose="Máy cũ")


def entries(agency: Any) -> Iterator[Entry]:
    """The acts in order; see docs/architecture.md, "The sample agency"."""
    unit: Unit = agency.units[_HOME]
    clerk, head = agency.accounts[f"vt.{_HOME}"], agency.accounts[f"ct.{_HOME}"]
    keepers = [agency.accounts[f"{who}.{_HOME}"].person for who in ("vt", "nn", "vt", "st")]
    for n, device in enumerate((_OLD, *_DEVICES)):
        entered = DeviceIn(**{**device.__dict__, "keeper": keepers[n % len(keepers)], "note": MARK})
        yield agency.do(RegisterDevice(RegisterDevice.Input(unit, entered)), clerk, SINCE)
    day = SINCE + timedelta(days=9)
    for one in Device.objects.filter(unit=unit).exclude(kind="phone").order_by("number"):
        yield agency.do(_checked(one, day, agency.until), clerk, day)
    for one in Device.objects.filter(unit=unit).order_by("number"):
        yield agency.do(
            ApproveDevice(ApproveDevice.Input(one, "Quyết định mẫu 12/QĐ-UBND")),
            head,
            day + timedelta(days=1),
        )
        if one.role == "drafting":
            yield agency.do(PutSeal(PutSeal.Input(one, f"NP-{one.number:03d}", "nắp máy")), clerk)
    yield from _ends(agency, unit)
    yield from _check(agency, unit)


def _checked(one: Device, day: date, until: date) -> Act:
    """Most checks run out next year; two of them about now, so that "Hôm nay" has something to show."""
    ends = {"USB cơ yếu số 2": until - timedelta(days=6), "Máy in phòng mật": until + timedelta(days=20)}
    given = RecordSecurityCheck.Input(
        one,
        day,
        "Công an tỉnh Mẫu",
        f"KT-{one.number:03d}",
        max(ends.get(one.name, until + timedelta(days=250)), day + timedelta(days=1)),
    )
    return RecordSecurityCheck(given)


def _ends(agency: Any, unit: Unit) -> Iterator[Entry]:
    """The old computer goes; its drive is destroyed before witnesses."""
    clerk = agency.accounts[f"vt.{_HOME}"]
    old = Device.objects.get(unit=unit, name=_OLD.name)
    day = SINCE + timedelta(days=40)
    end = RetireDevice.Input(
        old, "Hết khấu hao", "destroyed", "BB mẫu 03", day, ("Trần Văn Mẫu", "Lê Thị Mẫu")
    )
    yield agency.do(RetireDevice(end), clerk, day)
    stick = Device.objects.get(unit=unit, serial="MAU0000011223344")
    taker = agency.accounts[f"st.{_HOME}"].person
    yield agency.do(HandDevice(HandDevice.Input(stick, keeper=taker, place="Bộ phận một cửa")), clerk)


def result(agency: Any, unit: Unit, day: date) -> dict[str, Any]:
    """What the machine check says of the sample's two computers, held against the register."""
    files = sample.collections(day)
    register = comparing.register_of(Device.objects.filter(unit=unit).select_related("unit", "keeper"))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in files]
        for path in paths:
            path.write_bytes(files[path.name])
        found = check(paths, Options(register=register))
    heads = [{"name": n, "sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in files.items()]
    return results.reduce(found, heads)


def _check(agency: Any, unit: Unit) -> Iterator[Entry]:
    clerk, head = agency.accounts[f"vt.{_HOME}"], agency.accounts[f"ct.{_HOME}"]
    day = agency.until - timedelta(days=16)
    title = f"Kiểm tra máy soạn thảo và máy một cửa ({MARK})"
    yield agency.do(RecordCheck(RecordCheck.Input(unit, title, result(agency, unit, day))), clerk, day)
    made = Check.objects.latest("pk")
    present = (f"{head.person.name}, Chủ tịch UBND xã", f"{clerk.person.name}, văn thư")
    minutes = IssueMinutes.Input(
        made, "Phòng văn thư mật", ("Nguyễn Văn Mẫu, tổ trưởng", "Trần Thị Mẫu, tổ viên"), present,
        "Kế hoạch kiểm tra mẫu 15/KH", "Thu hồi thiết bị dùng chéo, chấn chỉnh người sử dụng.",
    )  # fmt: skip
    crossed = Finding.objects.filter(of=made, code="cross_use").first()
    phone = Finding.objects.filter(of=made, code="phone_connected").first()
    wild = Finding.objects.filter(of=made, code="unregistered_storage").first()
    doer = agency.accounts[f"st.{_HOME}"].person
    if crossed is not None:
        yield agency.do(
            AnswerFinding(AnswerFinding.Input(crossed, "accepted", "Đúng, đã thu hồi USB.")),
            head,
            day + timedelta(days=1),
        )
        text = "Thu hồi, kiểm tra mã độc và bàn giao lại USB cơ yếu số 1"
        yield agency.do(GiveRemedy(GiveRemedy.Input(crossed, text, doer, day + timedelta(days=10))), head)
    if wild is not None:
        text = "Xác minh chủ USB không có trong sổ, báo cáo bằng văn bản"
        yield agency.do(
            GiveRemedy(GiveRemedy.Input(wild, text, clerk.person, agency.until + timedelta(days=6))), head
        )
    if phone is not None:
        text = "Điện thoại chỉ sạc pin, đã nhắc nhở và dán thông báo cấm mang vào."
        yield agency.do(AnswerFinding(AnswerFinding.Input(phone, "explained", text)), head)
    yield agency.do(IssueMinutes(minutes), clerk, day + timedelta(days=2))


def prepare(agency: Any, data: Path) -> None:
    """The two collections beside the database, to try the check with."""
    folder = data / "mau-thu-thap"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, content in sample.collections(agency.until - timedelta(days=1)).items():
        (folder / name).write_bytes(content)
