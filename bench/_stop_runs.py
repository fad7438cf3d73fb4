"""Makes the shipped list of set phrases: `python -m bench._stop_runs FOLDER`, a folder of public law texts.

A run of onsets counts as a set phrase when it occurs in at least two of the texts, or anywhere in a text
about the protection of state secrets (directives quote that law at length).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bmnn.discovery.fingerprint.shingles import pack
from bmnn.vietnamese import fold, onset_codes

OUT = Path(__file__).resolve().parents[1] / "src/bmnn/discovery/data/stop_runs.npy"
OWN_SUBJECT = "bao ve bi mat nha nuoc"
OWN_SUBJECT_TIMES = 50


def stop_runs(texts: list[str]) -> np.ndarray:
    """Sorted packed runs held by two texts or more, or by a text on the protection of state secrets."""
    each = [np.unique(pack(onset_codes(text)[0])) for text in texts]
    runs, times = np.unique(np.concatenate(each), return_counts=True)
    own = [runs_ for runs_, text in zip(each, texts, strict=True) if _on_subject(text)]
    return np.unique(np.concatenate([runs[times >= 2], *own]))


def _on_subject(text: str) -> bool:
    return fold(text).count(OWN_SUBJECT) >= OWN_SUBJECT_TIMES


def main() -> None:
    """Write the list as differences, which compress well inside a wheel."""
    paths = [p for p in sorted(Path(sys.argv[1]).rglob("*")) if p.suffix in {".txt", ".md"}]
    runs = stop_runs([p.read_text("utf-8") for p in paths])
    np.save(OUT, np.diff(runs, prepend=np.uint64(0)))
    print(f"{len(paths)} texts, {len(runs)} runs -> {OUT.name}, {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
