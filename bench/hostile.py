"""Hostile and ordinary files of public corpora through the sandbox: `BMNN_CORPUS=<folder> python -m bench hostile`.

Counts what must not happen: a parent that falls, a file without a verdict, a hang beyond its limit, a worker above its
memory. The folder is brought by whoever runs it and never part of the project.
"""

from __future__ import annotations

import collections
import os
import resource
import statistics
import time
from pathlib import Path

from bench import Row
from bmnn.reading import Item, ReadingLimits, clean, items_of
from bmnn.sandbox import GIB, MIB, Box, Job, Limits

TITLE = "Reading hostile files: verdicts, hangs, memory"
WALL = 15.0


def run() -> list[Row]:
    """One pass over the folder with two workers."""
    folder = os.environ.get("BMNN_CORPUS")
    if not folder:
        print("  BMNN_CORPUS names no folder; nothing measured")
        return []
    paths = sorted(p for p in Path(folder).rglob("*") if p.is_file() or p.is_symlink())
    box = Box("bmnn.reading.worker:serve", Limits(wall=WALL, total=WALL, cpu=20, reply=512 * MIB), workers=2)
    limits = ReadingLimits().to_json()
    jobs = (Job((p,), {"name": clean(str(p)), "limits": limits}) for p in paths)
    whys: collections.Counter[str] = collections.Counter()
    seconds: list[float] = []
    without = killed = late = items = 0
    began = time.monotonic()
    with open(os.environ.get("BMNN_CORPUS_LOG", os.devnull), "w", encoding="utf-8") as log:
        for path, outcome in zip(paths, box.map(jobs), strict=True):
            found: list[Item] = items_of(outcome, str(path))
            without += not found
            items += len(found)
            seconds.append(outcome.seconds)
            late += outcome.seconds > WALL + 1
            killed += outcome.why in ("time", "cpu", "memory", "crashed", "bad_reply", "reply_too_large")
            whys[found[0].why or "read"] += 1
            log.write(
                f"{outcome.why}\t{found[0].why}\t{found[0].type}\t{outcome.seconds:.3f}\t{len(found)}\t{path}\n"
            )
    box.close()
    highest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(
        f"  {len(paths)} files, {items} items, {time.monotonic() - began:.0f} s; workers ended early: {killed}"
    )
    print(
        f"  p50 {statistics.median(seconds) * 1000:.1f} ms, p99 {sorted(seconds)[int(0.99 * len(seconds))]:.2f} s"
    )
    print("  " + ", ".join(f"{why} {count}" for why, count in whys.most_common()))
    return [
        Row("files without a verdict", without, 0, "files", 1, "0", without == 0),
        Row("calls beyond limit + 1 s", late, 0, "calls", 1, "0", late == 0),
        Row(
            "highest resident memory of a worker",
            highest / MIB,
            GIB / MIB,
            "MiB",
            highest / GIB,
            "<= 1",
            highest <= GIB,
        ),
    ]
