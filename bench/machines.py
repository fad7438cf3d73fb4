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


def timed(command: list[str | Path], folder: Path, limit: int = 600) -> float:
    """Seconds a command takes; its output is thrown away, and its own logs stay in the temporary folder."""
    start = time.perf_counter()
    subprocess.run(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=limit
    )
    return time.perf_counter() - start


def run() -> list[Row]:
    """Rows for time, memory, and the ratio to each peer that could be installed."""
    if not SAMPLES.is_dir():
        print("  reference samples are absent: nothing to measure", file=sys.stderr)
        return []
    rows = []
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        case = compose(base / "case")
        out = subprocess.run(
            [sys.executable, "-c", _OURS, str(case)], capture_output=True, text=True, check=True
        )
        ours, memory, _ = map(float, out.stdout.split())
        rows.append(Row("whole check, wall time", ours, 5.0, "s", 5.0 / ours, "<= 5 s", ours <= 5))
        rows.append(
            Row("peak memory of the process", memory, 300.0, "MB", 300 / memory, "<= 300 MB", memory <= 300)
        )
        tools = install(base / "plaso", "plaso")
        if tools:
            command = [tools / "log2timeline", "-q", "-u", "--status-view", "none", "--workers", "2"]
            command += ["--parsers", "winreg,winevtx,text/setupapi", "--storage-file", base / "x.plaso", case]
            if not (tools / "log2timeline").exists():
                command[0] = tools / "log2timeline.py"
            theirs = timed(command, base)
            made = (base / "x.plaso").exists()
            ratio = theirs / ours
            rows.append(Row("against log2timeline", ours, theirs, "s", ratio, ">= 10x", made and ratio >= 10))
        else:
            print("  log2timeline could not be installed: row left out", file=sys.stderr)
        tools = install(base / "dissect", "dissect.target")
        if tools:
            (case / "Windows/explorer.exe").write_bytes(b"MZ")
            command = [tools / "target-query", "-q", "-f", "usb,evtx,bam,userassist,recentdocs", "-s", case]
            theirs = timed(command, base)
            ratio = theirs / ours
            rows.append(Row("against dissect target-query", ours, theirs, "s", ratio, ">= 10x", ratio >= 10))
        else:
            print("  dissect could not be installed: row left out", file=sys.stderr)
    return rows
