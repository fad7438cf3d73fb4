"""What the registry of a computer tells, on hives by our writer and by a foreign one."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines.hive.write import hive
from bmnn.machines.registry.shimcache import entries
from tests.machines import making
from tests.machines.conftest import (
    SERIAL,
    SYSTEM,
    codes,
    one,
    opened,
    result,
    write_tree,
)
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


def control(**branches: Any) -> dict[str, Any]:
    return {"ControlSet001": branches}


def facts(machine: dict[str, Any], name: str) -> Any:
    return next(a["facts"][name] for a in machine["artefacts"] if name in a["facts"])


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
