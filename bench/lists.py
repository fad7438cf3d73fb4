"""List and search at a million lines: our book page against the stock admin list, and against rendering 50 rows
that are already in memory. Both sides over the same database file, through the whole stack of the site; ours writes
down who looked, durably, before it answers. The admin list has the columns, the searched fields and the filters of
our page; one row shows it without filters.

`BMNN_BENCH_LINES` sets another number of lines for a quick look.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.office.core.site import new_site

from bench import Row

TITLE = "List and search of registers at 1,000,000 lines"
LINES = int(os.environ.get("BMNN_BENCH_LINES", "1000000"))


def p95(times: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return 1000 * statistics.quantiles(times, n=20)[-1]


def run() -> list[Row]:
    """Build the file once, then measure in a fresh process."""
    with tempfile.TemporaryDirectory() as scratch:
        site = new_site(Path(scratch) / "site")
        root = Path(__file__).resolve().parents[1]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        found = {}
        for part in ("fill", "measure"):
            done = subprocess.run(
                [sys.executable, "-m", "bench._million_lines", part, str(site), str(LINES)],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(done.stderr[-2000:])
            found = json.loads(done.stdout or "{}")
    rows = []
    bare = p95(found["bare"])
    for what in ("list", "deep list", "search", "rare search"):
        ours, admin = p95(found[what]), p95(found[f"admin {what.split()[-1]}"])
        rows.append(
            Row(f"{what}, p95, stock admin", ours, admin, "ms", ours / admin, "≤ 1/30", ours * 30 <= admin)
        )
        rows.append(
            Row(f"{what}, p95, 50 rows in memory", ours, bare, "ms", ours / bare, "≤ 3×", ours <= 3 * bare)
        )
    plain, ours = p95(found["admin columns"]), p95(found["list"])
    rows.append(
        Row(
            "list, p95, admin with columns but no filter", ours, plain, "ms", ours / plain, "to compare", True
        )
    )
    size = found["bytes"] / 1024
    rows.append(Row("HTML of a list of 50 rows", size, 25, "KB", size / 25, "≤ 25 KB", size <= 25))
    return rows
