"""Serial numbers and ids of USB devices: the key by which one stick is known on several computers."""

from __future__ import annotations

import re

_VID_PID = re.compile(r"VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", re.IGNORECASE)
_DUMMY = re.compile(
    r"0+|(.)\1{5,}|0?123456789(0|ABCDEF|0ABC|0ABCDEF|0AB|012|0123)?.{0,2}|0*1|ABCDEF0123456789", re.IGNORECASE
)

PHONE_MAKERS = {
    "05AC": "Apple",
    "04E8": "Samsung",
    "12D1": "Huawei",
    "2717": "Xiaomi",
    "22D9": "OPPO",
    "2D95": "vivo",
    "18D1": "Google",
    "0FCE": "Sony",
    "0BB4": "HTC",
    "1004": "LG",
    "2A45": "Meizu",
    "2A70": "OnePlus",
    "22B8": "Motorola",
    "0421": "Nokia",
    "19D2": "ZTE",
    "17EF": "Lenovo",
    "0489": "Foxconn",
    "1782": "Spreadtrum",
    "2E04": "HMD Nokia",
    "1BBB": "TCL/Alcatel",
    "29A9": "Realme",
    "0E8D": "MediaTek",
    "05C6": "Qualcomm",
}


def vid_pid(text: str) -> tuple[str, str]:
    """Vendor and product id in upper case; ("", "") when the text holds none."""
    found = _VID_PID.search(text)
    return (found[1].upper(), found[2].upper()) if found else ("", "")


def normal_serial(text: str) -> str:
    """The serial as it compares on every computer; "" when the id is bound to a port and identifies nothing.

    Windows adds `&0` (USBSTOR) and `MSFT30` (USB attached SCSI). An id whose second character is `&`
    was made up
    by Windows from the port because the device has no serial.
    """
    serial = "".join(text.split()).upper().strip("#\\")
    if len(serial) > 1 and serial[1] == "&":
        return ""
    serial = re.sub(r"(&\d+)+$", "", serial)
    serial = serial.removeprefix("MSFT30")
    return "" if "&" in serial else serial


# What makers of computers leave in the place of a serial: equal on many computers.
_NO_SERIAL = {
    "tobefilledbyo.e.m.", "defaultstring", "systemserialnumber", "none", "n/a", "notspecified", "notapplicable",
    "o.e.m.", "oem", "123456789", "0123456789", "invalid", "unknown", "empty", "chassisserialnumber",
}  # fmt: skip


def computer_serial(text: str) -> str:
    """The serial of a computer (BIOS) as it compares; "" for what makers leave in its place."""
    serial = "".join(text.split()).upper()
    return "" if serial.casefold() in _NO_SERIAL or len(set(serial)) < 2 else serial


def reliable_serial(serial: str) -> bool:
    """True when a normalised serial is long and varied enough to mean one device (cheap sticks share
    some)."""
    return len(serial) >= 8 and len(set(serial)) >= 3 and not _DUMMY.fullmatch(serial)


def ids_of_path(path: str) -> tuple[str, str, str]:
    """(vid, pid, normalised serial) of a device path such as `USB\\VID_0951&PID_1643\\001CC0EC…`."""
    vid, pid = vid_pid(path)
    parts = re.split(r"[\\#]", path.strip())
    serial = ""
    for at, part in enumerate(parts[:-1]):
        if _VID_PID.search(part) or part.upper().startswith(("DISK&VEN", "DISK&PROD")):
            serial = parts[at + 1]
    return vid, pid, normal_serial(serial)


def after_semicolon(text: str) -> str:
    """`@disk.inf,%disk_devdesc%;Disk drive` → `Disk drive`: the words behind a localised resource."""
    return text.rsplit(";", 1)[-1].strip() if text.startswith("@") else text.strip()
