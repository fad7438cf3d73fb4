"""Power cuts over the application's own acts: with the settings of a real site nothing acknowledged is lost; with
WAL and NORMAL, the negative control, it must be, or the simulator proves nothing. Needs strace."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.office.core.site import new_site

from bench import Row
from bench._crash_points import cuts, read

TITLE = "Power cuts simulated from the recorded writes and syncs of acts"

_ACTS = """
import os, sys
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
import tests.office.core.sample
from tests.office.core.sample import Note
from bmnn.office.core.engine import perform
from django.db import connection
if sys.argv[2] == "wal":
    connection.settings_dict["OPTIONS"] |= {"init_command": "PRAGMA journal_mode=wal; PRAGMA synchronous=NORMAL;"}
for i in range(60):
    done = perform(Note(Note.Input(text=f"việc {i}" * 30, book="AB"[i % 2])), None, f"k{i}")
    os.write(1, f"k{i} {done.event.id}\\n".encode())
"""


def _record(site: Path, mode: str, trace: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    calls = "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink"
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", calls, "-o", str(trace)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    words = [sys.executable, "-c", _ACTS, str(site), mode]
    subprocess.run([*strace, *words], check=True, stdout=subprocess.DEVNULL, env=environment)


def _sound(folder: Path, said: list[bytes]) -> bool:
    """Whether the database opens, is whole and without gaps, and holds all that was said."""
    try:
        base = sqlite3.connect(folder / "bmnn.sqlite3")
        try:
            if base.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return False
            there = dict(base.execute("SELECT key, id FROM core_event"))
            sizes = base.execute("SELECT coalesce(sum(size), 0) FROM core_loghead").fetchone()[0]
            given = base.execute("SELECT coalesce(sum(value), 0) FROM core_counter").fetchone()[0]
        finally:
            base.close()
    except sqlite3.DatabaseError:
        return False
    told = {key.decode(): int(number) for key, number in (line.split() for line in said)}
    whole = sorted(there.values()) == list(range(1, len(there) + 1)) and sizes == given == len(there)
    return whole and told.items() <= there.items()


def broken(mode: str, points: int) -> tuple[int, int]:
    """How many power cuts lost something, out of how many recorded calls they were drawn from."""
    with tempfile.TemporaryDirectory() as scratch:
        site = new_site(Path(scratch) / "site")
        start = {p.name: p.read_bytes() for p in site.glob("bmnn.sqlite3*")}
        trace, folder = Path(scratch) / "trace", Path(scratch) / "cut"
        _record(site, mode, trace)
        ops = read(trace, site)
        assert sum(op.kind == "said" for op in ops) == 60
        bad = 0
        for files, said in cuts(ops, start, points, random.Random(3)):
            folder.mkdir()
            for name, content in files.items():
                (folder / name).write_bytes(content)
            bad += not _sound(folder, said)
            shutil.rmtree(folder)
        return bad, len(ops)


def run() -> list[Row]:
    """BMNN_BENCH_CUTS makes it shorter or longer (20,000 is the full size)."""
    if shutil.which("strace") is None:
        print("  strace is not installed: not measured")
        return []
    points = int(os.environ.get("BMNN_BENCH_CUTS", "4000"))
    lost, _ = broken("site", points)
    control, _ = broken("wal", max(points // 4, 200))
    share = control / max(points // 4, 200)
    return [
        Row(
            f"{points} power cuts: lost, broken or with a gap",
            lost,
            points,
            "cuts",
            lost / points,
            "0",
            lost == 0,
        ),
        Row(
            "WAL + NORMAL, the control", control, max(points // 4, 200), "cuts", share, "≥ 0.5", share >= 0.5
        ),
    ]
