"""Reading through the sandbox: the same answer as in the process, and hostile files that only harm their worker."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines import CollectionError, Options, Reader, check, codec, model
from bmnn.machines.boxed import LIMITS
from bmnn.sandbox import MIB, Limits
from tests.machines.conftest import SERIAL, SYSTEM, case, usb_system, write_tar, write_tree, write_zip
from tests.machines.evtx_files import Record, evtx
from tests.machines.making import DAY


def both(*paths: Path, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    found = list(paths)
    return check(found, Options(**options)), check(
        found, Options(**options), reader=Reader(options.get("rules"))
    )


def test_the_sandbox_gives_the_same_answer_for_every_container(tmp_path):
    files = case(tmp_path) | {
        "Windows/System32/winevt/Logs/System.evtx": evtx(
            [Record("Microsoft-Windows-NCSI", 4042, DAY, {"Capability": "2"})]
        ),
        "\u00a0/RECYCLER.BIN/1/a.exe": b"MZ dau vet thu",
    }
    rules = tmp_path / "luat"
    rules.mkdir()
    (rules / "a.yar").write_text('rule thu { strings: $a = "dau vet thu" condition: $a }')
    for path in (
        write_tree(tmp_path / "may", files),
        write_zip(tmp_path / "may.zip", files),
        write_tar(tmp_path / "may.tar.gz", files),
        tmp_path / "may" / SYSTEM,
    ):
        here, boxed = both(path, rules=rules)
        assert here == boxed, path
    assert SERIAL in str(boxed)


def test_a_hive_keeps_its_logs_in_the_sandbox(tmp_path):
    from tests.machines.test_hive import dirty_pair

    old, log, _ = dirty_pair()
    files = {SYSTEM: old, f"{SYSTEM}.LOG1": log} | {f"Windows/INF/x{n}.txt": b"" for n in range(60)}
    _, boxed = both(write_tree(tmp_path / "may", files))
    assert boxed["machines"][0]["artefacts"][0]["facts"]["dirty_pages"] == 1


def test_a_file_that_breaks_its_worker_is_unreadable_and_the_rest_stands(tmp_path):
    """A hive that says it is 300 MB long: more than a worker may take."""
    small = Limits(wall=30, cpu=30, memory=300 * MIB, input=LIMITS.input, reply=LIMITS.reply)
    path = tmp_path / "may.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("C/" + SYSTEM, usb_system("MAY-01"))
        archive.writestr("C/Users/an/NTUSER.DAT", b"regf" + struct.pack("<II", 1, 2) + bytes(250 << 20))
        archive.writestr("C/Windows/INF/setupapi.dev.log", case(tmp_path)["Windows/INF/setupapi.dev.log"])
    found = check([path], Options(), reader=Reader(limits=small, workers=1))
    machine = found["machines"][0]
    status = {a["path"]: a["status"] for a in machine["artefacts"]}
    assert status["Users/an/NTUSER.DAT"] == "unreadable" and status[SYSTEM] == "read"
    assert status["Windows/INF/setupapi.dev.log"] == "read" and machine["name"] == "MAY-01"


def test_what_is_no_collection_is_refused_in_vietnamese(tmp_path):
    broken = tmp_path / "hong.zip"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 100)
    for path in (broken, tmp_path / "khong-co"):
        with pytest.raises(CollectionError, match=r"Tệp nén|Không tìm thấy"):
            check([path], Options(), reader=Reader())


def test_traces_come_back_as_they_were():
    evidence = model.Evidence(machine={"name": "MÁY"}, declared={"a": "b"})
    source = model.Source("a", "b")
    evidence.devices = [
        model.DeviceTrace(source, labels=["KHO"], first_install=DAY, last_arrival=DAY.replace(tzinfo=None))
    ]
    evidence.clock = [model.ClockChange(source, DAY, -3.5, "x", "user")]
    again = codec.decode(codec.encode(evidence))
    assert (again.devices, again.clock, again.machine) == (evidence.devices, evidence.clock, evidence.machine)


@pytest.mark.parametrize(
    "bad",
    [None, [], {"devices": [1]}, {"devices": [[1]]}, {"machine": {"a": 1}}, {"marks": [["x", "c", "t", "s", None]]},
     {"opened": [[["a", "b"], 7, "", "", "", None, "", ""]]},
     {"clock": [[["a", "b"], "hôm qua", 1, "", "", None, None]]}],
)  # fmt: skip
def test_a_worker_that_lies_about_the_form_is_not_believed(bad):
    with pytest.raises(codec.BadTraces):
        codec.decode(bad)
