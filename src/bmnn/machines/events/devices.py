"""Events about devices: arrival and removal of disks, phones and other portable devices."""

from __future__ import annotations

from bmnn.machines.events import Event, event
from bmnn.machines.model import DeviceTrace, Evidence
from bmnn.machines.usb import PHONE_MAKERS, ids_of_path, reliable_serial


@event("Microsoft-Windows-Partition", 1006)
def partition(e: Event, out: Evidence) -> None:
    """A disk came or went (Capacity 0). The USB serial is the last part of ParentId; the field
    SerialNumber is
    the SCSI serial, which the registry of no computer shows."""
    parent = e.data.get("ParentId", "")
    if not parent.upper().startswith("USB\\VID_"):
        return
    vid, pid, serial = ids_of_path(parent)
    trace = DeviceTrace(e.source, "storage", vid, pid, serial, reliable_serial(serial))
    maker = e.data.get("Manufacturer", "").strip()
    trace.name = " ".join(p for p in (maker if maker != "NULL" else "", e.data.get("Model", "").strip()) if p)
    trace.scsi_serial = e.data.get("SerialNumber", "").strip()
    trace.residual = True
    if e.data.get("Capacity", "0") in ("0", "0x0"):
        trace.removed = e.at
    else:
        trace.arrived = e.at
    for number in range(4):
        volume = boot_sector_serial(e.data.get(f"Vbr{number}", ""))
        if volume and volume not in trace.volume_serials:
            trace.volume_serials.append(volume)
    out.devices.append(trace)


def boot_sector_serial(text: str) -> str:
    """Volume serial (8 hex digits, as Windows shows it) in a boot sector given in hex: NTFS, exFAT,
    FAT32, FAT16."""
    try:
        sector = bytes.fromhex(text[:1024])
    except ValueError:
        return ""
    if len(sector) < 512:
        return ""
    for at, mark, where in (
        (3, b"NTFS    ", 72),
        (3, b"EXFAT   ", 100),
        (82, b"FAT32   ", 67),
        (54, b"FAT1", 39),
    ):
        if sector[at : at + len(mark)] == mark:
            return f"{int.from_bytes(sector[where : where + 4], 'little'):08X}"
    return ""


@event("Microsoft-Windows-DriverFrameworks-UserMode", 2003, 2010, 2004, 2006, 2100, 2101, 2102, 1006)
def driver_frameworks(e: Event, out: Evidence) -> None:
    """A user-mode driver was loaded for a portable device (2003) or it went away (2100 to 2102)."""
    path = e.data.get("InstanceId", "") or e.data.get("instance", "") or e.data.get("DeviceInstanceID", "")
    _portable(e, out, path, removed=e.number in (2100, 2101, 2102, 1006))


@event("Microsoft-Windows-Kernel-PnP", 400, 410, 420)
def plug_and_play(e: Event, out: Evidence) -> None:
    """A device was configured (400), started (410) or deleted (420)."""
    _portable(e, out, e.data.get("DeviceInstanceId", ""), removed=e.number == 420)


@event("Microsoft-Windows-Storsvc", 1001)
def storage_service(e: Event, out: Evidence) -> None:
    """A disk was seen by the storage service; its own serial is the SCSI one, the USB one stands in ParentId."""
    data = {k.casefold(): v.strip() for k, v in e.data.items()}
    parent = data.get("parentid", "") or data.get("parentdeviceid", "")
    if not parent.upper().startswith("USB\\VID_"):
        return
    vid, pid, serial = ids_of_path(parent)
    if serial:
        trace = DeviceTrace(e.source, "storage", vid, pid, serial, reliable_serial(serial))
        names = (data.get("vendorid", ""), data.get("productid", ""))
        trace.name = " ".join(n for n in names if n not in ("", "NULL"))
        trace.scsi_serial, trace.arrived, trace.residual = data.get("serialnumber", ""), e.at, True
        out.devices.append(trace)


@event("Microsoft-Windows-UserPnp", 20001, 20003)
def driver_installed(e: Event, out: Evidence) -> None:
    """Plug and Play finished installing a driver or a service for a device (System log, Windows 7 on)."""
    _portable(e, out, e.data.get("DeviceInstanceID", ""), removed=False)


@event("Microsoft-Windows-Security-Auditing", 6416)
def external_device(e: Event, out: Evidence) -> None:
    """A new external device was recognised (only where auditing is on)."""
    _portable(e, out, e.data.get("DeviceId", ""), removed=False, name=e.data.get("DeviceDescription", ""))


def _portable(e: Event, out: Evidence, path: str, removed: bool, name: str = "") -> None:
    upper = path.upper()
    vid, pid, serial = ids_of_path(path)
    storage = "USBSTOR" in upper and "DISK" in upper
    portable = upper.startswith(("SWD\\WPDBUSENUM", "USB\\VID", "WPDBUSENUM"))
    phone = not storage and portable and vid in PHONE_MAKERS
    if not serial or not (storage or phone):
        return
    if phone and e.provider.casefold().endswith(("kernel-pnp", "security-auditing", "userpnp")):
        return  # a maker's id alone is no phone: headsets and keyboards carry it too
    trace = DeviceTrace(
        e.source, "storage" if storage else "phone", vid, pid, serial, reliable_serial(serial)
    )
    trace.bus, trace.name, trace.residual = ("USBSTOR" if storage else "MTP"), name, True
    if removed:
        trace.removed = e.at
    else:
        trace.arrived = e.at
    out.devices.append(trace)
