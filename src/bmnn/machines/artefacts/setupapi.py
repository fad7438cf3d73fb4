"""setupapi.dev.log: when Windows first installed a driver for a device. Moments are local; the log has no
zone.

Only section headings count: inside sections Windows lists drivers, and their names mention USB storage on
every computer.
"""

from __future__ import annotations

import re
from datetime import datetime

from bmnn.machines.artefacts import Given, reader
from bmnn.machines.model import DeviceTrace, Evidence
from bmnn.machines.usb import ids_of_path, reliable_serial

_SECTION = re.compile(r"^>>>  \[(.+)\]\s*$")
_START = re.compile(r"^>>>  Section start (\d{4})/(\d\d)/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})")
_DEVICE = re.compile(r"(?:^| - |_\?\?_|\\)(USBSTOR[\\#]Disk&?[^\s}]*)", re.IGNORECASE)
_UASP = re.compile(r"(USB\\VID_[0-9A-F]{4}&PID_[0-9A-F]{4}\\MSFT30[0-9A-Z]+)", re.IGNORECASE)


def _is_log(name: str, head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf")
    return (name.startswith("setupapi.") and ".log" in name) or text.startswith(b"[Device Install Log]")


def decode(data: bytes) -> str:
    """The text of the log: UTF-16 or UTF-8 by its mark, else the single-byte Windows set of the computer."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


@reader("setupapi", "Nhật ký cài thiết bị (setupapi)", _is_log)
def read(item: Given, out: Evidence) -> None:
    """Reads section headings and their start; a section without a readable start gives no moment."""
    lines = decode(item.data).splitlines()
    sections = found = 0
    first: datetime | None = None
    for at, line in enumerate(lines):
        heading = _SECTION.match(line)
        if heading is None:
            continue
        sections += 1
        start = _START.match(lines[at + 1]) if at + 1 < len(lines) else None
        moment = _moment(start)
        first = first or moment
        device = _DEVICE.search(heading[1]) or _UASP.search(heading[1])
        if device is None or "delete" in heading[1].casefold().split(" - ")[0]:
            continue
        vid, pid, serial = ids_of_path(device[1])
        if not serial:
            continue
        found += 1
        trace = DeviceTrace(
            item.at(f"dòng {at + 1}: {heading[1]}"), "storage", vid, pid, serial, reliable_serial(serial)
        )
        trace.first_install, trace.residual = moment, True
        trace.bus = "UASP" if "MSFT30" in device[1].upper() else "USBSTOR"
        model = re.search(r"Disk&Ven_([^&#\\]*)&Prod_([^&#\\]*)", device[1], re.IGNORECASE)
        trace.name = " ".join(p.replace("_", " ").strip() for p in model.groups()) if model else ""
        out.devices.append(trace)
    out.facts.update(sections=sections, usb_storage=found)
    if first:
        out.facts["first_section_local"] = first.isoformat(timespec="milliseconds")
    if not sections:
        out.note("không thấy mục nào trong nhật ký", partly=True)


def _moment(found: re.Match[str] | None) -> datetime | None:
    if found is None:
        return None
    year, month, day, hour, minute, second, ms = (int(g) for g in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, ms * 1000)  # noqa: DTZ001 - local by nature
    except ValueError:
        return None
