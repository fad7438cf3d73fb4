"""The SOFTWARE hive: version of Windows, networks ever joined, installed programs, labels of portable
devices."""

from __future__ import annotations

from bmnn.machines import times
from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive, Key
from bmnn.machines.model import DeviceTrace, Evidence, Mark, NetworkTrace, ProgramTrace
from bmnn.machines.usb import ids_of_path, reliable_serial

NAME_TYPES = {6: "wired", 71: "wireless", 23: "vpn", 243: "mobile"}
CATEGORIES = {0: "public", 1: "private", 2: "domain"}


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Adds everything the SOFTWARE hive tells."""
    _version(hive, out)
    _networks(item, hive, out)
    uninstall(item, hive.get("Microsoft\\Windows\\CurrentVersion\\Uninstall"), out)
    uninstall(item, hive.get("WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall"), out)
    for path in (
        "Microsoft\\Windows\\CurrentVersion\\Run",
        "WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Run",
    ):
        autostart(item, hive.get(path), out)
    _portable(item, hive, out)
    if hive.get("Classes\\ms-pu"):
        out.marks.append(
            Mark(
                item.at("Classes\\ms-pu"),
                "malware_indicator",
                "khóa «ms-pu» do mã độc Korplug (PlugX) để lại",
                "strong",
            )
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
    """Programs started at logon; a command ending in a two- or three-digit number beside a known pair
    is Korplug's."""
    for value in root.values() if root else ():
        source = item.at(f"{root.path}\\{value.name}" if root else value.name)
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
