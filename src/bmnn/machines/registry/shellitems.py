"""Lists of shell items (PIDL): how Explorer writes down a place, in shellbags and in the file dialogs.

A list is a row of items, each with its 16-bit size first, ended by a zero size. Only what names the place is
read: drives, files and folders with their long names, shares, and the device path of a phone. Layout after
"Windows Shell Item format specification" (J. Metz).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bmnn.machines.hive.regf import utf16

MAX_ITEMS = 64
_DEVICE_PATH = re.compile(
    r"\\\\\?\\(usb#vid_[0-9a-f]{4}&pid_[0-9a-f]{4}[^#\\]*#[^#\\]{1,100})#", re.IGNORECASE
)
_EXTENSION = b"\x04\x00\xef\xbe"


def items(data: bytes) -> Iterator[bytes]:
    """The items of a list, each with its size field; stops at the end mark or at a size that cannot be."""
    at = count = 0
    while at + 2 <= len(data) and count < MAX_ITEMS:
        size = int.from_bytes(data[at : at + 2], "little")
        if size < 3 or at + size > len(data):
            return
        yield data[at : at + size]
        at, count = at + size, count + 1


def name(item: bytes) -> str:
    """The name of one place: `E:`, `Kế hoạch.docx`, `\\\\may\\chung`; "" for places that have none (desktop, control
    panel)."""
    kind = item[2] if len(item) > 2 else 0
    group = kind & 0x70
    if group == 0x20 and len(item) > 5 and item[4:5] == b":":
        return item[3:5].decode("ascii", "replace").upper()
    if group == 0x30 and len(item) > 14:
        return _file_name(item)
    if group == 0x40 and len(item) > 5:
        return item[5:].split(b"\0", 1)[0].decode("cp1258", "replace")
    return ""


def _file_name(item: bytes) -> str:
    """Long name from the extension block 0xbeef0004 when there is one, else the short name."""
    mark = item.find(_EXTENSION, 14)
    if mark >= 4:
        start = mark - 4
        version = int.from_bytes(item[start + 2 : start + 4], "little")
        at = start + (46 if version >= 9 else 42 if version >= 8 else 38 if version >= 7 else 20)
        long_name = utf16(item[at:])
        if version >= 3 and long_name:
            return long_name
    if item[2] & 0x04:
        return utf16(item[14:])
    return item[14:].split(b"\0", 1)[0].decode("cp1258", "replace")


def device_path(item: bytes) -> str:
    """`USB#VID_04E8&PID_6860#serial` of a portable device that was opened in Explorer; "" for other places."""
    for shift in (0, 1):
        found = _DEVICE_PATH.search(item[shift : shift + 4096].decode("utf-16-le", "replace"))
        if found:
            return found[1]
    return ""


def path(data: bytes) -> str:
    """The whole place as a path."""
    return join([n for n in map(name, items(data)) if n])


def join(names: list[str]) -> str:
    """Names of places from the outermost to the innermost, as a path."""
    return "\\".join(n.rstrip("\\") for n in names)
