"""The whole machine check against log2timeline and dissect, on one case composed from the reference samples.

The peers are installed into temporary environments for this bench only; where that fails the row is left out with a
note. They parse the same files; ours also joins devices, judges and correlates.
"""

from __future__ import annotations

import lzma
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from bench import Row
from bmnn.machines.hive.write import hive

TITLE = "Machine check of one case: 15 MB SYSTEM hive, 70 MB of event logs, setupapi, NTUSER"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples" / "machine"
EVENT_BYTES = 70 * 1024 * 1024
# The check as the command and the site run it: parsers in two locked-down workers. Memory is the peak of this
# process plus twice that of the larger worker.
_OURS = """
import json, resource, sys, time
from pathlib import Path
start = time.perf_counter()
from bmnn.machines import Options, Reader, check
found = check([Path(sys.argv[1])], Options(), reader=Reader())
json.dumps(found)
took = time.perf_counter() - start
peak = [resource.getrusage(w).ru_maxrss / 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(took, peak[0] + 2 * peak[1], len(found["machines"][0]["devices"]))
"""


# Without a SOFTWARE hive dissect does not find the event logs at all, so the case has a small one.
_WINDOWS = {
    "": {
        "ProductName": (1, "Windows 10 Pro"),
        "CurrentBuild": (1, "18363"),
        "SystemRoot": (1, "C:\\WINDOWS"),
    },
    "ProfileList": {"S-1-5-21-1-2-3-1001": {"": {"ProfileImagePath": (2, "C:\\Users\\an")}}},
}
PLASO = ["-q", "-u", "--status-view", "none", "--workers", "2", "--parsers", "winreg,winevtx,text/setupapi"]
DISSECT = ["-q", "-f", "usb,evtx,bam,userassist,shimcache", "-s"]
ENOUGH_RECORDS = 30_000
"""Records a peer must give before its time counts: the case holds some 40,000 events."""


def compose(root: Path) -> Path:
    """The case as a mounted disk; event logs repeated until they weigh 70 MB."""
    config, logs, inf = (
        root / p for p in ("Windows/System32/config", "Windows/System32/winevt/Logs", "Windows/INF")
    )
    user = root / "Users" / "an"
    for folder in (config, logs, inf, user):
        folder.mkdir(parents=True)

    def unpack(name: str) -> bytes:
        return lzma.decompress((SAMPLES / name).read_bytes())

    (config / "SYSTEM").write_bytes(unpack("hives/win10_uasp_SYSTEM.xz"))
    (config / "SOFTWARE").write_bytes(hive({"Microsoft": {"Windows NT": {"CurrentVersion": _WINDOWS}}}))
    (root / "Windows/explorer.exe").write_bytes(b"MZ")
    (user / "NTUSER.DAT").write_bytes(unpack("hives/win7_NTUSER.DAT.xz"))
    (inf / "setupapi.dev.log").write_bytes(unpack("setupapi/win10_setupapi.dev.log.xz"))
    total, number = 0, 0
    sources = sorted((SAMPLES / "evtx").glob("*.xz"))
    while total < EVENT_BYTES:
        source = sources[number % len(sources)]
        data = unpack(f"evtx/{source.name}")
        (logs / f"{number:03d}-{source.name.removesuffix('.xz')}").write_bytes(data)
        total, number = total + len(data), number + 1
    return root


def install(folder: Path, *packages: str) -> Path | None:
    """A temporary environment with these packages; None when they cannot be installed."""
    venv.create(folder, with_pip=True)
    done = subprocess.run(
        [folder / "bin" / "python", "-m", "pip", "install", "-q", *packages], capture_output=True, check=False
    )
    return folder / "bin" if done.returncode == 0 else None


def timed(command: list[str | Path], folder: Path, limit: int = 900) -> tuple[float, int]:
    """Seconds a command takes and the lines it printed; its own logs stay in the temporary folder."""
    out = folder / "ra.txt"
    start = time.perf_counter()
    with out.open("wb") as file:
        subprocess.run(
            command, cwd=folder, stdout=file, stderr=subprocess.DEVNULL, check=False, timeout=limit
        )
    took = time.perf_counter() - start
    with out.open("rb") as file:
        return took, sum(1 for _ in file)


def ours(case: Path) -> tuple[float, float]:
    """Seconds and megabytes of the best of three checks: the peers run minutes, a stray second would not show there."""
    runs = []
    for _ in range(3):
        out = subprocess.run(
            [sys.executable, "-c", _OURS, str(case)], capture_output=True, text=True, check=True
        )
        took, memory, devices = map(float, out.stdout.split())
        if devices < 6:
            raise RuntimeError(f"the case holds more devices than the {devices:.0f} found")
        runs.append((took, memory))
    return min(r[0] for r in runs), max(r[1] for r in runs)


def run() -> list[Row]:
    """Rows for time, memory, and the ratio to each peer that could be installed."""
    if not SAMPLES.is_dir():
        print("  reference samples are absent: nothing to measure", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        case = compose(base / "case")
        took, memory = ours(case)
        rows = [
            Row("whole check, wall time", took, 5.0, "s", 5.0 / took, "<= 5 s", took <= 5),
            Row(
                "peak memory with both workers", memory, 300.0, "MB", 300 / memory, "<= 300 MB", memory <= 300
            ),
        ]
        if tools := install(base / "plaso", "plaso"):
            tool = next(t for t in (tools / "log2timeline", tools / "log2timeline.py") if t.exists())
            theirs, _ = timed([tool, *PLASO, "--storage-file", base / "x.plaso", case], base)
            good = (base / "x.plaso").exists() and theirs / took >= 10
            rows.append(Row("against log2timeline", took, theirs, "s", theirs / took, ">= 10x", good))
        else:
            print("  log2timeline could not be installed: row left out", file=sys.stderr)
        if tools := install(base / "dissect", "dissect.target"):
            theirs, lines = timed([tools / "target-query", *DISSECT, case], base)
            good = lines >= ENOUGH_RECORDS and theirs / took >= 10
            rows.append(
                Row(f"against dissect ({lines} records)", took, theirs, "s", theirs / took, ">= 10x", good)
            )
        else:
            print("  dissect could not be installed: row left out", file=sys.stderr)
    return rows
