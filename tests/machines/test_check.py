"""The whole check: layouts, order, register, roles, damage."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmnn.machines.hive.write import hive
from bmnn.machines.register import RegisterError, load
from bmnn.machines.usb import normal_serial, reliable_serial
from tests.machines.conftest import (
    SERIAL,
    SYSTEM,
    codes,
    result,
    setupapi,
    usb_system,
    write_tree,
    write_zip,
)
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY, shortcut

SOFTWARE = "Windows/System32/config/SOFTWARE"


def two_machines(tmp: Path) -> list[Path]:
    first = {SYSTEM: usb_system("SOAN-THAO", first=datetime(2025, 3, 1, tzinfo=UTC))}
    second = {SYSTEM: usb_system("VAN-THU", first=datetime(2025, 2, 1, tzinfo=UTC))}
    return [write_tree(tmp / "a", first), write_tree(tmp / "b", second)]


def test_cross_use_is_found_by_serial_and_does_not_depend_on_order(tmp_path):
    paths, roles = two_machines(tmp_path), {"SOAN-THAO": "drafting", "VAN-THU": "internet"}
    one, other = result(*paths, roles=roles), result(*paths[::-1], roles=roles)
    assert one == other
    cross = next(f for f in one["findings"] if f["code"] == "cross_use")
    assert cross["machine"] == ["SOAN-THAO", "VAN-THU"] and "đường lây mã độc" in cross["summary"]
    assert {o["machine"] for o in cross["observations"]} == {"SOAN-THAO", "VAN-THU"}
    assert [u["machine"] for u in one["shared_devices"][0]["uses"]] == ["VAN-THU", "SOAN-THAO"]


def test_roles_are_never_inferred(tmp_path):
    found = result(*two_machines(tmp_path))
    assert "cross_use" not in codes(found) and len(found["shared_devices"]) == 1


def test_the_same_model_with_another_serial_is_no_cross_use(tmp_path):
    a = write_tree(tmp_path / "a", {SYSTEM: usb_system("A")})
    b = write_tree(tmp_path / "b", {SYSTEM: usb_system("B", serial="FFEE00112233445566")})
    found = result(a, b, roles={"A": "drafting", "B": "internet"})
    assert found["shared_devices"] == [] and "cross_use" not in codes(found)


@pytest.mark.parametrize(
    "written", [SERIAL.lower(), f" {SERIAL} ", f"{SERIAL}&0", f"MSFT30{SERIAL}", "AA11 BB22 CC33 DD44"]
)
def test_a_register_matches_however_the_serial_is_written(written, tmp_path):
    register = tmp_path / "so.csv"
    with register.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Loại", "Số sê-ri", "Ngày phê duyệt", "Ngày kiểm tra"])
        writer.writerow(["USB", written, "01/01/2025", "02/01/2025"])
    found = result(write_tree(tmp_path / "m", {SYSTEM: usb_system("A")}), register=load(register))
    assert not {"unregistered_storage", "unchecked_storage"} & set(codes(found))
    assert found["machines"][0]["devices"][0]["registered"] == "yes"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"serial": "khác"}, "unregistered_storage"),
        ({"serial": SERIAL}, "unchecked_storage"),
        ({"serial": SERIAL, "checked_on": "2025-04-01"}, "unchecked_storage"),
        ({"serial": SERIAL, "checked_on": "2025-01-01", "valid_until": "2025-02-01"}, "unchecked_storage"),
        ({"serial": SERIAL, "checked_on": "2025-01-01", "roles": "internet"}, "unchecked_storage"),
        ({"serial": SERIAL, "checked_on": "2025-01-01", "status": "mất"}, "unchecked_storage"),
        ({"serial": SERIAL, "vid": "0781", "checked_on": "2025-01-01"}, "unregistered_storage"),
        ({"serial": "X", "kind": "máy tính", "name": "B"}, "machine_not_registered"),
        ({"serial": "X", "kind": "máy tính", "name": "A"}, "security_check_missing"),
    ],
)
def test_each_gap_of_the_register_has_its_finding(row, code, tmp_path):
    path = tmp_path / "so.json"
    path.write_text(json.dumps({"schema_version": 1, "devices": [row]}), "utf-8")
    machine = write_tree(tmp_path / "m", {SYSTEM: usb_system("A")})
    found = result(machine, register=load(path), roles={"A": "drafting"})
    assert code in codes(found)
    assert all(f["does_not_prove"] and f["observations"] is not None for f in found["findings"])


@pytest.mark.parametrize("text", ["không,có,gì\n1,2,3\n", "", '{"x": 1}', "serial,checked_on\nA,hôm qua\n"])
def test_a_bad_register_is_refused_in_vietnamese(text, tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(RegisterError, match="Sổ thiết bị"):
        load(path)


@given(
    st.sampled_from(["", "&0", "&0&1"]),
    st.sampled_from(["", "MSFT30"]),
    st.text("0123456789ABCDEF", min_size=8, max_size=24),
)
def test_a_serial_is_the_same_in_every_place_of_the_registry(tail, head, serial):
    assert normal_serial(head + serial.lower() + tail) == normal_serial(serial)


@pytest.mark.parametrize("serial", ["5&2890AB&0&3", "00000000", "0123456789ABCDEF", "1234", "AAAAAAAAAAAA"])
def test_port_bound_and_dummy_serials_identify_nothing(serial):
    assert not reliable_serial(normal_serial(serial))


def test_a_single_file_that_is_no_artefact_is_said_to_be_none(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"khong phai gi ca")
    assert "Không nhận ra" in result(path)["machines"][0]["notes"][0]


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "ngoai" / "SYSTEM"
    secret.parent.mkdir()
    secret.write_bytes(usb_system("NGOAI"))
    root = tmp_path / "may"
    root.mkdir()
    (root / "SYSTEM").symlink_to(secret)
    machine = result(root)["machines"][0]
    assert machine["devices"] == [] and any("liên kết" in n for n in machine["notes"])


def test_a_usb_worm_is_known_by_its_shape_and_the_recycle_bin_is_not(tmp_path):
    worm = write_tree(
        tmp_path / "w",
        {
            "\u00a0/\u00a0/RECYCLER.BIN/1/CEFHelper.exe": b"MZ",
            "\u00a0/wsc.dll": b"MZ",
            "\u00a0/AvastSvc.exe": b"MZ",
        },
    )
    found = result(worm)
    assert codes(found).count("usb_worm_structure") >= 3
    clean = write_tree(
        tmp_path / "c", {"$RECYCLE.BIN/S-1/desktop.ini": b"x", "RECYCLER/S-1/x": b"x", "báo cáo.docx": b"x"}
    )
    assert codes(result(clean)) == []


def test_rules_of_the_inspector_are_used_and_bad_ones_named(tmp_path):
    rules = tmp_path / "luat"
    rules.mkdir()
    (rules / "a.yar").write_text('rule thu { strings: $a = "dau vet thu" condition: $a }')
    (rules / "hong.yar").write_text("rule {")
    stick = write_tree(tmp_path / "usb", {"x.exe": b"MZ dau vet thu"})
    found = result(stick, rules=rules)
    assert codes(found) == ["malware_indicator"] and "hong.yar" in found["problems"][0]
    assert "a.yar" in {s["name"] for s in found["rules"]}


def test_a_phone_is_found_and_a_keyboard_of_the_same_maker_is_not(tmp_path):
    from bmnn.machines.hive.write import hive

    phone = {
        "": {
            "Service": (1, "WUDFWpdMtp"),
            "ClassGUID": (1, "{eec5ad98-8080-425f-922a-dabf3de3f69a}"),
            "FriendlyName": (1, "Galaxy A52"),
        }
    }
    keyboard = {"": {"Service": (1, "HidUsb"), "ClassGUID": (1, "{745a17a0-74d3-11d0-b6fe-00a0c90f57da}")}}
    system = hive(
        {
            "ControlSet001": {
                "Enum": {
                    "USB": {
                        "VID_04E8&PID_6860": {"R58M123ABC": phone},
                        "VID_05AC&PID_0250": {"6&1&0&2": keyboard},
                    }
                }
            }
        }
    )
    found = result(write_tree(tmp_path, {SYSTEM: system}), roles={tmp_path.name: "drafting"})
    assert [(d["kind"], d["name"]) for d in found["machines"][0]["devices"]] == [("phone", "Galaxy A52")]
    assert "phone_connected" in codes(found)


def test_network_profiles_carry_local_time_and_the_gateway(tmp_path):
    from bmnn.machines.hive.write import hive

    day = bytes.fromhex("e907 0300 0600 0100 0900 1e00 0000 0000".replace(" ", ""))
    profile = {
        "": {
            "ProfileName": (1, "Mạng 2"),
            "DateCreated": (3, day),
            "DateLastConnected": (3, day),
            "NameType": (4, 71),
            "Category": (4, 0),
        }
    }
    signature = {"": {"ProfileGuid": (1, "{A}"), "DefaultGatewayMac": (3, bytes.fromhex("001122334455"))}}
    windows = {"": {"ProductName": (1, "Windows 10 Pro"), "CurrentBuild": (1, "22631")}}
    windows["NetworkList"] = {"Profiles": {"{A}": profile}, "Signatures": {"Unmanaged": {"x": signature}}}
    software = hive({"Microsoft": {"Windows NT": {"CurrentVersion": windows}}})
    machine = result(write_tree(tmp_path, {"Windows/System32/config/SOFTWARE": software}))["machines"][0]
    network = machine["networks"][0]
    assert machine["os"] == "Windows 11 Pro (22631)"
    assert (network["first"], network["time_basis"]) == ("2025-03-01T09:30:00.000000", "local")
    assert (network["kind"], network["gateway_mac"]) == ("wireless", "00-11-22-33-44-55")


def test_two_computers_of_one_name_stay_apart(tmp_path):
    a = write_tree(tmp_path / "a", {SYSTEM: usb_system("MAY")})
    b = write_tree(tmp_path / "b", {SYSTEM: usb_system("MAY", serial="99887766AABBCCDD")})
    machines = result(a, b)["machines"]
    assert [m["name"] for m in machines] == ["MAY", "MAY (2)"] and all(m["notes"] for m in machines)


def test_a_file_opened_from_a_stick_of_another_machine_is_cross_use(tmp_path):
    """The drafting computer opened a file from a volume that the Internet computer's log ties to a stick."""
    boot = bytearray(512)
    boot[3:11], boot[72:76] = b"NTFS    ", (0x1234ABCD).to_bytes(4, "little")
    plugged = {"ParentId": rf"USB\VID_0951&PID_1643\{SERIAL}", "Capacity": "8000", "Vbr0": boot.hex()}
    log = evtx([Record("Microsoft-Windows-Partition", 1006, DAY, plugged, computer="VAN-THU")])
    other = write_tree(tmp_path / "b", {"Windows/System32/winevt/Logs/P.evtx": log})
    drafting = {SYSTEM: usb_system("SOAN-THAO", serial="FFEE00112233445566"), "a.lnk": shortcut("E:\\a.docx")}
    first = write_tree(tmp_path / "a", drafting)
    fixed = write_tree(tmp_path / "c", drafting | {"a.lnk": shortcut("C:\\a.docx", drive=3)})
    roles = {"SOAN-THAO": "drafting", "VAN-THU": "internet"}
    crossed = [f for f in result(first, other, roles=roles)["findings"] if f["code"] == "cross_use"]
    assert len(crossed) == 1 and "1234ABCD" in crossed[0]["summary"]
    assert {o["machine"] for o in crossed[0]["observations"]} == {"SOAN-THAO", "VAN-THU"}
    assert "cross_use" not in codes(result(fixed, other, roles=roles))


def test_one_gateway_on_both_kinds_of_machines_is_one_network(tmp_path):
    def tree(name: str, mac: bytes) -> Path:
        day = bytes.fromhex("e9070300060001000900 1e0000000000".replace(" ", ""))
        profile = {"": {"ProfileName": (1, "Mạng"), "DateCreated": (3, day), "DateLastConnected": (3, day)}}
        signature = {"": {"ProfileGuid": (1, "{A}"), "DefaultGatewayMac": (3, mac)}}
        lists = {"Profiles": {"{A}": profile}, "Signatures": {"Unmanaged": {"x": signature}}}
        software = hive({"Microsoft": {"Windows NT": {"CurrentVersion": {"NetworkList": lists}}}})
        return write_tree(
            tmp_path / name, {SYSTEM: usb_system(name, serial=f"{name}AA00112233"), SOFTWARE: software}
        )

    a, b, c = tree("A", b"\1\2\3\4\5\6"), tree("B", b"\1\2\3\4\5\6"), tree("C", b"\1\2\3\4\5\7")
    roles = {"A": "drafting", "B": "internet", "C": "internet"}
    same = [f for f in result(a, b, c, roles=roles)["findings"] if isinstance(f["machine"], list)]
    assert [(f["code"], f["machine"]) for f in same] == [("network_joined", ["A", "B"])]


def test_copies_of_one_computer_are_one_machine_only_when_hardware_agrees(tmp_path):
    def collection(name: str, bios: str, path: str, data: bytes) -> Path:
        manifest = {"computer": "MAY", "bios_serial": bios, "files": [], "failed": []}
        files = {f"C/{path}": data, "thu-thap.json": json.dumps(manifest).encode()}
        return write_zip(tmp_path / f"{name}.zip", files)

    a = collection("a", "PC-1", SYSTEM, usb_system("MAY"))
    b = collection("b", "pc-1", "Windows/INF/setupapi.dev.log", setupapi("99887766AABBCCDD"))
    c = collection("c", "PC-2", SYSTEM, usb_system("MAY"))
    assert [len(m["devices"]) for m in result(a, b)["machines"]] == [2]
    d, e = (collection(n, "To be filled by O.E.M.", SYSTEM, usb_system("MAY")) for n in "de")
    assert len(result(d, e)["machines"]) == 2
    apart = result(a, c)["machines"]
    assert [m["name"] for m in apart] == ["MAY", "MAY (2)"] and all(
        "để riêng" in m["notes"][-1] for m in apart
    )
