"""Makes the shipped list of set phrases: `python -m bench._stop_runs FOLDER`, a folder of public law texts.

A run of onsets counts as a set phrase when it occurs in at least ten of the texts, or anywhere in a text
about the protection of state secrets (directives quote that law at length). Texts gathered from a whole folder of
others (`x.md` beside a folder `x`) are left out: they would count everything twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bmnn.discovery.fingerprint.shingles import pack
from bmnn.vietnamese import fold, onset_codes

OUT = Path(__file__).resolve().parents[1] / "src/bmnn/discovery/data/stop_runs.npz"
LEAST_TEXTS = 10
OWN_SUBJECT = "bao ve bi mat nha nuoc"
OWN_SUBJECT_SHARE = 1 / 800
"""Mentions per character from which a text is about the subject and not only mentions it."""
_BATCH = 40


def stop_runs(texts: Iterable[str]) -> np.ndarray:
    """Sorted packed runs held by ten texts or more, or by a text on the protection of state secrets."""
    runs, times = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    own, batch = [], []
    for text in texts:
        batch.append(np.unique(pack(onset_codes(text)[0])))
        if _on_subject(text):
            own.append(batch[-1])
        if len(batch) == _BATCH:
            runs, times = _merged(runs, times, batch)
            batch = []
    runs, times = _merged(runs, times, batch)
    return np.unique(np.concatenate([runs[times >= LEAST_TEXTS], *own]))


def _merged(runs: np.ndarray, times: np.ndarray, batch: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    together = np.concatenate([runs, *batch])
    counts = np.concatenate([times, *(np.ones(len(b), np.int64) for b in batch)])
    order = np.argsort(together, kind="stable")
    together, counts = together[order], counts[order]
    first = np.flatnonzero(np.concatenate(([True], together[1:] != together[:-1])))
    return together[first], np.add.reduceat(counts, first)


def _on_subject(text: str) -> bool:
    return fold(text).count(OWN_SUBJECT) > len(text) * OWN_SUBJECT_SHARE


def main() -> None:
    """Write the list as differences, which compress well inside a wheel."""
    paths = [p for p in sorted(Path(sys.argv[1]).rglob("*")) if p.suffix in {".txt", ".md"}]
    paths = [p for p in paths if not p.with_suffix("").is_dir()]
    runs = stop_runs(p.read_text("utf-8", "replace") for p in paths)
    np.savez_compressed(OUT, steps=np.diff(runs, prepend=np.uint64(0)))
    print(f"{len(paths)} texts, {len(runs)} runs -> {OUT.name}, {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
