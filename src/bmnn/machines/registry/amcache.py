"""Amcache: programs seen on the computer with their SHA-1, and Plug and Play devices."""

from __future__ import annotations

from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive
from bmnn.machines.model import DeviceTrace, Evidence, ProgramTrace
from bmnn.machines.usb import ids_of_path, normal_serial, reliable_serial


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Adds everything an Amcache hive tells."""
    counts = {"application_files": 0, "applications": 0, "device_pnp": 0, "usb_storage": 0}
    files = hive.get("Root\\InventoryApplicationFile")
    for key in files.subkeys() if files else ():
        counts["application_files"] += 1
        path = key.text("LowerCaseLongPath") or key.text("Name")
        out.programs.append(
            ProgramTrace(
                item.at(key.path),
                path,
                "seen",
                key.written,
                title=key.text("ProductName"),
                sha1=sha1_of(key.text("FileId")),
            )
        )
    programs = hive.get("Root\\InventoryApplication")
    for key in programs.subkeys() if programs else ():
        counts["applications"] += 1
        title = key.text("Name")
        out.programs.append(
            ProgramTrace(
                item.at(key.path), key.text("RootDirPath") or title, "installed", key.written, title=title
            )
        )
    devices = hive.get("Root\\InventoryDevicePnp")
    for key in devices.subkeys() if devices else ():
        counts["device_pnp"] += 1
        name = key.name.replace("/", "\\")
        if name.casefold().startswith("usbstor\\disk") or key.text("Service").casefold() in (
            "usbstor",
            "uaspstor",
        ):
            counts["usb_storage"] += 1
            vid, pid, serial = ids_of_path(name)
            serial = serial or normal_serial(name.rsplit("\\", 1)[-1])
            trace = DeviceTrace(item.at(key.path), "storage", vid, pid, serial, reliable_serial(serial))
            trace.name = key.text("Model") or key.text("Description")
            trace.container = key.text("ContainerId").casefold()
            trace.residual = True
            out.devices.append(trace)
    old = hive.get("Root\\File")
    for volume in old.subkeys() if old else ():
        for key in volume.subkeys():
            out.programs.append(
                ProgramTrace(
                    item.at(key.path), key.text("15"), "seen", key.written, sha1=sha1_of(key.text("101"))
                )
            )
    out.facts.update(counts)


def sha1_of(identity: str) -> str:
    """The SHA-1 in Amcache's `FileId` (four zeros before it); "" when there is none."""
    found = identity.casefold().removeprefix("0000")
    return found if len(found) == 40 and all(c in "0123456789abcdef" for c in found) else ""
