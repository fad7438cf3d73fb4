"""What shortcuts, browsers, event logs and the notes of the collection tell, on artefacts made here."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bmnn.machines.hive.write import hive
from tests.machines import making
from tests.machines.conftest import (
    SERIAL,
    SYSTEM,
    codes,
    one,
    opened,
    result,
    setupapi,
    usb_system,
    write_tree,
)
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY
from tests.machines.test_findings import SOFTWARE, nest


def test_shortcuts_and_custom_jump_lists_by_content(tmp_path):
    link = making.shortcut("E:\\Tối mật.docx")
    machine = one(tmp_path, {"a.bin": link, "b.bin": making.custom_list(link, making.shortcut("E:\\x.docx"))})
    assert {a["kind"] for a in machine["artefacts"]} == {"lnk", "jumplist"}
    assert opened(machine, "jumplist") == ["E:\\Tối mật.docx", "E:\\x.docx"]
    first = machine["opened_files"][0]
    assert (first["volume_serial"], first["drive"], first["label"]) == ("1234ABCD", "removable", "KHO")
    assert first["at_basis"] == "target_created"


@pytest.mark.parametrize("place", ["Microsoft/Edge/User Data/Default", "CocCoc/Browser/User Data/Profile 1"])
def test_every_chromium_browser_is_read_and_documents_opened_in_it(place, tmp_path):
    from tests.machines.conftest import chrome_history

    files = {
        f"Users/an/AppData/Local/{place}/History": chrome_history(tmp_path, "file:///E:/m%E1%BA%ADt.pdf"),
    }
    machine = one(tmp_path, files)
    assert opened(machine, "browser") == ["E:\\mật.pdf"] and machine["internet"]["used"] == "no_trace"


def test_visits_that_lie_in_the_write_ahead_log_only(tmp_path):
    path = tmp_path / "places.sqlite"
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode=WAL; CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT, title TEXT);"
                     "CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, place_id INTEGER, visit_date INTEGER);"
                     "PRAGMA wal_checkpoint(TRUNCATE);")  # fmt: skip
    db.execute("INSERT INTO moz_places VALUES (1, 'https://chat.zalo.me/', 'Zalo')")
    db.execute("INSERT INTO moz_historyvisits VALUES (1, 1, 1740794400000000)")
    db.commit()
    files = {
        "u/places.sqlite": path.read_bytes(),
        "u/places.sqlite-wal": (tmp_path / "places.sqlite-wal").read_bytes(),
    }
    db.close()
    assert one(tmp_path / "co", files)["internet"]["used"] == "yes"
    without = one(tmp_path / "khong", {"u/places.sqlite": files["u/places.sqlite"]})
    assert without["internet"]["used"] == "no_trace"
    torn = files | {"u/places.sqlite-wal": files["u/places.sqlite-wal"][:-5]}
    machine = one(tmp_path / "cut", torn)
    assert machine["internet"]["used"] == "no_trace" and machine["artefacts"][0]["status"] == "partly"


USB = f"USBSTOR\\Disk&Ven_K&Prod_U&Rev_1\\{SERIAL}&0"
PARENT = f"USB\\VID_0951&PID_1643\\{SERIAL}"
STORAGE_EVENTS = [
    (
        "Microsoft-Windows-Partition",
        1006,
        {"ParentId": PARENT, "Capacity": "8000", "Model": "Kho", "SerialNumber": "X1"},
    ),
    ("Microsoft-Windows-Storsvc", 1001, {"ParentId": PARENT, "VendorId": "Kho", "SerialNumber": "X1"}),
    ("Microsoft-Windows-UserPnp", 20001, {"DeviceInstanceID": USB}),
    ("Microsoft-Windows-Kernel-PnP", 400, {"DeviceInstanceId": USB}),
    ("Microsoft-Windows-DriverFrameworks-UserMode", 2003, {"InstanceId": USB.replace("\\", "#")}),
    ("Microsoft-Windows-Security-Auditing", 6416, {"DeviceId": USB, "DeviceDescription": "Kho"}),
]


def log(*records: Record) -> dict[str, bytes]:
    return {"Windows/System32/winevt/Logs/Nhat-ky.evtx": evtx(list(records))}


@pytest.mark.parametrize(
    ("provider", "number", "data"), STORAGE_EVENTS, ids=[f"{p}-{n}" for p, n, _ in STORAGE_EVENTS]
)
def test_events_that_name_a_stick(provider, number, data, tmp_path):
    device = one(tmp_path, log(Record(provider, number, DAY, data)))["devices"][0]
    assert (device["serial"], device["last_arrival"]) == (SERIAL, "2025-03-01T02:00:00.000000Z")


def test_a_removal_is_told_from_an_arrival(tmp_path):
    gone = Record(
        "Microsoft-Windows-Partition", 1006, DAY + timedelta(hours=1), {"ParentId": PARENT, "Capacity": "0"}
    )
    came = Record("Microsoft-Windows-Partition", 1006, DAY, {"ParentId": PARENT, "Capacity": "8000"})
    device = one(tmp_path, log(gone, came))["devices"][0]
    assert (device["arrivals"], device["removals"]) == (1, 1)
    assert (device["first_seen"], device["last_removal"]) == (
        "2025-03-01T02:00:00.000000Z",
        "2025-03-01T03:00:00.000000Z",
    )


def test_an_inner_disk_in_the_partition_log_is_no_stick(tmp_path):
    inner = {
        "ParentId": r"PCI\VEN_8086&DEV_2829\3&267a616a&0&68",
        "Capacity": "5",
        "SerialNumber": "ABCDEFGH1",
    }
    assert one(tmp_path, log(Record("Microsoft-Windows-Partition", 1006, DAY, inner)))["devices"] == []


INTERNET_EVENTS = [
    ("Microsoft-Windows-NCSI", 4042, {"Capability": "2"}, "yes"),
    (
        "Microsoft-Windows-Time-Service",
        37,
        {"TimeSource": "time.windows.com,0x9 (ntp.m|0x9|0.0.0.0:123)"},
        "yes",
    ),
    ("Microsoft-Windows-Time-Service", 37, {"TimeSource": "may-chu.noibo.lan,0x9"}, "no_trace"),
    ("Microsoft-Windows-WindowsUpdateClient", 44, {"updateTitle": "KB1"}, "yes"),
    ("Microsoft-Windows-WindowsUpdateClient", 19, {"updateTitle": "KB1"}, "unknown"),
    ("Microsoft-Windows-Windows Defender", 2000, {"Current Signature Version": "1.1"}, "unknown"),
    ("Microsoft-Windows-Bits-Client", 60, {"url": "https://edgedl.me.gvt1.com/x"}, "yes"),
    ("Microsoft-Windows-Bits-Client", 60, {"url": "http://172.20.1.5/x"}, "no_trace"),
]


@pytest.mark.parametrize(("provider", "number", "data", "used"), INTERNET_EVENTS)
def test_events_that_show_the_internet_or_do_not(provider, number, data, used, tmp_path):
    assert one(tmp_path, log(Record(provider, number, DAY, data)))["internet"]["used"] == used


def test_nothing_that_could_tell_means_unknown(tmp_path):
    assert one(tmp_path, {SYSTEM: usb_system("MAY-01")})["internet"]["used"] == "unknown"


def test_networks_joined_by_events_without_transient_states(tmp_path):
    def record(number: int, name: str, hours: int) -> Record:
        data = {"Name": name, "Guid": "{A}", "Category": "0"}
        return Record("Microsoft-Windows-NetworkProfile", number, DAY + timedelta(hours=hours), data)

    wifi = Record("Microsoft-Windows-WLAN-AutoConfig", 8001, DAY, {"SSID": "Cà phê", "ProfileName": "Cà phê"})
    machine = one(
        tmp_path,
        log(record(10001, "Mạng 2", 5), record(10000, "Mạng 2", 0), record(10000, "Identifying...", 0), wifi),
    )
    assert [(n["name"], n["connections"]) for n in machine["networks"]] == [("Cà phê", 1), ("Mạng 2", 1)]
    assert machine["networks"][1]["last"] == "2025-03-01T07:00:00.000000Z"


def test_records_missing_inside_a_log_are_said(tmp_path):
    records = [Record("Microsoft-Windows-Kernel-Boot", 20, DAY) for _ in range(3)]
    path = "Windows/System32/winevt/Logs/System.evtx"
    whole = result(write_tree(tmp_path / "a", {path: evtx(records, first=900)}))
    holed = result(write_tree(tmp_path / "b", {path: evtx(records, numbers=[900, 901, 950])}))
    assert codes(whole) == [] and codes(holed) == ["traces_removed"]


def software(installed_on: datetime) -> bytes:
    values = {"ProductName": (1, "Windows 10 Pro"), "InstallDate": (4, int(installed_on.timestamp()))}
    return hive(nest(("Microsoft", "Windows NT", "CurrentVersion"), {"": values}))


def manifest(**values: Any) -> dict[str, bytes]:
    import json

    return {"thu-thap.json": json.dumps({"files": [], "failed": []} | values).encode()}


def test_windows_installed_just_before_the_inspection(tmp_path):
    at = manifest(collected_at="2025-03-10T02:00:00Z")
    fresh = result(write_tree(tmp_path / "a", {f"C/{SOFTWARE}": software(DAY)} | at))
    old = result(write_tree(tmp_path / "b", {f"C/{SOFTWARE}": software(DAY - timedelta(days=400))} | at))
    assert codes(fresh) == ["traces_removed"] and codes(old) == []


def test_a_device_log_that_begins_long_after_the_installation(tmp_path):
    files = {SYSTEM: usb_system("MAY-01"), "Windows/INF/setupapi.dev.log": setupapi()}
    late = files | {SOFTWARE: software(datetime(2024, 1, 1, tzinfo=UTC))}
    assert "traces_removed" in codes(result(write_tree(tmp_path / "a", late)))
    soon = files | {SOFTWARE: software(datetime(2025, 2, 28, tzinfo=UTC))}
    assert "traces_removed" not in codes(result(write_tree(tmp_path / "b", soon)))


def test_a_wrong_clock_and_a_foreign_zone_are_said_and_change_no_moment(tmp_path):
    files = {f"C/{SYSTEM}": usb_system("MAY-01")} | manifest(
        clock_offset_seconds=-7200, collected_at="2025-02-01T00:00:00Z"
    )
    found = result(write_tree(tmp_path / "a", files))
    texts = [f["summary"] for f in found["findings"] if f["code"] == "inconsistent_times"]
    assert any("chậm 120 phút" in t for t in texts) and any("sau lúc thu thập" in t for t in texts)
    assert found["machines"][0]["devices"][0]["first_install"] == "2025-03-01T02:00:00.000000Z"
