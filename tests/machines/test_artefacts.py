"""What each kind of artefact tells, on artefacts made here; hives by our writer and by a foreign one."""

from __future__ import annotations

import codecs
import sqlite3
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines.hive.write import hive
from bmnn.machines.registry.shimcache import entries
from tests.machines import making
from tests.machines.conftest import SERIAL, SYSTEM, codes, result, setupapi, usb_system, write_tree
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY
from tests.machines.test_findings import EXPLORER, NTUSER, SOFTWARE, nest

USRCLASS = "Users/an/AppData/Local/Microsoft/Windows/UsrClass.dat"
CHANNEL = "Microsoft-Windows-Partition/Diagnostic"
TELEGRAM = r"\Device\HarddiskVolume3\Program Files\Telegram Desktop\Telegram.exe"
Write = Callable[[dict[str, Any]], bytes]


@pytest.fixture(params=["own", "foreign"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Write:
    """Our writer of hives, and Debian's hivexregedit: another library, another order of cells."""
    if request.param == "own":
        return hive
    tool = request.getfixturevalue("hivexregedit")
    return lambda tree: making.foreign_hive(tool, tree, tmp_path)


def one(tmp: Path, files: dict[str, bytes]) -> dict[str, Any]:
    return result(write_tree(tmp / "may", files))["machines"][0]


def control(**branches: Any) -> dict[str, Any]:
    return {"ControlSet001": branches}


def facts(machine: dict[str, Any], name: str) -> Any:
    return next(a["facts"][name] for a in machine["artefacts"] if name in a["facts"])


def opened(machine: dict[str, Any], how: str) -> list[str]:
    return [o["path"] for o in machine["opened_files"] if o["how"] == how]


def test_networks_with_gateway_kind_and_local_time(write, tmp_path):
    day = struct.pack("<8H", 2025, 3, 6, 1, 9, 30, 0, 0)
    profile = {"": {"ProfileName": (1, "Wifi co quan"), "DateCreated": (3, day), "DateLastConnected": (3, day),
                    "NameType": (4, 71), "Category": (4, 1)}}  # fmt: skip
    signature = {"": {"ProfileGuid": (1, "{A}"), "DefaultGatewayMac": (3, bytes.fromhex("001122334455"))}}
    lists = {"Profiles": {"{A}": profile}, "Signatures": {"Unmanaged": {"x": signature}}}
    tree = nest(("Microsoft", "Windows NT", "CurrentVersion"), {"NetworkList": lists})
    network = one(tmp_path, {SOFTWARE: write(tree)})["networks"][0]
    assert (network["name"], network["kind"], network["category"]) == ("Wifi co quan", "wireless", "private")
    assert (network["first"], network["time_basis"]) == ("2025-03-01T09:30:00.000000", "local")
    assert network["gateway_mac"] == "00-11-22-33-44-55"


PHONES = {
    "mtp": (
        {"Service": (1, "WUDFWpdMtp"), "ClassGUID": (1, "{eec5ad98-8080-425f-922a-dabf3de3f69a}")},
        "MTP",
    ),
    "apple": (
        {"Service": (1, "usbaapl64"), "ClassGUID": (1, "{36fc9e60-c465-11cf-8056-444553540000}")},
        "MTP",
    ),
    "tether": (
        {"Service": (1, "usbrndis6"), "ClassGUID": (1, "{4d36e972-e325-11ce-bfc1-08002be10318}")},
        "tether",
    ),
    "ptp": ({"Service": (1, "WUDFRd"), "ClassGUID": (1, "{6bdd1fc6-810f-11d0-bec7-08002be2092f}")}, "PTP"),
    "charging": (
        {"Service": (1, "usbccgp"), "ClassGUID": (1, "{36fc9e60-c465-11cf-8056-444553540000}")},
        "composite",
    ),
}


@pytest.mark.parametrize("kind", PHONES)
def test_phones_by_the_way_they_were_connected(kind, write, tmp_path):
    values, bus = PHONES[kind]
    vid = "05AC" if kind == "apple" else "04E8"
    machine = one(
        tmp_path,
        {SYSTEM: write(control(Enum={"USB": {f"VID_{vid}&PID_6860": {"R58M123ABC": {"": values}}}}))},
    )
    assert [(d["kind"], d["bus"], d["serial"]) for d in machine["devices"]] == [("phone", bus, "R58M123ABC")]


def test_a_network_stick_is_a_network_adapter(write, tmp_path):
    values = {"Service": (1, "rtl8188"), "ClassGUID": (1, "{4d36e972-e325-11ce-bfc1-08002be10318}")}
    machine = one(
        tmp_path, {SYSTEM: write(control(Enum={"USB": {"VID_0BDA&PID_8179": {"00E04C0001": {"": values}}}}))}
    )
    assert [d["kind"] for d in machine["devices"]] == ["network_adapter"]


COMPOSITE = {"Service": (1, "usbccgp"), "ClassGUID": (1, "{36fc9e60-c465-11cf-8056-444553540000}")}


@pytest.mark.parametrize(
    ("parts", "serial", "kinds"),
    [({}, "R58M123ABC", ["phone"]), ({"&MI_00": "HidUsb"}, "R58M123ABC", []), ({}, "6&1A2B&0&3", [])],
    ids=["phone charging", "keyboard with hub", "no serial"],
)
def test_a_composite_device_of_a_phone_maker_is_no_phone_when_its_parts_are_a_keyboard(
    parts, serial, kinds, write, tmp_path
):
    usb = {"VID_17EF&PID_6099": {serial: {"": COMPOSITE}}}
    usb |= {f"VID_17EF&PID_6099{mi}": {"6&1&0&0000": {"": {"Service": (1, s)}}} for mi, s in parts.items()}
    assert [d["kind"] for d in one(tmp_path, {SYSTEM: write(control(Enum={"USB": usb}))})["devices"]] == kinds


@pytest.mark.parametrize(("vid", "kind"), [("04E8", "phone"), ("04A9", "other")])
def test_a_camera_is_told_from_a_phone_by_its_maker(vid, kind, write, tmp_path):
    values = {"Service": (1, "WUDFRd"), "ClassGUID": (1, "{6bdd1fc6-810f-11d0-bec7-08002be2092f}")}
    found = result(
        write_tree(
            tmp_path / "m",
            {SYSTEM: write(control(Enum={"USB": {f"VID_{vid}&PID_3218": {"AB12": {"": values}}}}))},
        )
    )
    assert [d["kind"] for d in found["machines"][0]["devices"]] == [kind]
    assert ("phone_connected" in codes(found)) == (kind == "phone")


@pytest.mark.parametrize("windows", [7, 10])
def test_dates_of_a_stick_on_windows_7_and_10(windows, write, tmp_path):
    dates = "{83da6326-97a6-4088-9453-a1923f573b29}"
    stamp = making.ticks(DAY)
    if windows == 7:
        rows: dict[str, Any] = {"00000064": {"00000000": {"": {"Data": (3, stamp), "Type": (4, 16)}}}}
    else:
        rows = {n: {"": {"": (0xFFFF0010, stamp)}} for n in ("0064", "0066", "0067")}
    stick = {"": {"FriendlyName": (1, "Kho USB Device")}, "Properties": {dates: rows}}
    tree = control(Enum={"USBSTOR": {"Disk&Ven_Kho&Prod_U&Rev_1.0": {f"{SERIAL}&0": stick}}})
    device = one(tmp_path, {SYSTEM: write(tree)})["devices"][0]
    known = "2025-03-01T02:00:00.000000Z"
    later = None if windows == 7 else known
    assert (device["first_install"], device["last_arrival"], device["last_removal"]) == (known, later, later)


def test_a_uasp_disk_is_joined_by_its_container(write, tmp_path):
    box = {"ContainerID": (1, "{fd6ab185-6d17-54b2-8df2-61484e12599d}")}
    usb = {"VID_0781&PID_558C": {f"MSFT30{SERIAL}": {"": {"Service": (1, "UASPStor"), **box}}}}
    scsi = {"Disk&Ven_San&Prod_SSD": {"000000": {"": {"FriendlyName": (1, "SanDisk SSD"), **box}}}}
    inner = {"Disk&Ven_NVMe&Prod_X": {"000000": {"": {"FriendlyName": (1, "Trong may")}}}}
    devices = one(tmp_path, {SYSTEM: write(control(Enum={"USB": usb, "SCSI": scsi | inner}))})["devices"]
    assert [(d["bus"], d["serial"], d["name"]) for d in devices] == [("UASP", SERIAL, "SanDisk SSD")]


def test_a_computer_without_devices_has_none(write, tmp_path):
    hub = {"": {"Service": (1, "usbhub"), "ClassGUID": (1, "{36fc9e60-c465-11cf-8056-444553540000}")}}
    disk = {"": {"FriendlyName": (1, "O cung trong")}}
    enum = {
        "USB": {"ROOT_HUB30": {"4&1&0": hub}, "VID_046D&PID_C31C": {"5&2&0&1": hub}},
        "SCSI": {"Disk&Ven_W": {"4&3&0": disk}},
    }
    assert one(tmp_path, {SYSTEM: write(control(Enum=enum))})["devices"] == []


def test_every_control_set_is_read(write, tmp_path):
    def stick(serial: str) -> dict[str, Any]:
        return {
            "Enum": {"USBSTOR": {"Disk&Ven_K&Prod_U": {f"{serial}&0": {"": {"FriendlyName": (1, "Kho")}}}}}
        }

    tree = {
        "Select": {"": {"Current": (4, 2)}},
        "ControlSet001": stick(SERIAL),
        "ControlSet002": stick("99887766554433AB"),
    }
    assert {d["serial"] for d in one(tmp_path, {SYSTEM: write(tree)})["devices"]} == {
        SERIAL,
        "99887766554433AB",
    }


def test_shellbags_name_folders_of_sticks_and_phones(write, tmp_path):
    bags = {
        "": {"0": (3, making.pidl(making.drive_item("E"))), "MRUListEx": (3, bytes(4) + b"\xff" * 4)},
        "0": {
            "": {
                "0": (3, making.pidl(making.file_item("Tài liệu TỐI MẬT 🔒"))),
                "MRUListEx": (3, bytes(4) + b"\xff" * 4),
            }
        },
    }
    bags[""]["1"] = (
        3,
        making.pidl(making.device_item(r"\\?\usb#vid_04e8&pid_6860#r58m123abc#{6ac27878-a6fa}")),
    )
    tree = nest(("Local Settings", "Software", "Microsoft", "Windows", "Shell", "BagMRU"), bags)
    machine = one(tmp_path, {USRCLASS: write(tree)})
    assert opened(machine, "shellbag") == ["E:", "E:\\Tài liệu TỐI MẬT 🔒"]
    assert [(d["kind"], d["serial"]) for d in machine["devices"]] == [("phone", "R58M123ABC")]


@pytest.mark.parametrize("version", [3, 7, 8, 9])
def test_file_dialogs_of_every_windows(version, write, tmp_path):
    place = making.pidl(making.drive_item("F"), making.file_item("Kế hoạch.docx", version))
    visited = "WINWORD.EXE".encode("utf-16-le") + b"\0\0" + place
    tree = nest((*EXPLORER, "ComDlg32"), {
        "OpenSavePidlMRU": {"docx": {"": {"0": (3, place), "MRUListEx": (3, bytes(4) + b"\xff" * 4)}}},
        "LastVisitedPidlMRU": {"": {"0": (3, visited)}},
    })  # fmt: skip
    machine = one(tmp_path, {NTUSER: write(tree)})
    assert opened(machine, "dialog") == ["F:\\Kế hoạch.docx"] * 2


def test_office_files_recent_and_trusted(write, tmp_path):
    stamp = f"{struct.unpack('<Q', making.ticks())[0]:016X}"
    app = {
        "File MRU": {"": {"Item 1": (1, f"[F00000000][T{stamp}][O00000000]*E:\\Tối mật.docx")}},
        "Security": {
            "Trusted Documents": {
                "TrustRecords": {"": {"E:/ke%20hoach.docm": (3, making.ticks() + bytes(16))}}
            }
        },
    }
    tree = nest(("Software", "Microsoft", "Office", "16.0", "Word"), app) | {"Environment": {}}
    machine = one(tmp_path, {NTUSER: write(tree)})
    assert (opened(machine, "office"), opened(machine, "trusted")) == (
        ["E:\\Tối mật.docx"],
        ["E:\\ke hoach.docm"],
    )
    assert {o["at"] for o in machine["opened_files"]} == {"2025-03-01T02:00:00.000000Z"}


def test_programs_that_ran_by_userassist_muicache_bam_and_run_keys(write, tmp_path):
    count = bytes(4) + struct.pack("<I", 7) + bytes(52) + making.ticks() + bytes(4)
    name = codecs.encode(r"C:\Users\an\AppData\Local\Programs\Zalo\Zalo.exe", "rot13")
    user = nest((*EXPLORER, "UserAssist"), {"{CEBFF5CD}": {"Count": {"": {name: (3, count)}}}})
    classes = nest(("Local Settings", "Software", "Microsoft", "Windows", "Shell", "MuiCache"),
                   {"": {r"D:\UltraViewer\UltraViewer_Desktop.exe.FriendlyAppName": (1, "UltraViewer")}})  # fmt: skip
    bam = nest(("Services", "bam", "State", "UserSettings", "S-1-5-21"),
               {"": {TELEGRAM: (3, making.ticks() + bytes(16))}})  # fmt: skip
    system = {"ControlSet001": bam}
    machine = one(tmp_path, {NTUSER: write(user), USRCLASS: write(classes), SYSTEM: write(system)})
    assert {a["name"] for a in machine["applications"]} == {"Zalo", "UltraViewer", "Telegram"}
    assert {p["runs"] for p in machine["programs_run"] if p["path"].endswith("Zalo.exe")} == {7}


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (nest(("ControlSet001", "Control", "Network"), {"": {"Version": (4, 1)}}), "Network"),
        (nest(("ControlSet001", "Control", "Session Manager", "Memory Management", "PrefetchParameters"),
              {"": {"EnablePrefetcher": (4, 0)}}), "Prefetch đang tắt"),
    ],
)  # fmt: skip
def test_marks_in_the_system_hive(tree, words, write, tmp_path):
    found = result(write_tree(tmp_path / "m", {SYSTEM: write(tree)}))["findings"]
    assert any(words in f["summary"] and f["confidence"] == "suspicion" for f in found)


@pytest.mark.parametrize(
    ("branch", "code"),
    [
        (nest(("Microsoft", "Windows", "CurrentVersion", "Run"),
              {"": {"AvastSvcpCP": (1, r'"C:\ProgramData\x\AvastSvc.exe" 662')}}), "malware_indicator"),
        (nest(("Microsoft", "Windows NT", "CurrentVersion", "Schedule", "TaskCache", "Tree", "Autodesk plugin"), {}),
         "malware_indicator"),
        (nest(("Classes", "ms-pu"), {"": {"CLSID": (1, "x")}}), "malware_indicator"),
        (nest(("Microsoft", "Windows", "CurrentVersion", "WINEVT", "Channels", CHANNEL), {"": {"Enabled": (4, 0)}}),
         "traces_removed"),
    ],
)  # fmt: skip
def test_marks_in_the_software_hive(branch, code, write, tmp_path):
    branch.setdefault("Microsoft", {}).setdefault("Windows NT", {}).setdefault("CurrentVersion", {})
    assert code in codes(result(write_tree(tmp_path / "m", {SOFTWARE: write(branch)})))


def test_ready_boost_gives_label_and_volume_serial(write, tmp_path):
    name = f"_??_USBSTOR#Disk&Ven_K&Prod_U&Rev_1#{SERIAL}&0#{{53f56307-b6bf-11d0-94f2-00a0c91efb8b}}KHO_305441741"
    tree = nest(("Microsoft", "Windows NT", "CurrentVersion", "EMDMgmt"), {name: {}})
    device = one(tmp_path, {SOFTWARE: write(tree)})["devices"][0]
    assert (device["serial"], device["labels"], device["volume_serials"]) == (SERIAL, ["KHO"], ["1234ABCD"])


def test_the_search_index_lists_volumes(write, tmp_path):
    rows = {"E:": {"": {"VolumeLabel": (1, "KHO"), "DriveType": (4, 2)}}}
    tree = nest(("Microsoft", "Windows Search", "VolumeInfoCache"), rows)
    tree["Microsoft"]["Windows NT"] = {"CurrentVersion": {}}
    machine = one(tmp_path, {SOFTWARE: write(tree)})
    assert facts(machine, "indexed_volumes") == [{"letter": "E:", "label": "KHO", "removable": True}]


PATHS = ["E:\\RECYCLER.BIN\\1\\CEFHelper.exe", "C:\\Windows\\System32\\cmd.exe"]


@pytest.mark.parametrize(
    "data",
    [making.shim_10(PATHS), making.shim_10(PATHS, 0x30), making.shim_8(PATHS), making.shim_8(PATHS, b"00ts"),
     making.shim_7(PATHS, True), making.shim_7(PATHS, False)],
    ids=["10", "10-1507", "8.1", "8", "7x64", "7x86"],
)  # fmt: skip
def test_the_shim_cache_of_every_windows(data, tmp_path):
    assert list(entries(data)) == PATHS
    cache = nest(("Control", "Session Manager", "AppCompatCache"), {"": {"AppCompatCache": (3, data)}})
    found = result(write_tree(tmp_path / "m", {SYSTEM: hive({"ControlSet001": cache})}))
    assert codes(found) == ["malware_indicator"]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["win10_uasp_SYSTEM", "win7_usb_SYSTEM"])
def test_the_shim_cache_agrees_with_an_independent_parser(name, samples):
    from regipy.plugins.system.shimcache import ShimCachePlugin
    from regipy.registry import RegistryHive

    from bmnn.machines.hive import Hive

    plugin = ShimCachePlugin(RegistryHive(str(samples / "hives" / name)), as_json=True)
    plugin.run()
    theirs = {e["path"].removeprefix("\\??\\") for e in plugin.entries if "\t" not in e["path"]}
    system = Hive((samples / "hives" / name).read_bytes())
    sets = [k for k in system.root.subkeys() if k.name.startswith("ControlSet")]
    ours: set[str] = set()
    for key in sets:
        cache = key.get("Control\\Session Manager\\AppCompatCache")
        ours |= set(entries(cache.value("AppCompatCache").data)) if cache else set()
    assert ours == theirs and len(ours) > 200


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
