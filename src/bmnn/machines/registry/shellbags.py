"""Places opened in Explorer and in the file dialogs: shellbags, OpenSavePidlMRU, LastVisitedPidlMRU.

A shellbag says that a folder was shown in Explorer; it stays when the stick or the share is gone. The moment
is the last change of its key, given for the most recent place of a folder only.
"""

from __future__ import annotations

from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive, Key
from bmnn.machines.hive.regf import utf16
from bmnn.machines.model import DeviceTrace, Evidence, OpenedFile
from bmnn.machines.registry import shellitems
from bmnn.machines.registry.mru import order
from bmnn.machines.usb import ids_of_path, reliable_serial

MAX_FOLDERS = 20_000
MAX_DEPTH = 40
_DIALOGS = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\ComDlg32"
_BAGS = (
    "Local Settings\\Software\\Microsoft\\Windows\\Shell\\BagMRU",
    "Software\\Microsoft\\Windows\\Shell\\BagMRU",
    "Software\\Microsoft\\Windows\\ShellNoRoam\\BagMRU",
)


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Shellbags of a user (UsrClass since Windows Vista, NTUSER for the rest) and places of the file dialogs."""
    for place in _BAGS:
        root = hive.get(place)
        if root is not None:
            _walk(item, root, out)
    _dialogs(item, hive, out)


def _walk(item: Given, root: Key, out: Evidence) -> None:
    stack: list[tuple[Key, list[str], int]] = [(root, [], 0)]
    count = 0
    while stack and count < MAX_FOLDERS:
        key, above, depth = stack.pop()
        ranked = order(key)
        for value in key.values():
            if not value.name.isdigit():
                continue
            count += 1
            first = next(shellitems.items(value.data), b"")
            below = key.child(value.name)
            names = [*above, shellitems.name(first)] if shellitems.name(first) else above
            where = f"{key.path}\\{value.name}"
            _phone(item, where, first, out)
            if len(names) > len(above):
                newest = bool(ranked) and ranked[0] == value.name
                at = key.written if newest else None
                out.opened.append(OpenedFile(item.at(where), shellitems.join(names), at=at, how="shellbag"))
            if below is not None and depth < MAX_DEPTH:
                stack.append((below, names, depth + 1))
    out.facts["shellbags"] = out.facts.get("shellbags", 0) + count


def _phone(item: Given, where: str, place: bytes, out: Evidence) -> None:
    """A portable device opened in Explorer: its files were on screen, so the data link was up."""
    device = shellitems.device_path(place)
    if not device:
        return
    vid, pid, serial = ids_of_path(device.replace("#", "\\"))
    if serial:
        trace = DeviceTrace(item.at(where), "phone", vid, pid, serial, reliable_serial(serial), "MTP")
        trace.residual = True
        out.devices.append(trace)


def _dialogs(item: Given, hive: Hive, out: Evidence) -> None:
    opened = hive.get(f"{_DIALOGS}\\OpenSavePidlMRU")
    for kind in opened.subkeys() if opened else ():
        ranked = order(kind)
        for value in kind.values():
            path = shellitems.path(value.data) if value.name.isdigit() else ""
            if path:
                at = kind.written if ranked and ranked[0] == value.name else None
                out.opened.append(
                    OpenedFile(item.at(f"{kind.path}\\{value.name}"), path, at=at, how="dialog")
                )
    visited = hive.get(f"{_DIALOGS}\\LastVisitedPidlMRU")
    for value in visited.values() if visited else ():
        if not value.name.isdigit():
            continue
        program = utf16(value.data)
        path = shellitems.path(value.data[2 * len(program) + 2 :])
        if path:
            source = item.at(f"{visited.path if visited else ''}\\{value.name} ({program})")
            out.opened.append(OpenedFile(source, path, how="dialog"))
