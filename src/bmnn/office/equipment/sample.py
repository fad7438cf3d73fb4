"""Collections of two computers that never existed, for the sample agency: a drafting computer and one on the Internet.

A stick of the agency went from the Internet computer into the drafting one; a private stick and a phone were
plugged into the drafting one. Every trace is written here, byte by byte; nothing comes from a real computer.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import struct
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bmnn.machines.hive.write import hive

SHARED, PRIVATE, PHONE = "MAU00000A1B2C3D4", "MAU0000099887766", "R58MAU01ABC"
DRAFTING, INTERNET = "SOAN-THAO-XA1", "VAN-THU-XA1"
PC_SERIALS = {DRAFTING: "MAU-PC-0001", INTERNET: "MAU-PC-0002"}
_DATES = "{83da6326-97a6-4088-9453-a1923f573b29}"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_SYSTEM, _SOFTWARE = "C/Windows/System32/config/SYSTEM", "C/Windows/System32/config/SOFTWARE"
_NTUSER = "C/Users/canbo/NTUSER.DAT"
_HISTORY = "C/Users/canbo/AppData/Local/Google/Chrome/User Data/Default/History"


def _ticks(moment: datetime) -> bytes:
    return struct.pack("<Q", int((moment - _EPOCH).total_seconds()) * 10_000_000)


def _at(day: date, hour: int) -> datetime:
    """An hour of the day by Vietnam's clock."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


def _stick(serial: str, name: str, first: datetime, last: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The keys of a stick below USBSTOR and below USB."""
    container = f"{{{serial[-8:].lower()}-0000-5000-8000-000000000000}}"
    stamps = {"0064": first, "0066": last, "0067": last + timedelta(minutes=40)}
    dates = {number: {"": {"": (0xFFFF0010, _ticks(at))}} for number, at in stamps.items()}
    disk = {"": {"FriendlyName": (1, name), "ContainerID": (1, container)}, "Properties": {_DATES: dates}}
    port = {"": {"Service": (1, "USBSTOR"), "ContainerID": (1, container)}}
    return {f"{serial}&0": disk}, {serial: port}


def _system(name: str, sticks: list[tuple[str, str, datetime, datetime]], phone: datetime | None) -> bytes:
    storage, usb = {}, {}
    for n, (serial, shown, first, last) in enumerate(sticks):
        disk, port = _stick(serial, shown, first, last)
        storage[f"Disk&Ven_Mau&Prod_USB{n}&Rev_1.00"] = disk
        usb[f"VID_0951&PID_16{n:02d}"] = port
    if phone is not None:
        values = {
            "Service": (1, "WUDFWpdMtp"),
            "ClassGUID": (1, "{eec5ad98-8080-425f-922a-dabf3de3f69a}"),
            "FriendlyName": (1, "Galaxy A52"),
        }
        dates = {n: {"": {"": (0xFFFF0010, _ticks(phone))}} for n in ("0064", "0066")}
        usb["VID_04E8&PID_6860"] = {PHONE: {"": values, "Properties": {_DATES: dates}}}
    control = {
        "ComputerName": {"ComputerName": {"": {"ComputerName": (1, name)}}},
        "TimeZoneInformation": {"": {"TimeZoneKeyName": (1, "SE Asia Standard Time")}},
    }
    tree = {"Control": control, "Enum": {"USBSTOR": storage, "USB": usb}}
    return hive({"Select": {"": {"Current": (4, 1)}}, "ControlSet001": tree})


def _software(day: date, network: bool, programs: tuple[str, ...]) -> bytes:
    version: dict[str, Any] = {
        "": {
            "ProductName": (1, "Windows 10 Pro"),
            "CurrentBuild": (1, "19045"),
            "DisplayVersion": (1, "22H2"),
            "InstallDate": (4, int(_at(day - timedelta(days=700), 9).timestamp())),
        }
    }
    if network:
        stamp = struct.pack("<8H", day.year, day.month, 0, day.day, 8, 15, 0, 0)
        profile = {
            "ProfileName": (1, "Mạng cơ quan"),
            "DateCreated": (3, stamp),
            "DateLastConnected": (3, stamp),
            "NameType": (4, 6),
        }
        version["NetworkList"] = {"Profiles": {"{00000000-0000-4000-8000-000000000001}": {"": profile}}}
    uninstall = {f"{{{n}}}": {"": {"DisplayName": (1, title)}} for n, title in enumerate(programs)}
    return hive(
        {
            "Microsoft": {
                "Windows NT": {"CurrentVersion": version},
                "Windows": {"CurrentVersion": {"Uninstall": uninstall}},
            }
        }
    )


def _user(names: tuple[str, ...]) -> bytes:
    values: dict[str, Any] = {str(n): (3, name.encode("utf-16-le") + b"\0\0") for n, name in enumerate(names)}
    values["MRUListEx"] = (3, struct.pack(f"<{len(names) + 1}i", *range(len(names)), -1))
    explorer = {"RecentDocs": {"": values}}
    return hive(
        {
            "Environment": {},
            "Software": {"Microsoft": {"Windows": {"CurrentVersion": {"Explorer": explorer}}}},
        }
    )


def _history(visits: list[tuple[str, datetime]]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT, title TEXT)")
        db.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER)")
        for n, (url, at) in enumerate(visits, 1):
            db.execute("INSERT INTO urls VALUES (?, ?, '')", (n, url))
            db.execute(
                "INSERT INTO visits VALUES (?, ?, ?)", (n, n, int((at - _EPOCH).total_seconds()) * 1_000_000)
            )
        db.commit()
        return bytes(db.serialize())


def _zip(name: str, files: dict[str, bytes], day: date) -> bytes:
    manifest = {
        "schema_version": 1,
        "computer": name,
        "bios_serial": PC_SERIALS[name],
        "os": "Microsoft Windows 10 Pro 10.0.19045",
        "collected_at": f"{_at(day, 8):%Y-%m-%dT%H:%M:%SZ}",
        "clock_offset_seconds": 4,
        "collector": "Tổ kiểm tra (mẫu)",
        "authority": "Kế hoạch kiểm tra mẫu",
        "failed": [],
        "files": [
            {"path": p, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for p, d in files.items()
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in {
            **files,
            "thu-thap.json": json.dumps(manifest, ensure_ascii=False).encode(),
        }.items():
            archive.writestr(zipfile.ZipInfo(path, (day.year, day.month, day.day, 8, 0, 0)), data)
    return out.getvalue()


def collections(day: date) -> dict[str, bytes]:
    """File name → zip, as the collecting script would leave them on the day."""
    early, late = _at(day - timedelta(days=41), 9), _at(day - timedelta(days=38), 14)
    shared = (SHARED, "USB Mau DC-02M")
    private = (PRIVATE, "USB Rieng", _at(day - timedelta(days=25), 15), _at(day - timedelta(days=25), 16))
    drafting = {
        _SYSTEM: _system(DRAFTING, [(*shared, late, late), private], _at(day - timedelta(days=12), 10)),
        _SOFTWARE: _software(day, network=False, programs=("Microsoft Office 2016",)),
        _NTUSER: _user(("Báo cáo quý.docx", "Lịch công tác.docx")),
    }
    online = {
        _SYSTEM: _system(INTERNET, [(*shared, early, late - timedelta(days=1))], None),
        _SOFTWARE: _software(
            day - timedelta(days=1), network=True, programs=("Zalo", "UltraViewer version 6.6")
        ),
        _HISTORY: _history([("https://chat.zalo.me/", early), ("https://vanban.chinhphu.vn/", late)]),
    }
    return {f"{DRAFTING}.zip": _zip(DRAFTING, drafting, day), f"{INTERNET}.zip": _zip(INTERNET, online, day)}
