"""A user's hives (NTUSER, UsrClass): files opened, addresses typed, programs run, volumes seen."""

from __future__ import annotations

import codecs
import struct
from datetime import datetime

from bmnn.machines import times
from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive
from bmnn.machines.hive.regf import utf16
from bmnn.machines.hosts import inside, web_host
from bmnn.machines.model import Evidence, InternetTrace, Mark, OpenedFile, ProgramTrace
from bmnn.machines.registry import office, shellbags
from bmnn.machines.registry.mru import order as mru_order
from bmnn.machines.registry.software import KORPLUG, autostart, uninstall
from bmnn.machines.registry.tolerant import Tolerant

_EXPLORER = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer"


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Adds everything an NTUSER hive tells."""
    for part in (_recent, _typed, _mounts, _userassist, office.read, shellbags.read, _searched, _programs):
        with Tolerant(out):
            part(item, hive, out)
    international = hive.get("Control Panel\\International")
    if international:
        out.facts["international_subkeys"] = [k.name for k in international.subkeys()]


def read_classes(item: Given, hive: Hive, out: Evidence) -> None:
    """UsrClass: programs that showed a window (MUICache), and the key Korplug leaves."""
    cache = hive.get("Local Settings\\Software\\Microsoft\\Windows\\Shell\\MuiCache")
    for value in cache.values() if cache else ():
        path = value.name.removesuffix(".FriendlyAppName").removesuffix(".ApplicationCompany")
        if "\\" in path and path.casefold().endswith(".exe"):
            out.programs.append(ProgramTrace(item.at(f"MuiCache\\{path}"), path, "run", title=value.text))
    if hive.get("ms-pu"):
        out.marks.append(Mark(item.at("ms-pu"), "malware_indicator", KORPLUG, "strong"))
    with Tolerant(out):
        shellbags.read(item, hive, out)


def _programs(item: Given, hive: Hive, out: Evidence) -> None:
    uninstall(item, hive.get("Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall"), out)
    for name in ("Run", "RunOnce"):
        autostart(item, hive.get(f"Software\\Microsoft\\Windows\\CurrentVersion\\{name}"), out)
    if hive.get("Software\\Classes\\ms-pu"):
        out.marks.append(Mark(item.at("Software\\Classes\\ms-pu"), "malware_indicator", KORPLUG, "strong"))


def _recent(item: Given, hive: Hive, out: Evidence) -> None:
    """RecentDocs: the name stands at the head of each value; only the newest has a moment (the key's)."""
    root = hive.get(f"{_EXPLORER}\\RecentDocs")
    if root is None:
        return
    newest: dict[str, datetime | None] = {}
    for key in root.subkeys():
        order = mru_order(key)
        first = key.value(order[0]) if order else None
        if first:
            newest[utf16(first.data)] = key.written
    values = {v.name: v for v in root.values()}
    order = mru_order(root)
    names = [n for n in order if n in values] + [n for n in values if n.isdigit() and n not in order]
    found = []
    for rank, number in enumerate(names):
        name = utf16(values[number].data)
        if not name:
            continue
        found.append(name)
        at = root.written if rank == 0 and number in order else newest.get(name)
        out.opened.append(OpenedFile(item.at(f"{root.path}\\{number}"), name, at=at, how="recentdocs"))
    out.facts["recentdocs"] = found


def _typed(item: Given, hive: Hive, out: Evidence) -> None:
    root = hive.get("Software\\Microsoft\\Internet Explorer\\TypedURLs")
    urls = [v for v in root.values() if v.name.casefold().startswith("url")] if root else []
    urls.sort(key=lambda v: int(v.name[3:]) if v.name[3:].isdigit() else 0)
    stamps = hive.get("Software\\Microsoft\\Internet Explorer\\TypedURLsTime")
    for value in urls:
        address = value.text
        if address.casefold().startswith(("http:", "https:", "ftp:")):
            when = stamps.value(value.name) if stamps else None
            at = times.filetime_bytes(when.data) if when else None
            host = web_host(address)
            # Windows itself writes the address of go.microsoft.com into every new profile.
            strength = "weak" if host == "go.microsoft.com" or not host or inside(host) else "strong"
            out.internet.append(
                InternetTrace(item.at(f"TypedURLs\\{value.name}"), "typed_url", at, address, strength)
            )
    if urls:
        out.facts["typed_urls"] = [v.text for v in urls]


def _mounts(item: Given, hive: Hive, out: Evidence) -> None:
    root = hive.get(f"{_EXPLORER}\\MountPoints2")
    names = [k.name for k in root.subkeys()] if root else []
    if names:
        out.facts["mountpoints"] = names


def _userassist(item: Given, hive: Hive, out: Evidence) -> None:
    """UserAssist: names in ROT13; run count at 4 and last run at 60 of the 72-byte record (Windows 7 on)."""
    root = hive.get(f"{_EXPLORER}\\UserAssist")
    for guid in root.subkeys() if root else ():
        counts = guid.child("Count")
        for value in counts.values() if counts else ():
            name = codecs.decode(value.name, "rot13")
            if len(value.data) < 68 or name.startswith("UEME_"):
                continue
            runs = struct.unpack_from("<I", value.data, 4)[0]
            at = times.filetime_bytes(value.data[60:68])
            out.programs.append(ProgramTrace(item.at(f"UserAssist\\{name}"), name, "run", at, runs))


def _searched(item: Given, hive: Hive, out: Evidence) -> None:
    """Words typed into the search box of Explorer: they may name documents."""
    root = hive.get(f"{_EXPLORER}\\WordWheelQuery")
    for number in mru_order(root) if root else ():
        value = root.value(number) if root else None
        if value and utf16(value.data):
            source = item.at(f"WordWheelQuery\\{number}")
            out.opened.append(OpenedFile(source, utf16(value.data), how="search"))
