"""Fingerprints: passages through bad OCR on texts held out of all tuning, and look-ups among 100,000 documents.

Texts: law texts of the reference samples that no threshold was chosen on; the look-up index is of invented documents.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import numpy as np

from bench import Row
from bmnn.discovery.fingerprint import Index, Key, find
from bmnn.discovery.fingerprint.postings import Postings
from bmnn.discovery.fingerprint.shingles import WINDOW, one_way, pack, winnow

TITLE = "Fingerprints through bad OCR, and look-ups among many"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
HELD_OUT = (
    "nghi-dinh-91-2026-nd-cp-chi-tiet-luat-giao-duc-dai-hoc.md",
    "nghi-dinh-209-2026-nd-cp-quan-ly-vat-lieu-xay-dung.md",
    "ly-lich-tu-phap.md",
    "103-2026-tt-bqp-tru-cap-quan-nhan.md",
)
DOCUMENTS, SYLLABLES = 100_000, 1800


def passages() -> list[Row]:
    """Share found of 60- and 40-word stretches in hosts four times longer; false matches among all."""
    from tests.discovery.ocr_pages import FOREIGN, FOREIGN_FAX, FOREIGN_WORN, ocr

    folder = SAMPLES / "documents" / "markdown"
    texts = {name: (folder / name).read_text("utf-8")[3000:15000] for name in HELD_OUT}
    directives = {p.name: p.read_text("utf-8") for p in (SAMPLES / "directives").glob("*.txt")}
    index = Index.empty(Key.new())
    index.add([(n, "", t) for n, t in (texts | directives).items() if ".ocr." not in n])
    scans = {"eng": FOREIGN, "eng, worn": FOREIGN_WORN, "eng, fax": FOREIGN_FAX}
    read = {how: {n: ocr(t[:7000], scan, seed=71) for n, t in texts.items()} for how, scan in scans.items()}
    rows = []
    ratios = []
    for how, held in read.items():
        for name, text in held.items():
            found = {m.document: m.containment for m in find(text, index)}
            ratios.append(
                (found.get(name, 0.0), max((c for n, c in found.items() if n != name), default=0.0))
            )
        for length, least in ((60, 0.95), (40, 0.90)):
            hits, wrong, tries = _stretches(held, index, length)
            rows.append(
                Row(
                    f"{length}-word passage, {how}",
                    hits / tries,
                    1.0,
                    "share",
                    hits / tries,
                    f">= {least}",
                    hits / tries >= least,
                )
            )
            rows.append(
                Row("  documents named wrongly", wrong, tries, "tries", wrong / tries, "0", wrong == 0)
            )
    true, false = min(t for t, _ in ratios), max(f for _, f in ratios)
    ratio = true / max(false, 1e-3)
    return [
        Row(
            "whole documents: least true / most false containment",
            true,
            false,
            "share",
            ratio,
            ">= 15",
            ratio >= 15,
        ),
        *rows,
    ]


def _stretches(read: dict[str, str], index: Index, length: int) -> tuple[int, int, int]:
    rng = random.Random(length)
    hits = wrong = 0
    tries = 300
    for _ in range(tries):
        name, other = rng.sample(sorted(read), 2)
        words, host = read[name].split(), read[other].split()
        at, of = rng.randrange(len(words) - length), rng.randrange(len(host) - 4 * length)
        cut = of + rng.randrange(4 * length)
        text = " ".join([*host[of:cut], *words[at : at + length], *host[cut : of + 4 * length]])
        found = {m.document for m in find(text, index)}
        hits += name in found
        wrong += len(found - {name, other})
    return hits, wrong, tries


def look_ups() -> list[Row]:
    """Median time to look up one document's shingles, and to find it wholly, in an index of 100,000 documents."""
    grid = np.random.default_rng(3)
    key = Key.new()
    weights = 1.0 / np.arange(1, 23) ** 0.7
    weights /= weights.sum()
    hashes, documents, places = [], [], []
    kept = None
    for number in range(DOCUMENTS):
        codes = grid.choice(22, SYLLABLES, p=weights).astype(np.uint8) + 1
        run = one_way(pack(codes), key)
        chosen = winnow(run, WINDOW)
        hashes.append(run[chosen])
        documents.append(np.full(len(chosen), number, np.uint32))
        places.append(chosen.astype(np.uint32))
        if number == DOCUMENTS // 2:
            kept = run
    postings = Postings.build(np.concatenate(hashes), np.concatenate(documents), np.concatenate(places))
    del hashes, documents, places
    assert kept is not None
    times = []
    for turn in range(60):
        codes = grid.choice(22, SYLLABLES, p=weights).astype(np.uint8) + 1
        asked = kept if turn % 2 else one_way(pack(codes), key)
        began = time.perf_counter()
        _, document, _ = postings.look_up(asked)
        best = np.bincount(document, minlength=1).argmax() if len(document) else -1
        times.append(1000 * (time.perf_counter() - began))
        assert not turn % 2 or best == DOCUMENTS // 2
    median = float(np.median(times))
    return [
        Row(
            f"look-up among {DOCUMENTS:,} documents ({len(postings):,} postings)",
            median,
            2.0,
            "ms",
            2.0 / median,
            "<= 2 ms",
            median <= 2,
        )
    ]


def run() -> list[Row]:
    """All rows; the passages need the reference samples."""
    if not SAMPLES.is_dir():
        print("  reference samples are absent: passages not measured", file=sys.stderr)
        return look_ups()
    return [*passages(), *look_ups()]
