"""Where SOFTWARE remembers removable volumes: ReadyBoost (EMDMgmt) and the search index."""

from __future__ import annotations

import re

from bmnn.machines.artefacts import Given
from bmnn.machines.hive import Hive
from bmnn.machines.model import DeviceTrace, Evidence
from bmnn.machines.usb import ids_of_path, reliable_serial

_READY = re.compile(
    r"^(?P<device>_\?\?_USBSTOR#.+?#\{[0-9a-f-]{36}\})(?P<label>.*)_(?P<serial>\d{1,10})$", re.IGNORECASE
)


def read(item: Given, hive: Hive, out: Evidence) -> None:
    """Labels and volume serials of sticks (only where Windows starts from a hard disk), and what the index saw."""
    ready = hive.get("Microsoft\\Windows NT\\CurrentVersion\\EMDMgmt")
    for key in ready.subkeys() if ready else ():
        found = _READY.match(key.name)
        _, _, serial = ids_of_path(found["device"] if found else "")
        if found is None or not serial:
            continue
        trace = DeviceTrace(item.at(key.path), "storage", "", "", serial, reliable_serial(serial), "USBSTOR")
        trace.labels = [found["label"]] if found["label"] else []
        number = int(found["serial"])
        trace.volume_serials = [f"{number:08X}"] if 0 < number < 1 << 32 else []
        trace.key_written, trace.residual = key.written, True
        out.devices.append(trace)
    index = hive.get("Microsoft\\Windows Search\\VolumeInfoCache")
    rows = [
        {"letter": k.name, "label": k.text("VolumeLabel"), "removable": k.number("DriveType") == 2}
        for k in (index.subkeys() if index else ())
    ]
    if rows:
        out.facts["indexed_volumes"] = rows
