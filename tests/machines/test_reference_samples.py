"""Every fact of the reference samples comes out of the check, as independent parsers read it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.machines.conftest import codes, result

pytestmark = pytest.mark.shared


@pytest.fixture(scope="session")
def truth(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "samples/machine/truth.json").read_text("utf-8"))


def same(ours: str | None, theirs: str | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    a, b = (datetime.fromisoformat(t.rstrip("Z")) for t in (ours, theirs))
    whole = "." not in theirs
    return abs(a - b) <= (timedelta(seconds=1) if whole else timedelta(microseconds=2))


def one(path: Path) -> dict[str, Any]:
    return result(path)["machines"][0]


def facts(path: Path) -> dict[str, Any]:
    return one(path)["artefacts"][0]["facts"]


@pytest.mark.parametrize("hive", ["win10_uasp_SYSTEM", "win7_usb_SYSTEM"])
def test_every_removable_disk_of_a_system_hive_is_found_with_its_dates(hive, samples, truth):
    expected = truth[f"hives/{hive}.xz"]
    machine = one(samples / "hives" / hive)
    assert (machine["name"], machine["timezone"]) == (expected["computer"], expected["timezone_key"])
    assert {d["serial"] for d in machine["devices"]} == {d["serial"] for d in expected["removable_disks"]}
    assert {d["kind"] for d in machine["devices"]} == {"storage"}
    ours = {d["serial"]: d for d in machine["devices"]}
    for disk in expected["removable_disks"]:
        found = ours[disk["serial"]]
        for name in ("vid", "pid", "bus", "name"):
            assert found[name] == disk[name]
        for name in ("first_install", "last_arrival", "last_removal"):
            assert same(found[name], disk[name]), name
        assert found["container"] == disk.get("container", found["container"])
        assert disk.get("volume_label", "") in ["", *found["labels"]]
        assert disk.get("drive_letter", "") in ["", *found["letters"]]


def test_partition_log_is_keyed_by_the_usb_serial_and_not_by_the_scsi_serial(samples, truth):
    name = "Microsoft-Windows-Partition%4Diagnostic.evtx"
    ours = {d["serial"]: d for d in one(samples / "evtx" / name)["devices"]}
    expected = truth[f"evtx/{name}.xz"]["usb"]
    assert set(ours) == {d["serial"] for d in expected}
    for disk in expected:
        found = ours[disk["serial"]]
        for key in ("vid", "pid", "arrivals", "removals", "scsi_serial"):
            assert found[key] == disk[key]
        assert same(found["first_seen"], disk["first"]) and same(found["last_seen"], disk["last"])
        assert disk.get("volume_serials", []) in ([], found["volume_serials"])


@pytest.mark.parametrize(
    "log", ["w10_NetworkProfile%4Operational", "srv2012_domain_NetworkProfile%4Operational"]
)
def test_networks_are_counted_without_transient_states(log, samples, truth):
    ours = {n["name"]: n for n in one(samples / "evtx" / f"{log}.evtx")["networks"]}
    expected = truth[f"evtx/{log}.evtx.xz"]["networks"]
    assert set(ours) == set(expected)
    for name, network in expected.items():
        assert ours[name]["connections"] == network["connections"]
        assert ours[name]["categories"] == network["category"]
        assert same(ours[name]["first"], network["first"]) and same(ours[name]["last"], network["last"])


def test_clock_changes_are_listed_and_a_resume_is_told_from_a_change(samples):
    changes = one(samples / "evtx/w10_System.evtx")["clock_changes"]
    large = [c for c in changes if abs(c["seconds"]) > 3600]
    assert (len(changes), len(large), sum(c["kind"] == "resume" for c in large)) == (23, 9, 1)


def test_cleared_logs_are_listed_with_the_account(samples):
    found = result(samples / "evtx/log_cleared_104_1102.evtx")
    rows = found["machines"][0]["logs_cleared"]
    assert len(rows) == 91 and sum(r["channel"] == "Security" for r in rows) >= 1
    assert rows[0]["at"].startswith("2021-10-25T18:04:30") and all("admmig" in r["by"] for r in rows)
    assert codes(found) == ["log_cleared"]


def test_setupapi_counts_section_headings_only(samples, truth):
    with_usb = one(samples / "setupapi/win10_setupapi.dev.log")
    assert with_usb["artefacts"][0]["facts"]["sections"] == 194
    disk = truth["setupapi/win10_setupapi.dev.log.xz"]["usb_storage"][0]
    assert [d["serial"] for d in with_usb["devices"]] == [disk["serial"]]
    assert same(with_usb["devices"][0]["first_install_local"], disk["first_local"])
    assert with_usb["devices"][0]["first_install_basis"] == "local"
    without = one(samples / "setupapi/w10_no_usb_setupapi.dev.log")
    assert (without["artefacts"][0]["facts"]["sections"], without["devices"]) == (25, [])


def test_browser_histories_count_visits_and_not_bookmarks(samples):
    chrome, firefox = (
        facts(samples / "browser/chrome59_History"),
        facts(samples / "browser/firefox_places.sqlite"),
    )
    assert (chrome["visits"], chrome["urls"], chrome["downloads"]) == (1, 1, 1)
    assert chrome["hosts"] == ["raw.githubusercontent.com"] and same(
        chrome["first"], "2018-01-21T14:08:52.037692Z"
    )
    assert (firefox["visits"], firefox["places"]) == (1, 92)


@pytest.mark.parametrize("name", ["CHROME.EXE-B3BA7868.pf", "PING.EXE-B29F6629.pf"])
def test_prefetch_gives_runs_volume_and_files(name, samples, truth):
    ours, expected = facts(samples / "prefetch" / name), truth[f"prefetch/{name}"]
    assert {k: ours[k] for k in ("runs", "volume_serial", "files")} == {
        k: expected[k] for k in ("runs", "volume_serial", "files")
    }
    assert same(ours["last"], expected["last"])


@pytest.mark.parametrize("name", ["Beth_Secret.lnk", "PortalGunPlans.lnk", "Secret.lnk"])
def test_shortcuts_give_path_volume_and_drive(name, samples, truth):
    assert facts(samples / "lnk" / name) | truth[f"lnk/{name}"] == facts(samples / "lnk" / name)


def test_user_hive_lists_recent_documents_and_typed_addresses(samples, truth):
    found = result(samples / "hives/win7_NTUSER.DAT")
    ours, expected = found["machines"][0]["artefacts"][0]["facts"], truth["hives/win7_NTUSER.DAT.xz"]
    assert set(ours["recentdocs"]) == set(expected["recentdocs"]) and len(ours["recentdocs"]) == 11
    assert ours["typed_urls"] == expected["typed_urls"]
    assert any("CLASSIFIED-TOP-SECRET" in f["summary"] for f in found["findings"])


def test_addresses_mount_points_and_names_in_emoji(samples, truth):
    rows = facts(samples / "hives/win7_usb_SYSTEM")["addresses"]
    assert {(r["addresses"][0], *r["gateways"]) for r in rows} >= {
        ("10.3.58.5", "10.3.58.1"),
        ("192.168.1.123", "192.168.1.1"),
    }
    user = facts(samples / "hives/win7_NTUSER.DAT")
    assert {"CPC", "##controller#public"} <= set(user["mountpoints"])
    dirty = facts(samples / "hives/dirty_NTUSER.DAT")
    expected = truth["hives/dirty_NTUSER.DAT.xz"]
    assert set(dirty["international_subkeys"]) == set(expected["Control Panel\\International subkeys"])
    assert dirty["keys"] == expected["with_LOG1"]["keys"]
    pages = expected["with_LOG1_and_LOG2"]["dirty_pages"]
    assert (dirty["dirty_pages"], dirty["dirty_pages"] + dirty["older_pages"]) == (132, pages)
    # What a reader sees that also puts back the entries Windows had already written.
    assert dirty["dirty_pages_with_older"] == pages
    assert dirty["keys_with_older"] == expected["with_LOG1_and_LOG2"]["keys"]


def test_amcache_and_srum_rows_are_counted(samples, truth):
    amcache = facts(samples / "amcache/win10_Amcache.hve")
    assert amcache | truth["amcache/win10_Amcache.hve.xz"] == amcache
    srum = facts(samples / "srum/w10_SRUDB.dat")
    named = next(r for r in srum["network_usage"] if "microsoftedgeupdate" in r["program"])
    assert (srum["network_rows"], named["sent"], named["received"]) == (23, 247897, 7163701)


@pytest.mark.parametrize("name", ["srum/w10_SRUDB.dat", "amcache/win10_Amcache.hve", "evtx/w10_System.evtx"])
def test_no_device_is_invented_where_none_was(name, samples):
    assert one(samples / name)["devices"] == []
