"""What the proof costs: an act with number, event, leaf and tree against a plain `save()` of one row, both
durable."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.office.core.site import new_site, start

from bench import Row

TITLE = "An act with its proof against a plain save()"
ROUNDS = 400

_MEASURE = """
import sys, time, json
from pathlib import Path
from bmnn.office.core.boot import boot
boot(Path(sys.argv[1]))
from bmnn.office.core.acts.add_person import AddPerson
from bmnn.office.core.engine import perform
from bmnn.office.core.models import Person
acts, saves = [], []
for i in range(int(sys.argv[2])):
    start = time.perf_counter()
    Person(name=f"người {i}", fold=f"nguoi {i}", sort=f"{i} nguoi").save()
    middle = time.perf_counter()
    perform(AddPerson(AddPerson.Input(name=f"người {i}")), None, f"k{i}")
    acts.append(time.perf_counter() - middle)
    saves.append(middle - start)
print(json.dumps([acts, saves]))
"""


def run() -> list[Row]:
    """Alternate both on one file with the settings of a real site; medians and 99th percentiles in ms."""
    with tempfile.TemporaryDirectory() as scratch:
        site = new_site(Path(scratch) / "site")
        process = start(_MEASURE, site, ROUNDS)
        out, err = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, sys.executable, err)
    acts, saves = (sorted(1000 * t for t in times) for times in json.loads(out))
    rows = []
    for what, pick in (("median", statistics.median), ("99th percentile", lambda t: t[int(0.99 * len(t))])):
        ours, theirs = pick(acts), pick(saves)
        ok = ours <= 2 * theirs
        rows.append(Row(f"one act, {what}", ours, theirs, "ms", ours / theirs, "≤ 2×", ok))
    return rows
