"""Shortcuts (.lnk) and jump lists: which file was opened, from which volume."""

from __future__ import annotations

import io
import struct
from datetime import datetime
from typing import Any

import pylnk
import pyolecf

from bmnn.machines import times
from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.model import Evidence, Mark, OpenedFile
from bmnn.machines.registry import shellitems

_LNK = b"\x4c\x00\x00\x00\x01\x14\x02\x00"
_DRIVES = {2: "removable", 3: "fixed", 4: "network", 5: "cdrom", 6: "ramdisk"}
_SHELLS = (
    "cmd.exe",
    "powershell.exe",
    "wscript.exe",
    "mshta.exe",
    "rundll32.exe",
    "explorer.exe",
    "pwsh.exe",
)
NBSP = "\u00a0"


@reader("lnk", "Lối tắt (LNK)", lambda name, head: head[:8] == _LNK)
def read(item: Given, out: Evidence) -> None:
    """One shortcut. Raises OSError when it cannot be parsed."""
    opened = shortcut(item.data, item, "LNK", out)
    out.facts.update(path=opened.path, volume_serial=opened.volume_serial, drive_type=opened.drive)
    if opened.at:
        out.facts["target_created"] = times.iso(opened.at)


def shortcut(data: bytes, item: Given, key: str, out: Evidence) -> OpenedFile:
    """Reads one shortcut and adds the file it opens; a shortcut made by a USB worm is marked."""
    file = pylnk.file()
    file.set_ascii_codepage("cp1258")
    file.open_file_object(io.BytesIO(data))
    try:
        path = (
            file.local_path
            or file.network_path
            or file.environment_variables_location
            or file.relative_path
            or shellitems.path(file.link_target_identifier_data or b"")
        )
        arguments = file.command_line_arguments or ""
        has_volume = file.drive_type is not None and bool(file.local_path)
        serial = (
            f"{file.drive_serial_number & 0xFFFFFFFF:08X}" if has_volume and file.drive_serial_number else ""
        )
        drive = _DRIVES.get(file.drive_type or 0, "unknown")
        if not file.local_path and file.network_path:
            drive = "network"
        at = times.filetime(file.get_file_creation_time_as_integer() or 0)
        opened = OpenedFile(
            item.at(key), path, serial, drive, file.volume_label or "", at, "lnk", "target_created"
        )
    finally:
        file.close()
    out.opened.append(opened)
    command = f"{path} {arguments}"
    folded = command.casefold()
    target = path.replace("/", "\\").rsplit("\\", 1)[-1].casefold()
    worm = (
        "recycler.bin\\" in folded
        or "recyclers.bin\\" in folded
        or f"\\{NBSP}\\" in command
        or f"{NBSP}\\" in arguments
    )
    if worm and (target in _SHELLS or target.endswith((".exe", ".com", ".scr", ".bat"))):
        text = (
            f"lối tắt «{item.name}» chạy «{command.strip()[:200]}» "
            "trong thư mục ẩn, đúng cách lây của sâu USB"
        )
        out.marks.append(Mark(item.at(key), "usb_worm_structure", text, "strong", at))
    return opened


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CUSTOM = struct.pack("<I", 2)


def _is_jump_list(name: str, head: bytes) -> bool:
    """Compound files may be jump lists; custom lists begin with their version and soon show a shortcut's class id."""
    if name.endswith((".automaticdestinations-ms", ".customdestinations-ms")):
        return True
    return head[:8] == _OLE or (head[:4] == _CUSTOM and _LNK[4:] + bytes(4) + b"\xc0" in head)


@reader("jumplist", "Danh sách nhảy (jump list)", _is_jump_list)
def read_jump_list(item: Given, out: Evidence) -> None:
    """Automatic lists are compound files with one shortcut per stream; custom lists hold shortcuts one
    after another."""
    count = 0
    named = item.name.casefold().endswith("destinations-ms")
    if item.data[:8] == _OLE:
        file = pyolecf.file()
        try:
            file.open_file_object(io.BytesIO(item.data))
        except OSError as error:
            if named:
                raise
            raise NotThisKind from error
        try:
            root = file.root_item
            if not named and not _has_list(root):
                raise NotThisKind
            moments = _destinations(root)
            for number in range(min(root.number_of_sub_items, 5000)):
                stream = root.get_sub_item(number)
                if stream.name in ("DestList", None) or stream.size > 1 << 20:
                    continue
                try:
                    opened = shortcut(stream.read(stream.size), item, stream.name, out)
                    moment = moments.get(str(stream.name).lower())
                    opened.how = "jumplist"
                    if moment is not None:
                        opened.at, opened.basis = moment, "opened"
                    count += 1
                except OSError:
                    out.note("có lối tắt hỏng trong danh sách nhảy", partly=True)
        finally:
            file.close()
    else:
        at = item.data.find(_LNK)
        while at >= 0 and count < 5000:
            after = item.data.find(_LNK, at + 8)
            try:
                shortcut(
                    item.data[at : after if after > 0 else len(item.data)], item, f"@{at}", out
                ).how = "jumplist"
                count += 1
            except OSError:
                out.note("có lối tắt hỏng trong danh sách nhảy", partly=True)
            at = after
    out.facts["entries"] = count


def _has_list(root: Any) -> bool:
    return root is not None and any(
        root.get_sub_item(i).name == "DestList" for i in range(min(root.number_of_sub_items, 5000))
    )


def _destinations(root: Any) -> dict[str, datetime]:
    """Last use of each stream, from `DestList` (entry number at 88, FILETIME at 100, path length at 112
    or 128)."""
    found: dict[str, datetime] = {}
    stream = next(
        (s for i in range(root.number_of_sub_items) if (s := root.get_sub_item(i)).name == "DestList"),
        None,
    )
    if stream is None or stream.size < 36 or stream.size > 8 << 20:
        return found
    data = stream.read(stream.size)
    version = struct.unpack_from("<I", data)[0]
    at, tail = 32, (130 if version >= 3 else 114)
    while at + tail <= len(data):
        number = struct.unpack_from("<I", data, at + 88)[0]
        moment = times.filetime(struct.unpack_from("<Q", data, at + 100)[0])
        if moment:
            found[f"{number:x}"] = moment
        length = struct.unpack_from("<H", data, at + tail - 2)[0]
        at += tail + 2 * length + (4 if version >= 3 else 0)
    return found
