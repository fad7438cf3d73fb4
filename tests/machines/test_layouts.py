"""One case in the layout of every collector, in any order, by any spelling: the same findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines import CollectionError
from bmnn.machines.collection.paths import canonical, plain
from tests.machines import making
from tests.machines.conftest import SERIAL, case, codes, result, write_tar, write_tree, write_zip
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY
from tests.machines.test_findings import NTUSER, SOFTWARE, installed, recent

LOG = "Windows/System32/winevt/Logs/Microsoft-Windows-Partition%4Diagnostic.evtx"


def files(tmp: Path) -> dict[str, bytes]:
    """A computer with every container of traces, and the shape of a worm in a user's folder."""
    parent = {"ParentId": rf"USB\VID_0951&PID_1643\{SERIAL}", "Capacity": "8000"}
    return case(tmp) | {
        SOFTWARE: installed("Zalo"),
        NTUSER: recent("Tối mật.docx"),
        LOG: evtx(
            [
                Record(
                    "Microsoft-Windows-Partition", 1006, DAY, parent, "Microsoft-Windows-Partition/Diagnostic"
                )
            ]
        ),
        "Users/an/Desktop/\u00a0/RECYCLER.BIN/1/AvastSvc.exe": b"MZ",
        "Users/an/Desktop/\u00a0/RECYCLER.BIN/1/wsc.dll": b"MZ",
        "Users/an/AppData/Roaming/Microsoft/Windows/Recent/tài liệu.lnk": making.shortcut("E:\\Mật.docx"),
    }


def percent(path: str) -> str:
    """As Velociraptor writes names: everything but plain letters and separators escaped."""
    safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./ "
    return "".join(c if c in safe else "".join(f"%{b:02X}" for b in c.encode()) for c in path)


def moved(given: dict[str, bytes], prefix: str, change: Any = str) -> dict[str, bytes]:
    return {prefix + change(name): data for name, data in given.items()}


def acquired(path: str) -> str:
    """acquire writes the first folders in lower case and leaves names alone."""
    head, _, tail = path.partition("/")
    return f"{head.lower()}/{tail}"


LAYOUTS = {
    "folder": lambda t, f: write_tree(t / "folder", f),
    "kape": lambda t, f: write_tree(t / "kape", moved(f, "C/")),
    "kape zip": lambda t, f: write_zip(t / "kape.zip", moved(f, "MAY-01/C/")),
    "velociraptor auto": lambda t, f: write_zip(t / "v1.zip", moved(f, "uploads/auto/C%3A/", percent)),
    "velociraptor ntfs": lambda t, f: write_zip(
        t / "v2.zip", moved(f, "uploads/ntfs/%5C%5C.%5CC%3A/", percent)
    ),
    "acquire tar": lambda t, f: write_tar(t / "acquire.tar.gz", moved(f, "fs/c:/", acquired)),
    "acquire dir": lambda t, f: write_tree(t / "acquire", moved(f, "fs/C:/", acquired)),
    "acquire old": lambda t, f: write_tar(t / "old.tar", moved(f, "sysvol/", acquired)),
    "bmnn zip": lambda t, f: write_zip(
        t / "bmnn.zip", moved(f, "C/") | {"thu-thap.json": json.dumps({"files": [], "failed": []}).encode()}
    ),
    "disk": lambda t, f: write_tree(t / "disk", f | {"Windows/explorer.exe": b"MZ"}),
}


def meaning(found: dict[str, Any]) -> Any:
    keep = (
        "devices",
        "networks",
        "internet",
        "applications",
        "opened_files",
        "clock_changes",
        "logs_cleared",
    )
    machine = found["machines"][0]
    return found["findings"], {k: machine[k] for k in keep}


def test_every_layout_gives_the_same_findings(tmp_path):
    given = files(tmp_path)
    found = {name: meaning(result(make(tmp_path, given))) for name, make in LAYOUTS.items()}
    whole = found["folder"]
    assert {"usb_worm_structure", "messaging_app", "secret_name_opened"} <= {f["code"] for f in whole[0]}
    for name, other in found.items():
        assert json.dumps(other, ensure_ascii=False) == json.dumps(whole, ensure_ascii=False), name


@pytest.mark.parametrize("name", ["Windows/System32/config/SYSTEM", "Users/an/NTUSER.DAT", LOG])
def test_names_decide_nothing(name, tmp_path):
    """One artefact alone under a wrong name says what it says under its own."""
    data = files(tmp_path)[name]
    right, wrong = tmp_path / Path(name).name, tmp_path / "anh-nghi-mat.jpg"
    right.write_bytes(data)
    wrong.write_bytes(data)
    first, second = (result(p)["machines"][0] for p in (right, wrong))
    for key in ("devices", "opened_files"):
        told = [
            [{k: v for k, v in row.items() if k not in ("artefact", "sources")} for row in m[key]]
            for m in (first, second)
        ]
        assert told[0] == told[1]
    assert second["artefacts"][0]["status"] == first["artefacts"][0]["status"] == "read"


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("uploads/ntfs/%5C%5C.%5CC%3A/Windows/INF/setupapi.dev.log", "Windows/INF/setupapi.dev.log"),
        ("uploads/auto/D%3A/Users/an/x.lnk", "D:/Users/an/x.lnk"),
        ("fs/c:/windows/system32/config/system", "Windows/System32/config/SYSTEM"),
        (
            "Windows/System32/winevt/Logs/A%4Diagnostic.evtx",
            "Windows/System32/winevt/Logs/A%4Diagnostic.evtx",
        ),
        (
            "uploads/auto/C%3A/Windows/System32/winevt/Logs/A%254Operational.evtx",
            "Windows/System32/winevt/Logs/A%4Operational.evtx",
        ),
        ("..\\..\\etc/passwd", "../../etc/passwd"),
    ],
)
def test_canonical_paths(raw, path):
    assert canonical(raw) == path


def test_a_stick_keeps_every_folder_of_its_own():
    assert plain("uploads/auto/E%3A/%C2%A0/RECYCLER.BIN/a.exe") == "\u00a0/RECYCLER.BIN/a.exe"
    assert plain("fs/e:/\u00a0/Users/a.exe") == "\u00a0/Users/a.exe"


@pytest.mark.parametrize(
    "name", ["Tối mật.docx", "To\u0302\u0301i ma\u0323\u0302t.docx", "Tèi mËt.docx", "🔒 TỐI MẬT 🔒.docx"]
)
def test_names_in_every_spelling_go_through(name, tmp_path):
    found = result(write_tree(tmp_path / "may", {NTUSER: recent(name)}))
    assert "secret_name_opened" in codes(found)
    assert name in found["machines"][0]["opened_files"][0]["path"]


def test_a_locked_zip_is_unreadable_and_not_clean(tmp_path):
    """No password is ever asked: a locked member is named as unreadable. The bit is set by hand in both headers."""
    import zipfile

    path = write_zip(tmp_path / "khoa.zip", {"C/Windows/System32/config/SYSTEM": b"regf" + bytes(600)})
    data = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + shift] |= 1
    path.write_bytes(bytes(data))
    assert zipfile.ZipFile(path).infolist()[0].flag_bits & 1
    artefact = result(path)["machines"][0]["artefacts"][0]
    assert artefact["status"] == "unreadable" and "mật khẩu" in artefact["note"]


def test_a_bomb_is_not_unpacked(tmp_path):
    path = write_zip(tmp_path / "bom.zip", {"C/Windows/System32/config/SYSTEM": b"regf" + bytes(100 << 20)})
    small = path.stat().st_size
    assert small < 200_000
    artefact = result(path)["machines"][0]["artefacts"][0]
    assert artefact["status"] == "unreadable" and "tỷ lệ bung" in artefact["note"]


@pytest.mark.parametrize(
    "mark", [b"vhdxfile", b"EVF\x09\x0d\x0a\xff\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"]
)
def test_what_cannot_be_opened_directly_is_refused_with_what_to_do(mark, tmp_path):
    path = tmp_path / "may.anh"
    path.write_bytes(mark + bytes(600))
    with pytest.raises(CollectionError, match=r"Hãy (gắn|giải nén)"):
        result(path)
