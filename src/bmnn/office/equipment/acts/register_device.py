"""The clerk enters a device in the unit's register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.machines.usb import normal_serial
from bmnn.office.core.act import Context, Refusal, numbers_of, register
from bmnn.office.core.clean import check_unit_lives, check_words, line
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.core.rules import cite
from bmnn.office.equipment.models import Device
from bmnn.office.equipment.project import new_device, step
from bmnn.office.equipment.rules import EquipmentAct, check_code, check_keeper, keeps
from bmnn.office.equipment.words import GONE, KINDS, ROLES, STORAGE_KINDS, TYPES


@dataclass(frozen=True)
class DeviceIn:
    """What is said of a device. `role` for computers, `roles` for sticks and disks: on which computers."""

    kind: str
    name: str
    serial: str = ""
    type: str = ""
    vid: str = ""
    pid: str = ""
    role: str = ""
    roles: tuple[str, ...] = ()
    purpose: str = ""
    place: str = ""
    keeper: Person | None = None
    keeper_text: str = ""
    note: str = ""


def series(unit: Unit) -> str:
    """The counter of a unit's register."""
    return f"device/{unit.public_id}"


def judge(ctx: Context, unit: Unit, device: DeviceIn, taken: frozenset[str] = frozenset()) -> list[Refusal]:
    """What is wrong with a device that is to be entered. `taken`: serials entered in the same act."""
    found: list[Refusal] = []
    if device.kind not in KINDS:
        return [Refusal("kind", "Hãy chọn loại thiết bị trong danh sách.")]
    found += check_words(
        (
            ("name", "tên thiết bị", device.name, 200, True),
            ("serial", "số sê-ri", device.serial, 120, device.kind not in ("phone", "other")),
            ("purpose", "mục đích sử dụng", device.purpose, 300, False),
            ("place", "nơi đặt", device.place, 200, device.kind == "phone"),
            ("keeper_text", "người giữ", device.keeper_text, 120, False),
            ("note", "ghi chú", device.note, 500, False),
        )
    )
    for field, text in (("vid", device.vid), ("pid", device.pid)):
        found += check_code(field, text)
    if device.kind == "computer" and device.role not in ROLES:
        found.append(
            Refusal(
                "role",
                "Hãy chọn vai trò của máy: soạn thảo BMNN hay nối mạng.",
                cite(ctx, "machine.connected"),
            )
        )
    if device.kind in STORAGE_KINDS:
        if device.type not in ("dc02m", "normal"):
            found.append(
                Refusal("type", "Hãy chọn loại USB, ổ cứng.", cite(ctx, "machine.registered_storage"))
            )
        if any(r not in ROLES for r in device.roles):
            found.append(Refusal("roles", "Vai trò máy được cắm không có trong danh sách."))
        if "drafting" in device.roles and {"internet", "lan"} & set(device.roles):
            found.append(
                Refusal(
                    "roles",
                    "Một thiết bị lưu trữ không được dùng chung cho máy soạn thảo BMNN và máy nối mạng.",
                    cite(ctx, "machine.connected"),
                )
            )
    elif device.type not in TYPES or device.type == "dc02m":
        found.append(Refusal("type", "Loại DC-02M chỉ dùng cho USB."))
    found += check_keeper(ctx, unit, device.keeper)
    key = normal_serial(device.serial)
    if key:
        same = Device.objects.filter(serial_key=key).exclude(state__in=GONE).select_related("unit").first()
        if same is not None:
            where = (
                f"số {same.number:02d} của {same.unit.name}"
                if same.unit_id == unit.pk
                else "của cơ quan khác"
            )
            found.append(Refusal("serial", f"Số sê-ri này đã có trong sổ thiết bị {where}."))
        elif key in taken:
            found.append(Refusal("serial", "Số sê-ri này ghi hai lần trong cùng danh sách."))
    return found


def body_of(ctx: Context, device: DeviceIn) -> dict[str, Any]:
    """The device as an event holds it."""
    return {
        "device": str(ctx.new_id()),
        "kind": device.kind,
        "type": device.type,
        "name": line(device.name),
        "serial": line(device.serial),
        "vid": device.vid.upper(),
        "pid": device.pid.upper(),
        "role": device.role if device.kind == "computer" else "",
        "roles": sorted(device.roles),
        "purpose": line(device.purpose),
        "place": line(device.place),
        "keeper": str(device.keeper.public_id) if device.keeper else None,
        "keeper_text": line(device.keeper_text),
        "note": line(device.note),
    }


@register
class RegisterDevice(EquipmentAct):
    """Takes the next number of the unit's register."""

    code = "equipment.register_device"
    title = "Đăng ký thiết bị"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        device: DeviceIn

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.unit)
        if found:
            return found
        return check_unit_lives("unit", data.unit, ctx.day) + judge(ctx, data.unit, data.device)

    def number(self, ctx: Context) -> None:
        ctx.take("Số đăng ký", series(self.input.unit))

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"unit": str(self.input.unit.public_id), **body_of(ctx, self.input.device)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit = Unit.objects.get(public_id=body["unit"])
        device = new_device(event, body, numbers_of(event)["Số đăng ký"], unit)
        step(
            event,
            device,
            cls.title,
            f"{device.kind_word}, {device.name}, số sê-ri {device.serial or 'không có'}",
        )
