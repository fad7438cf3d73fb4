"""Every finding code has a case that must give it and a look-alike that must not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bmnn import law
from bmnn.machines.citations import citations
from bmnn.machines.findings import texts
from bmnn.machines.hive.write import hive
from bmnn.machines.register import load
from tests.machines import making
from tests.machines.conftest import SERIAL, SYSTEM, chrome_history, result, setupapi, usb_system, write_tree
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY

SOFTWARE = "Windows/System32/config/SOFTWARE"
NTUSER = "Users/an/NTUSER.DAT"
USRCLASS_PATH = "Users/an/AppData/Local/Microsoft/Windows/UsrClass.dat"
AMCACHE = "Windows/appcompat/Programs/Amcache.hve"
HISTORY = "Users/an/AppData/Local/CocCoc/Browser/User Data/Default/History"
SECURITY_LOG = "Windows/System32/winevt/Logs/Security.evtx"
SYSTEM_LOG = "Windows/System32/winevt/Logs/System.evtx"
EXPLORER = ("Software", "Microsoft", "Windows", "CurrentVersion", "Explorer")
_BAD = "a" * 40


def nest(path: tuple[str, ...], leaf: dict[str, Any]) -> dict[str, Any]:
    """A tree with one branch."""
    for name in reversed(path):
        leaf = {name: leaf}
    return leaf


def installed(title: str) -> bytes:
    """A SOFTWARE hive with one installed program."""
    program = {"": {"DisplayName": (1, title), "InstallLocation": (1, "C:\\Chuong trinh")}}
    branch = nest(("Microsoft", "Windows", "CurrentVersion", "Uninstall"), {"{1}": program})
    branch["Microsoft"]["Windows NT"] = {"CurrentVersion": {"": {"ProductName": (1, "Windows 10 Pro")}}}
    return hive(branch)


def network(name: str) -> bytes:
    """A SOFTWARE hive with one network profile."""
    day = bytes.fromhex("e9070300060001000900 1e0000000000".replace(" ", ""))
    profile = {"": {"ProfileName": (1, name), "DateCreated": (3, day), "DateLastConnected": (3, day)}}
    return hive(
        nest(("Microsoft", "Windows NT", "CurrentVersion", "NetworkList", "Profiles"), {"{A}": profile})
    )


def recent(name: str) -> bytes:
    """A user's hive with one recent document."""
    values = {"0": (3, name.encode("utf-16-le") + b"\0\0"), "MRUListEx": (3, bytes(4) + b"\xff" * 4)}
    tree = nest((*EXPLORER, "RecentDocs"), {"": values})
    tree["Environment"] = {}
    return hive(tree)


def phone_or_keyboard(phone: bool) -> bytes:
    """A SYSTEM hive with a phone, or with a keyboard of the same maker."""
    values = {"Service": (1, "HidUsb"), "ClassGUID": (1, "{745a17a0-74d3-11d0-b6fe-00a0c90f57da}")}
    if phone:
        values = {"Service": (1, "WUDFWpdMtp"), "ClassGUID": (1, "{eec5ad98-8080-425f-922a-dabf3de3f69a}")}
    return hive({"ControlSet001": {"Enum": {"USB": {"VID_04E8&PID_6860": {"R58M123ABC": {"": values}}}}}})


def amcache(sha1: str) -> bytes:
    """An Amcache with one program."""
    row = {"": {"LowerCaseLongPath": (1, "c:\\a\\b.exe"), "FileId": (1, "0000" + sha1)}}
    return hive({"Root": {"InventoryApplicationFile": {"b.exe|1": row}}})


def clock(reason: str) -> bytes:
    """A log in which the clock went back five hours."""
    data = {"NewTime": f"{DAY - timedelta(hours=5):%Y-%m-%dT%H:%M:%SZ}", "OldTime": f"{DAY:%Y-%m-%dT%H:%M:%SZ}",
            "Reason": reason, "ProcessName": r"\Device\HarddiskVolume3\Windows\System32\dllhost.exe"}  # fmt: skip
    return evtx([Record("Microsoft-Windows-Kernel-General", 1, DAY, data)])


def cleared(number: int) -> bytes:
    """A security log with event 1102 (cleared) or another of the same provider."""
    user = {"SubjectUserName": "an", "SubjectDomainName": "MAY-01"}
    return evtx([Record("Microsoft-Windows-Eventlog", number, DAY, user, "Security", inner="LogFileCleared")])


def removal(days: int) -> bytes:
    """A SYSTEM hive in which the stick was removed so many days after it was first installed."""
    dates = "{83da6326-97a6-4088-9453-a1923f573b29}"
    stamps = {"0064": DAY, "0067": DAY + timedelta(days=days)}
    stick = {"": {"FriendlyName": (1, "Kho")}}
    stick["Properties"] = {dates: {n: {"": {"": (0xFFFF0010, making.ticks(t))}} for n, t in stamps.items()}}
    enum = {"USBSTOR": {"Disk&Ven_K&Prod_U&Rev_1": {f"{SERIAL}&0": stick}}}
    return hive({"ControlSet001": {"Enum": enum}})


def register(tmp: Path, *rows: dict[str, str]) -> Any:
    path = tmp / "so.json"
    path.write_text(json.dumps({"schema_version": 1, "devices": list(rows)}), "utf-8")
    return load(path)


@dataclass
class Case:
    """Machines as files, their role, and the register's rows (None: no register)."""

    files: list[dict[str, bytes]]
    role: tuple[str, ...] = ("drafting",)
    rows: tuple[dict[str, str], ...] | None = None
    rules: dict[str, str] = field(default_factory=dict)


def one(files: dict[str, bytes], **values: Any) -> Case:
    return Case([files], **values)


STICK = {SYSTEM: usb_system("MAY-01")}
KNOWN = {"kind": "USB", "serial": SERIAL, "checked_on": "2025-01-01"}
PC = {"kind": "Máy tính", "name": "MAY-01", "serial": "PC-1"}
PAIR = [STICK, {SYSTEM: usb_system("MAY-02")}]
CASES: dict[str, tuple[Callable[[Path], Case], Callable[[Path], Case]]] = {
    "unregistered_storage": (lambda t: one(STICK, rows=()), lambda t: one(STICK, rows=(KNOWN,))),
    "unchecked_storage": (
        lambda t: one(STICK, rows=({"kind": "USB", "serial": SERIAL},)),
        lambda t: one(STICK, rows=(KNOWN,)),
    ),
    "cross_use": (
        lambda t: Case(PAIR, role=("drafting", "internet")),
        lambda t: Case(PAIR, role=("drafting", "drafting")),
    ),
    "phone_connected": (
        lambda t: one({SYSTEM: phone_or_keyboard(True)}),
        lambda t: one({SYSTEM: phone_or_keyboard(False)}),
    ),
    "network_joined": (
        lambda t: one({SOFTWARE: network("Mạng 2")}),
        lambda t: one({SOFTWARE: network("Mạng 2")}, role=("internet",)),
    ),
    "internet_used": (
        lambda t: one({HISTORY: chrome_history(t)}),
        lambda t: one({HISTORY: chrome_history(t, "http://noibo.lan/")}),
    ),
    "messaging_app": (
        lambda t: one({SOFTWARE: installed("Zalo 24.1")}),
        lambda t: one({SOFTWARE: installed("Zalora")}),
    ),
    "remote_control_app": (
        lambda t: one({SOFTWARE: installed("UltraViewer version 6.6")}),
        lambda t: one({SOFTWARE: installed("UltraViewport")}),
    ),
    "secret_name_opened": (
        lambda t: one({NTUSER: recent("Kế hoạch (TỐI MẬT).docx")}),
        lambda t: one({NTUSER: recent("mật khẩu wifi.docx")}),
    ),
    "malware_indicator": (
        lambda t: one({AMCACHE: amcache(_BAD)}, rules={"xau.sha1": _BAD}),
        lambda t: one({AMCACHE: amcache("b" * 40)}, rules={"xau.sha1": _BAD}),
    ),
    "usb_worm_structure": (
        lambda t: one({"\u00a0/\u00a0/RECYCLER.BIN/1/CEFHelper.exe": b"MZ"}),
        lambda t: one({"$RECYCLE.BIN/S-1-5-21/desktop.ini": b"x", "RECYCLER/S-1/INFO2": b"x"}),
    ),
    "clock_changed": (lambda t: one({SYSTEM_LOG: clock("1")}), lambda t: one({SYSTEM_LOG: clock("2")})),
    "log_cleared": (lambda t: one({SECURITY_LOG: cleared(1102)}), lambda t: one({SECURITY_LOG: cleared(1100)})),
    "traces_removed": (
        lambda t: one(STICK | {"Windows/INF/setupapi.dev.log": setupapi("FFEEDDCCBBAA9988")}),
        lambda t: one(STICK | {"Windows/INF/setupapi.dev.log": setupapi()}),
    ),
    "inconsistent_times": (lambda t: one({SYSTEM: removal(-2)}), lambda t: one({SYSTEM: removal(2)})),
    "hive_not_closed": (
        lambda t: one({SYSTEM: hive({"ControlSet001": {}}, primary=6, secondary=5)}),
        lambda t: one({SYSTEM: hive({"ControlSet001": {}})}),
    ),
    "machine_not_registered": (
        lambda t: one(STICK, rows=(KNOWN, PC | {"name": "MAY-09"})),
        lambda t: one(STICK, rows=(KNOWN, PC)),
    ),
    "security_check_missing": (
        lambda t: one(STICK, rows=(KNOWN, PC)),
        lambda t: one(STICK, rows=(KNOWN, PC | {"checked_on": "2025-01-01"})),
    ),
}  # fmt: skip


def judged(case: Case, tmp: Path) -> list[dict[str, Any]]:
    """The findings of a case."""
    paths = [write_tree(tmp / f"bo-{i}", files) for i, files in enumerate(case.files)]
    rules = tmp / "luat"
    rules.mkdir()
    for name, text in case.rules.items():
        (rules / name).write_text(text)
    book = register(tmp, *case.rows) if case.rows is not None else None
    names = [m["name"] for m in result(*paths)["machines"]]
    roles = dict(zip(names, case.role, strict=True))
    return result(*paths, register=book, roles=roles, rules=rules)["findings"]


def test_every_code_of_the_contract_has_a_case():
    assert set(CASES) == set(texts())


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_sign_gives_its_finding_with_evidence_article_and_limit(code, tmp_path):
    found = [f for f in judged(CASES[code][0](tmp_path), tmp_path) if f["code"] == code]
    assert found
    for finding in found:
        assert finding["observations"] or code == "machine_not_registered"
        assert finding["law"] and all(isinstance(c, str) for c in finding["law"])
        assert len(finding["does_not_prove"]) > 20 and "máy" in finding["summary"].casefold()
        assert finding["severity"] in ("high", "medium", "low")
        assert finding["confidence"] in ("confirmed", "strong", "suspicion")


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_look_alike_does_not(code, tmp_path):
    assert code not in [f["code"] for f in judged(CASES[code][1](tmp_path), tmp_path)]


def test_the_article_is_that_of_the_day_of_the_trace():
    """The law of 2018 forbade computers that had ever been connected, the law of 2025 those that are."""
    assert citations("internet_used", date(2025, 3, 1)) != citations("internet_used", date(2026, 4, 1))


def test_a_rule_that_is_not_settled_says_so():
    day = date(2026, 4, 1)
    assert law.on(day).rule("machine.registered_storage").unverified
    assert any("chưa đối chiếu" in c for c in citations("cross_use", day))
