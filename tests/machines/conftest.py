"""Small hives, logs and collections made here, so that the tests stand without reference samples."""

from __future__ import annotations

import io
import lzma
import shutil
import sqlite3
import struct
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bmnn.machines import Options, check
from bmnn.machines.hive.write import hive

SYSTEM = "Windows/System32/config/SYSTEM"
SERIAL = "AA11BB22CC33DD44"


def ticks(moment: datetime) -> bytes:
    """A FILETIME, in bytes."""
    return struct.pack("<Q", int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000)


def usb_system(
    name: str, serial: str = SERIAL, first: datetime = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
) -> bytes:
    """A SYSTEM hive of Windows 10 with one stick under USBSTOR and USB, and nothing else."""
    dates = "{83da6326-97a6-4088-9453-a1923f573b29}"
    stick = {
        "": {
            "ContainerID": (1, "{b3de1805-dd31-527c-b2e7-845dd3712470}"),
            "FriendlyName": (1, "Kho USB Device"),
        },
        "Properties": {dates: {n: {"": {"": (0xFFFF0010, ticks(first))}} for n in ("0064", "0066")}},
    }
    port = {"": {"Service": (1, "USBSTOR"), "ContainerID": (1, "{b3de1805-dd31-527c-b2e7-845dd3712470}")}}
    return hive(
        {
            "Select": {"": {"Current": (4, 1)}},
            "ControlSet001": {
                "Control": {
                    "ComputerName": {"ComputerName": {"": {"ComputerName": (1, name)}}},
                    "TimeZoneInformation": {"": {"TimeZoneKeyName": (1, "SE Asia Standard Time\0rác")}},
                },
                "Enum": {
                    "USBSTOR": {"Disk&Ven_Kho&Prod_USB&Rev_1.00": {f"{serial}&0": stick}},
                    "USB": {"VID_0951&PID_1643": {serial: port}},
                },
            },
        }
    )


def setupapi(serial: str = SERIAL) -> bytes:
    """A setupapi log with one stick."""
    return (
        "[Device Install Log]\r\n     OS Version = 10.0.19045\r\n\r\n[BeginLog]\r\n\r\n"
        f">>>  [Device Install (Hardware initiated) - USBSTOR\\Disk&Ven_Kho&Prod_USB&Rev_1.00\\{serial}&0]\r\n"
        ">>>  Section start 2025/03/01 09:00:00.123\r\n<<<  Section end 2025/03/01 09:00:01.000\r\n"
    ).encode()


def chrome_history(tmp: Path, url: str = "https://chat.zalo.me/") -> bytes:
    """A Chromium history with one visit."""
    path = tmp / "lich-su.sqlite"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT, title TEXT)")
        db.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER)")
        db.execute("INSERT INTO urls VALUES (1, ?, 'Zalo')", (url,))
        db.execute("INSERT INTO visits VALUES (1, 1, 13386000000000000)")
    return path.read_bytes()


def case(tmp: Path, name: str = "MAY-01") -> dict[str, bytes]:
    """One computer: path on its disk → bytes."""
    return {
        SYSTEM: usb_system(name),
        "Windows/INF/setupapi.dev.log": setupapi(),
        "Users/an/AppData/Local/Google/Chrome/User Data/Default/History": chrome_history(tmp),
    }


def write_tree(root: Path, files: dict[str, bytes]) -> Path:
    """Files below a folder."""
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root


def write_zip(path: Path, files: dict[str, bytes]) -> Path:
    """Files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def write_tar(path: Path, files: dict[str, bytes]) -> Path:
    """Files in a compressed tar."""
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def result(*paths: Path, **options: Any) -> dict[str, Any]:
    """The whole check."""
    return check(list(paths), Options(**options))


def one(tmp: Path, files: dict[str, bytes]) -> dict[str, Any]:
    """The only machine of a collection of these files."""
    return result(write_tree(tmp / "may", files))["machines"][0]


def opened(machine: dict[str, Any], how: str) -> list[str]:
    """Paths of the files that were opened in this way."""
    return [o["path"] for o in machine["opened_files"] if o["how"] == how]


def codes(found: dict[str, Any]) -> list[str]:
    """Codes of the findings, in order."""
    return [f["code"] for f in found["findings"]]


@pytest.fixture(scope="session")
def samples(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference artefacts, unpacked."""
    root = tmp_path_factory.mktemp("samples")
    source = shared / "samples" / "machine"
    for path in sorted(source.rglob("*")):
        if path.is_file():
            target = root / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".xz":
                target.with_suffix("").write_bytes(lzma.decompress(path.read_bytes()))
            else:
                shutil.copy(path, target)
    return root


@pytest.fixture(scope="session")
def hivexregedit() -> str:
    """The Debian hive writer; tests that need an independent writer are skipped without it."""
    tool = shutil.which("hivexregedit")
    if tool is None:
        pytest.skip("thiếu hivexregedit (gói libwin-hivex-perl)")
    assert subprocess.run([tool, "--help"], capture_output=True, check=False).returncode in (0, 1, 255)
    return tool
