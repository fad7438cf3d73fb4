"""The SYSTEM hive: name, zone, addresses of the computer, and every USB device in all control sets.

Removable disks stand in two places: `Enum\\USBSTOR` (bulk-only) and `Enum\\USB` + `Enum\\SCSI` (USB
attached SCSI).
Property {83da6326…} holds 0064 first install, 0065 install, 0066 last arrival, 0067 last removal (Windows 8);
Windows 7 keeps the value one level deeper and has only 0064 and 0065.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime

from bmnn.machines import times
from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive, Key
from bmnn.machines.hive.regf import utf16
from bmnn.machines.model import DeviceTrace, Evidence, InternetTrace, Mark, NetworkTrace, ProgramTrace
from bmnn.machines.registry import shimcache
from bmnn.machines.registry.tolerant import Tolerant
from bmnn.machines.usb import (
    PHONE_MAKERS,
    after_semicolon,
    ids_of_path,
    normal_serial,
    reliable_serial,
    vid_pid,
)

_DATES = "{83da6326-97a6-4088-9453-a1923f573b29}"
_NAMES = "{540b947e-8b40-45bc-a8a2-6a0b894cbda2}"
_WPD = "{eec5ad98-8080-425f-922a-dabf3de3f69a}"
_IMAGE = "{6bdd1fc6-810f-11d0-bec7-08002be2092f}"
_NET = "{4d36e972-e325-11ce-bfc1-08002be10318}"
_MODEM = "{4d36e96d-e325-11ce-bfc1-08002be10318}"
_PHONE_SERVICES = {"wudfwpdmtp", "wpdmtpdriver", "usbaapl", "usbaapl64", "appleusbfilter"}
_TETHER_SERVICES = {"usbrndis6", "usb_rndis", "rndismp6", "usbrndisp", "netaapl", "netaapl64"}
# Functions of keyboards, headsets, docks, printers and cameras, which makers of phones build as well.
_NO_PHONE_PARTS = frozenset(
    {
        "hidusb",
        "usbaudio",
        "usbaudio2",
        "usbprint",
        "usbscan",
        "usbvideo",
        "bthusb",
        "usbhub",
        "usbhub3",
        "kbdhid",
    }
)
_STORAGE_SERVICES = {"usbstor": "USBSTOR", "uaspstor": "UASP"}


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Adds everything the SYSTEM hive tells."""
    current = hive.get("Select")
    number = current.number("Current") if current else None
    sets = [k for k in hive.root.subkeys() if k.name.casefold().startswith("controlset")]
    sets.sort(key=lambda k: (k.name.casefold() != f"controlset{number or 1:03d}", k.name))
    for control in sets:
        with Tolerant(out):
            _machine(control, out)
        for part in (_usb, _usbstor, _wpd, _flags, _migration, _interfaces, _bam, shimcache.read, _marks):
            with Tolerant(out):
                part(item, control, out)
    with Tolerant(out):
        _mounted(item, hive, out)
    with Tolerant(out):
        _setup(hive, out)


def _machine(control: Key, out: Evidence) -> None:
    name = control.get("Control\\ComputerName\\ComputerName")
    if name and name.text("ComputerName"):
        out.machine.setdefault("name", name.text("ComputerName"))
    zone = control.get("Control\\TimeZoneInformation")
    if zone:
        key = zone.text("TimeZoneKeyName") or after_semicolon(zone.text("StandardName"))
        if key:
            out.machine.setdefault("timezone", key)
        bias = zone.number("ActiveTimeBias")
        if bias is not None:
            out.machine.setdefault("bias_minutes", str(bias - (1 << 32) if bias >= 1 << 31 else bias))
    bios = control.get("Control\\SystemInformation")
    if bios:
        for value, fact in (
            ("SystemProductName", "model"),
            ("SystemManufacturer", "manufacturer"),
            ("ComputerHardwareId", "hardware_id"),
        ):
            if bios.text(value):
                out.machine.setdefault(fact, bios.text(value))


def _setup(hive: Hive, out: Evidence) -> None:
    setup = hive.get("Setup")
    if setup is None:
        return
    olds = [k for k in setup.subkeys() if k.name.casefold().startswith("source os")]
    if olds:
        out.facts["upgraded_from"] = [k.text("ProductName") for k in olds]


def _stamp(key: Key, number: str) -> datetime | None:
    """A date property of a device key: modern layout first, then that of Windows 7."""
    group = key.get(f"Properties\\{_DATES}")
    if group is None:
        return None
    modern = group.child(f"{int(number, 16):04x}")
    if modern:
        value = modern.value("")
        return times.filetime_bytes(value.data) if value else None
    older = group.get(f"{int(number, 16):08x}\\00000000")
    if older:
        value = older.value("Data")
        return times.filetime_bytes(value.data) if value else None
    return None


def _friendly(key: Key) -> str:
    name = key.text("FriendlyName")
    if not name:
        prop = key.get(f"Properties\\{_NAMES}\\0004")
        name = prop.text("") if prop else ""
    if not name:
        old = key.get(f"Properties\\{_NAMES}\\00000004\\00000000")
        value = old.value("Data") if old else None
        name = utf16(value.data) if value else ""
    return after_semicolon(name or key.text("DeviceDesc"))


def _dated(key: Key, trace: DeviceTrace) -> DeviceTrace:
    trace.first_install = _stamp(key, "64") or _stamp(key, "65")
    trace.last_arrival, trace.last_removal = _stamp(key, "66"), _stamp(key, "67")
    trace.key_written = key.written
    trace.container = key.text("ContainerID").casefold()
    return trace


def _usb(item: Given, control: Key, out: Evidence) -> None:
    """`Enum\\USB`: storage by its service, phones by class, service or maker, tethering adapters."""
    usb = control.get("Enum\\USB")
    disks = _scsi_disks(control)
    children = _phone_children(control)
    parts = _parts_of_composites(usb) if usb else {}
    for device in usb.subkeys() if usb else ():
        vid, pid = vid_pid(device.name)
        if not vid:
            continue
        for key in device.subkeys():
            service = key.text("Service").casefold()
            guid = key.text("ClassGUID").casefold()
            kind, bus = _kind(vid, service, guid, key.text("CompatibleIDs"), key.text("Class"))
            container = key.text("ContainerID").casefold()
            if kind == "other" and container in children:
                kind, bus = "phone", "MTP"
            part = "&mi_" in device.name.casefold()
            serial = "" if part else normal_serial(key.name)
            if bus == "composite" and (not serial or parts.get((vid, pid), set()) & _NO_PHONE_PARTS):
                continue
            if kind == "other" and not bus:
                continue
            trace = DeviceTrace(
                item.at(key.path), kind, vid, pid, serial, reliable_serial(serial), bus, _friendly(key)
            )
            _dated(key, trace)
            disk = disks.get(trace.container) if kind == "storage" else None
            if disk is not None:
                trace.name = _friendly(disk)
                trace.first_install = _stamp(disk, "64") or trace.first_install
                trace.last_arrival = _stamp(disk, "66") or trace.last_arrival
                trace.last_removal = _stamp(disk, "67") or trace.last_removal
            out.devices.append(trace)


def _kind(vid: str, service: str, guid: str, compatible: str, klass: str) -> tuple[str, str]:
    """(kind, bus) of an `Enum\\USB` key; ("other", "") for hubs, keyboards and everything not asked for."""
    if service in _STORAGE_SERVICES:
        return "storage", _STORAGE_SERVICES[service]
    if service in _TETHER_SERVICES or (guid == _NET and vid in PHONE_MAKERS):
        return "phone", "tether"
    if guid in (_NET, _MODEM):
        return "network_adapter", "USB"
    if (
        "MS_COMP_MTP" in compatible.upper()
        or guid == _WPD
        or klass.casefold() == "wpd"
        or service in _PHONE_SERVICES
    ):
        return "phone", "PTP" if guid == _IMAGE else "MTP"
    if "CLASS_06&SUBCLASS_01" in compatible.upper() or guid == _IMAGE:
        # Cameras and scanners speak the same protocol as phones; only the maker tells them apart.
        return ("phone", "PTP") if vid in PHONE_MAKERS else ("other", "PTP")
    if vid in PHONE_MAKERS and service in ("usbccgp", "winusb"):
        return "phone", "composite"
    return "other", ""


def _parts_of_composites(usb: Key) -> dict[tuple[str, str], set[str]]:
    """Services of the functions (MI_xx) of each composite device."""
    found: dict[tuple[str, str], set[str]] = {}
    for device in usb.subkeys():
        if "&mi_" in device.name.casefold():
            services = {key.text("Service").casefold() for key in device.subkeys()}
            found.setdefault(vid_pid(device.name), set()).update(services - {""})
    return found


def _scsi_disks(control: Key) -> dict[str, Key]:
    """Disks below `Enum\\SCSI` by ContainerID: the disk node of a USB attached SCSI device."""
    scsi = control.get("Enum\\SCSI")
    found: dict[str, Key] = {}
    for model in scsi.subkeys() if scsi else ():
        if model.name.casefold().startswith("disk&"):
            for key in model.subkeys():
                container = key.text("ContainerID").casefold()
                if container and not container.startswith("{00000000-0000-0000-ffff"):
                    found.setdefault(container, key)
    return found


def _phone_children(control: Key) -> set[str]:
    """Containers that hold a portable device which is not just the file system of a disk."""
    found = set()
    for path in ("Enum\\SWD\\WPDBUSENUM", "Enum\\WpdBusEnumRoot\\UMB"):
        root = control.get(path)
        for key in root.subkeys() if root else ():
            if "wpdbusenum\\fs" not in key.text("CompatibleIDs").casefold():
                found.add(key.text("ContainerID").casefold())
    found.discard("")
    return found


def _usbstor(item: Given, control: Key, out: Evidence) -> None:
    root = control.get("Enum\\USBSTOR")
    for model in root.subkeys() if root else ():
        if not model.name.casefold().startswith("disk"):
            continue
        for key in model.subkeys():
            serial = normal_serial(key.name)
            trace = DeviceTrace(
                item.at(key.path), "storage", "", "", serial, reliable_serial(serial), "USBSTOR"
            )
            trace.name = _friendly(key)
            parent = key.get(f"Properties\\{_DATES}\\000A")
            if parent:
                trace.vid, trace.pid = vid_pid(parent.text(""))
            out.devices.append(_dated(key, trace))


def _wpd(item: Given, control: Key, out: Evidence) -> None:
    """Volume labels: the portable-device view of a disk carries the label as its name."""
    for path in ("Enum\\SWD\\WPDBUSENUM", "Enum\\WpdBusEnumRoot\\UMB"):
        root = control.get(path)
        for key in root.subkeys() if root else ():
            vid, pid, serial = ids_of_path(key.name)
            label = key.text("FriendlyName")
            if "wpdbusenum\\fs" not in key.text("CompatibleIDs").casefold() or not (
                serial or key.text("ContainerID")
            ):
                continue
            trace = DeviceTrace(item.at(key.path), "storage", vid, pid, serial, reliable_serial(serial))
            trace.container = key.text("ContainerID").casefold()
            trace.key_written = key.written
            if label and not label[1:].startswith(":\\"):
                trace.labels.append(label)
            elif label:
                trace.letters.append(label[:2].upper())
            trace.residual = True
            out.devices.append(trace)


def _flags(item: Given, control: Key, out: Evidence) -> None:
    """`usbflags` outlives the device keys: only ids, so it is residual evidence, never a device by itself."""
    root = control.get("Control\\usbflags")
    ids = sorted({k.name[:8].upper() for k in root.subkeys() if len(k.name) == 12}) if root else []
    if ids:
        out.facts["usbflags"] = ids


def _migration(item: Given, control: Key, out: Evidence) -> None:
    root = control.get("Control\\DeviceMigration\\Devices\\USBSTOR")
    for model in root.subkeys() if root else ():
        for key in model.subkeys() if model.name.casefold().startswith("disk") else ():
            serial = normal_serial(key.name)
            trace = DeviceTrace(
                item.at(key.path), "storage", "", "", serial, reliable_serial(serial), "USBSTOR"
            )
            trace.name = model.name.replace("Disk&Ven_", "").replace("&Prod_", " ").split("&Rev")[0]
            trace.residual = True
            trace.container = key.text("ContainerID").casefold()
            out.devices.append(trace)


def _mounted(item: Given, hive: Hive, out: Evidence) -> None:
    """`MountedDevices`: drive letters and volumes that name a USB disk by its path."""
    root = hive.get("MountedDevices")
    for value in root.values() if root else ():
        text = value.data[: len(value.data) & ~1].decode("utf-16-le", "replace")
        if "USBSTOR#" not in text.upper() or "#CDROM" in text.upper():
            continue
        _, _, serial = ids_of_path(text)
        if not serial:
            continue
        source = item.at(f"MountedDevices\\{value.name}")
        trace = DeviceTrace(source, "storage", "", "", serial, reliable_serial(serial), residual=True)
        if value.name.casefold().startswith("\\dosdevices\\"):
            trace.letters.append(value.name[-2:].upper())
        out.devices.append(trace)


def _interfaces(item: Given, control: Key, out: Evidence) -> None:
    """Addresses of the network cards; a lease says when a network was really there."""
    root = control.get("Services\\Tcpip\\Parameters\\Interfaces")
    rows = []
    for key in root.subkeys() if root else ():
        for place in (key, *key.subkeys()):
            static = place.value("IPAddress")
            addresses = [a for a in (static.strings if static else []) if a != "0.0.0.0"]  # noqa: S104
            dhcp = place.text("DhcpIPAddress")
            gateway_value = place.value("DefaultGateway") if addresses else place.value("DhcpDefaultGateway")
            gateways = [g for g in (gateway_value.strings if gateway_value else []) if g]
            if dhcp not in ("", "0.0.0.0"):  # noqa: S104
                addresses.append(dhcp)
            if not addresses:
                continue
            leased = place.number("LeaseObtainedTime")
            at = times.unix(leased) if leased and dhcp in addresses else None
            rows.append({"addresses": addresses, "gateways": gateways, "leased": times.iso(at)})
            servers = f"{place.text('NameServer')} {place.text('DhcpNameServer')}".replace(",", " ").split()
            public = [s for s in servers if _public(s)]
            if at is not None and gateways:
                name = place.text("DhcpDomain") or f"mạng {addresses[-1]}"
                out.networks.append(
                    NetworkTrace(item.at(place.path), name, "lease", at=at, kind="dhcp", addresses=addresses)
                )
            if public and (gateways or at):
                out.internet.append(
                    InternetTrace(
                        item.at(place.path), "dns", at, f"máy chủ tên miền {', '.join(public)}", "weak"
                    )
                )
    if rows:
        out.facts.setdefault("addresses", rows)


def _marks(item: Given, control: Key, out: Evidence) -> None:
    """The mark Korplug leaves, and program traces that were switched off."""
    network = control.get("Control\\Network")
    if network and network.number("Version") == 1:
        text = "giá trị «Control\\Network\\Version» = 1 như mã độc Korplug (PlugX) để lại"
        out.marks.append(Mark(item.at(f"{network.path}\\Version"), "malware_indicator", text, "suspicion"))
    prefetch = control.get("Control\\Session Manager\\Memory Management\\PrefetchParameters")
    if prefetch and prefetch.number("EnablePrefetcher") == 0:
        text = "Prefetch đang tắt nên không còn vết chạy chương trình (Windows cũng tự tắt trên một số ổ SSD)"
        out.marks.append(Mark(item.at(prefetch.path), "traces_removed", text, "suspicion", prefetch.written))


def _public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


def _bam(item: Given, control: Key, out: Evidence) -> None:
    """Background Activity Moderator: path and last run of programs, per user."""
    for path in (
        "Services\\bam\\State\\UserSettings",
        "Services\\bam\\UserSettings",
        "Services\\dam\\UserSettings",
    ):
        root = control.get(path)
        for user in root.subkeys() if root else ():
            for value in user.values():
                if "\\" in value.name and len(value.data) >= 8:
                    source = item.at(f"{user.path}\\{value.name}")
                    out.programs.append(
                        ProgramTrace(source, value.name, "bam", times.filetime_bytes(value.data))
                    )
