"""Devices and the computer itself, held against the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bmnn.machines import times
from bmnn.machines.check import Options
from bmnn.machines.devices import Device
from bmnn.machines.findings import Finding, Observations, judge_of_machine
from bmnn.machines.machine import Machine
from bmnn.machines.model import Source
from bmnn.machines.register import Row

ROLE_WORDS = {
    "drafting": "soạn thảo bí mật nhà nước",
    "internet": "nối Internet",
    "lan": "mạng nội bộ",
    "other": "khác",
}


def seen(device: Device) -> list[tuple[Source, datetime | None]]:
    """The observations of a device: each trace with the moment it states."""
    return [
        (t.source, t.arrived or t.removed or t.first_install or t.last_arrival or t.key_written)
        for t in device.traces
    ]


@judge_of_machine
def storage(machine: Machine, options: Options) -> Iterable[Finding]:
    """Storage that the register does not know, or knows as unapproved, unchecked, expired, lost or not
    for this role."""
    if options.register is None:
        return
    grave = "high" if machine.role == "drafting" else "medium"
    for device in machine.devices:
        if device.kind != "storage":
            continue
        row = options.register.device(device.serial, device.vid, device.pid)
        if row is None:
            device.registered = "no"
            sure = "confirmed" if device.reliable and not device.residual_only else "strong"
            if not device.serial:
                sure = "suspicion"
            text = (
                f"Máy {machine.name}: {device.shown} không có trong sổ thiết bị (dùng "
                f"lần đầu {_first_day(device)})."
            )
            yield Finding(
                "unregistered_storage", [machine.name], grave, sure, text, seen(device), device.serial
            )
            continue
        device.registered = "yes"
        faults = list(_faults(row, device, machine.role))
        if faults:
            text = f"Máy {machine.name}: {device.shown} (dòng {row.line} của sổ): {'; '.join(faults)}."
            sure = "confirmed" if device.reliable else "suspicion"
            yield Finding("unchecked_storage", [machine.name], grave, sure, text, seen(device), device.serial)


def _first_day(device: Device) -> str:
    return times.words(times.day(device.first_use or device.first_install_local))


def _faults(row: Row, device: Device, role: str) -> Iterable[str]:
    first, last = times.day(device.first_use), times.day(device.last_use)
    if row.gone:
        yield f"sổ ghi tình trạng «{row.status}»"
    if not row.approved:
        yield "chưa được phê duyệt"
    elif row.approved_on and first and row.approved_on > first:
        yield f"dùng từ {times.words(first)}, trước ngày phê duyệt {times.words(row.approved_on)}"
    if row.checked_on is None:
        yield "chưa được kiểm tra an ninh"
    elif first and row.checked_on > first:
        yield f"dùng từ {times.words(first)}, trước ngày kiểm tra {times.words(row.checked_on)}"
    if row.valid_until and last and row.valid_until < last:
        yield f"dùng đến {times.words(last)}, sau khi hết hạn {times.words(row.valid_until)}"
    if role and row.roles and role not in row.roles:
        yield f"không được phép dùng trên máy {ROLE_WORDS.get(role, role)}"


@judge_of_machine
def computer(machine: Machine, options: Options) -> Iterable[Finding]:
    """The computer itself: in the register, and security-checked before use."""
    register = options.register
    if register is None or not register.lists_computers or "name" not in machine.evidence.machine:
        return
    row = register.computer(machine.name, machine.evidence.machine.get("bios_serial", ""))
    source: Observations = []
    hive = next((a.path for a in machine.artefacts if a.facts.get("hive") == "SYSTEM"), None)
    if hive:
        source.append((Source(hive, "Control\\ComputerName"), None))
    if row is None:
        text = f"Máy {machine.name} không có trong sổ thiết bị."
        yield Finding("machine_not_registered", [machine.name], "medium", "strong", text, source)
        return
    collected = times.parse_iso(machine.evidence.machine.get("collected_at"))
    last = times.latest(collected, *(d.last_use for d in machine.devices))
    if row.checked_on is None:
        text = f"Máy {machine.name} (dòng {row.line} của sổ) chưa ghi ngày kiểm tra an ninh."
    elif row.valid_until and last and row.valid_until < (times.day(last) or last.date()):
        text = (
            f"Máy {machine.name} (dòng {row.line} của sổ) hết hạn "
            f"kiểm tra an ninh từ {times.words(row.valid_until)}."
        )
    else:
        return
    grave = "high" if machine.role == "drafting" else "medium"
    yield Finding("security_check_missing", [machine.name], grave, "confirmed", text, source)


@judge_of_machine
def phones(machine: Machine, options: Options) -> Iterable[Finding]:
    """Phones plugged in."""
    for device in machine.devices:
        if device.kind != "phone":
            continue
        charging = device.bus == "composite"
        data = (
            "chỉ thấy đã cắm, không thấy kênh dữ liệu"
            if charging
            else ("chia sẻ mạng (tethering)" if device.bus == "tether" else "có kênh truyền tệp")
        )
        grave = "medium" if charging or machine.role != "drafting" else "high"
        sure = "suspicion" if charging else ("strong" if device.residual_only else "confirmed")
        text = f"Máy {machine.name}: điện thoại {device.shown} đã cắm vào máy ({data})."
        yield Finding("phone_connected", [machine.name], grave, sure, text, seen(device), device.serial)
