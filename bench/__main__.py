"""`python -m bench [name …]` runs the named benches, or all, as one table; status 1 if a goal is missed."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench
from bench import Row


def names() -> list[str]:
    """All bench modules that can be run."""
    found = [m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_")]
    return sorted(n for n in found if hasattr(importlib.import_module(f"bench.{n}"), "run"))


def show(title: str, rows: list[Row]) -> bool:
    """Print one bench; True when every goal is met."""
    print(f"\n{title}")
    print(f"  {'what':<58} {'ours':>12} {'theirs':>12} {'unit':<8} {'ratio':>8}  goal")
    for r in rows:
        mark = "ok" if r.ok else "MISSED"
        print(
            f"  {r.what:<58} {r.ours:>12.4g} {r.theirs:>12.4g} {r.unit:<8} {r.ratio:>8.3g}  {r.goal}  {mark}"
        )
    return all(r.ok for r in rows)


def main() -> int:
    """Run and print; the exit status says whether every goal was met."""
    met = True
    for name in sys.argv[1:] or names():
        module = importlib.import_module(f"bench.{name}")
        met &= show(module.TITLE, module.run())
        sys.stdout.flush()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
