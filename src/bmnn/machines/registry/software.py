"""The SOFTWARE hive: version of Windows, networks ever joined, installed programs, labels of portable
devices."""

from __future__ import annotations

import re

from bmnn.machines import times
from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive, Key
from bmnn.machines.model import DeviceTrace, Evidence, Mark, NetworkTrace, ProgramTrace
from bmnn.machines.registry import volumes
from bmnn.machines.registry.tolerant import Tolerant
from bmnn.machines.usb import ids_of_path, reliable_serial

NAME_TYPES = {6: "wired", 71: "wireless", 23: "vpn", 243: "mobile"}
_NUMBERED = re.compile(r"\.exe\"?\s+\d{2,3}\s*$", re.IGNORECASE)
KORPLUG = "khóa «ms-pu» do mã độc Korplug (PlugX) để lại"
TASKS = ("autodesk plugin",)
# Channels that Windows 10 and 11 switch on by themselves and that tell about devices and networks.
CHANNELS = (
    "Microsoft-Windows-Partition/Diagnostic",
    "Microsoft-Windows-Kernel-PnP/Configuration",
    "Microsoft-Windows-NetworkProfile/Operational",
    "Microsoft-Windows-WLAN-AutoConfig/Operational",
)
CATEGORIES = {0: "public", 1: "private", 2: "domain"}


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Adds everything the SOFTWARE hive tells."""
    with Tolerant(out):
        _version(hive, out)
    for part in (_networks, _programs, _portable, volumes.read, _marks):
        with Tolerant(out):
            part(item, hive, out)


def _programs(item: Given, hive: Hive, out: Evidence) -> None:
    for place in ("", "WOW6432Node\\"):
        uninstall(item, hive.get(f"{place}Microsoft\\Windows\\CurrentVersion\\Uninstall"), out)
        for name in ("Run", "RunOnce"):
            autostart(item, hive.get(f"{place}Microsoft\\Windows\\CurrentVersion\\{name}"), out)


def _marks(item: Given, hive: Hive, out: Evidence) -> None:
    """Marks of malware among the keys, and event channels that somebody switched off."""
    if hive.get("Classes\\ms-pu"):
        out.marks.append(Mark(item.at("Classes\\ms-pu"), "malware_indicator", KORPLUG, "strong"))
    tasks = hive.get("Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree")
    for key in tasks.subkeys() if tasks else ():
        if key.name.casefold() in TASKS:
            text = f"tác vụ hẹn giờ «{key.name}» có tên mà mã độc Mustang Panda đã dùng"
            out.marks.append(Mark(item.at(key.path), "malware_indicator", text, "suspicion", key.written))
    channels = hive.get("Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels")
    for name in CHANNELS if channels else ():
        channel = channels.child(name) if channels else None
        if channel and channel.number("Enabled") == 0:
            text = (
                f"kênh nhật ký «{name}» bị tắt (Windows bật sẵn kênh này; phần mềm quản lý cũng có thể tắt)"
            )
            out.marks.append(
                Mark(item.at(channel.path), "traces_removed", text, "suspicion", channel.written)
            )


def _version(hive: Hive, out: Evidence) -> None:
    key = hive.get("Microsoft\\Windows NT\\CurrentVersion")
    if key is None:
        return
    build = key.text("CurrentBuild") or key.text("CurrentBuildNumber")
    name = key.text("ProductName")
    if build.isdigit() and int(build) >= 22000:  # Windows 11 still calls itself Windows 10 here
        name = name.replace("Windows 10", "Windows 11")
    if name:
        release = key.text("DisplayVersion") or key.text("ReleaseId") or key.text("CSDVersion")
        out.machine.setdefault("os", " ".join(p for p in (name, release, f"({build})" if build else "") if p))
    installed = key.number("InstallDate")
    if installed:
        out.machine.setdefault("installed", times.iso(times.unix(installed)) or "")
    guid = hive.get("Microsoft\\Cryptography")
    if guid and guid.text("MachineGuid"):
        out.machine.setdefault("machine_guid", guid.text("MachineGuid").casefold())


def _networks(item: Given, hive: Hive, out: Evidence) -> None:
    """`NetworkList`: profiles (moments in local time) joined to signatures for the gateway's hardware
    address."""
    root = hive.get("Microsoft\\Windows NT\\CurrentVersion\\NetworkList")
    if root is None:
        return
    gateways: dict[str, str] = {}
    for kind in ("Managed", "Unmanaged"):
        signatures = root.get(f"Signatures\\{kind}")
        for key in signatures.subkeys() if signatures else ():
            mac = key.value("DefaultGatewayMac")
            if mac and len(mac.data) == 6 and any(mac.data):
                gateways[key.text("ProfileGuid").casefold()] = mac.data.hex("-").upper()
    cache = root.get("Nla\\Cache\\Intranet")
    suffixes = [k.name for k in cache.subkeys()] if cache else []
    if suffixes:
        out.facts["nla_domains"] = suffixes
    profiles = root.child("Profiles")
    for key in profiles.subkeys() if profiles else ():
        name = key.text("ProfileName")
        if not name:
            continue
        created, last = key.value("DateCreated"), key.value("DateLastConnected")
        kind_number = key.number("NameType")
        category = key.number("Category")
        out.networks.append(
            NetworkTrace(
                item.at(key.path),
                name,
                "profile",
                first=times.systemtime_bytes(created.data if created else None),
                last=times.systemtime_bytes(last.data if last else None),
                kind=NAME_TYPES.get(kind_number or -1, "other" if kind_number else ""),
                category=CATEGORIES.get(-1 if category is None else category, ""),
                gateway_mac=gateways.get(key.name.casefold(), ""),
                guid=key.name.casefold(),
            )
        )


def uninstall(item: Given, root: Key | None, out: Evidence) -> None:
    """Installed programs below an `Uninstall` key."""
    for key in root.subkeys() if root else ():
        title = key.text("DisplayName")
        if title:
            place = key.text("InstallLocation") or key.text("DisplayIcon") or key.text("UninstallString")
            out.programs.append(ProgramTrace(item.at(key.path), place, "installed", key.written, title=title))


def autostart(item: Given, root: Key | None, out: Evidence) -> None:
    """Programs started at logon; a command of one program and a two- or three-digit number is Korplug's way."""
    for value in root.values() if root else ():
        source = item.at(f"{root.path}\\{value.name}" if root else value.name)
        if _NUMBERED.search(value.text):
            text = f"lệnh tự chạy «{value.text[:200]}» kết thúc bằng một số như mã độc Korplug (PlugX)"
            out.marks.append(
                Mark(source, "malware_indicator", text, "suspicion", root.written if root else None)
            )
        out.programs.append(
            ProgramTrace(source, value.text, "autostart", root.written if root else None, title=value.name)
        )


def _portable(item: Given, hive: Hive, out: Evidence) -> None:
    root = hive.get("Microsoft\\Windows Portable Devices\\Devices")
    for key in root.subkeys() if root else ():
        vid, pid, serial = ids_of_path(key.name)
        upper = key.name.upper()
        if "USBSTOR#" not in upper and not upper.startswith(("USB#VID", "SWD#WPDBUSENUM")):
            continue
        if not serial:
            continue
        storage = "USBSTOR#" in upper
        trace = DeviceTrace(item.at(key.path), "storage" if storage else "phone", vid, pid, serial)
        trace.reliable = reliable_serial(serial)
        trace.bus = "" if storage else "MTP"
        trace.key_written = key.written
        trace.residual = True
        label = key.text("FriendlyName")
        if storage and label:
            (trace.letters if label[1:].startswith(":\\") else trace.labels).append(label.removesuffix("\\"))
        else:
            trace.name = label
        out.devices.append(trace)
