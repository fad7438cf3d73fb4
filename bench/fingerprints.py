"""Fingerprints: passages through bad OCR on texts held out of all tuning, and look-ups among 100,000 documents.

Texts: law texts of the reference samples that no threshold was chosen on, each drawn, damaged and read by tesseract's
English model; directives, among which nothing may match; the look-up index is of invented documents. Public laws quote
one another: a document named counts as wrong only when the clean texts share no passage.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import numpy as np
from tests.discovery.ocr_pages import FOREIGN, FOREIGN_FAX, FOREIGN_WORN, FOREIGN_WORN_FAX, Scan, ocr
from tests.discovery.passages import planted

from bench import Row
from bmnn.discovery.fingerprint import Index, Key, find
from bmnn.discovery.fingerprint.postings import Postings
from bmnn.discovery.fingerprint.shingles import WINDOW, one_way, pack, winnow

TITLE = "Fingerprints through bad OCR, and look-ups among many"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
HELD_OUT = (
    *("nghi-dinh-91-2026-nd-cp-chi-tiet-luat-giao-duc-dai-hoc.md", "103-2026-tt-bqp-tru-cap-quan-nhan.md"),
    *("nghi-dinh-209-2026-nd-cp-quan-ly-vat-lieu-xay-dung.md", "ly-lich-tu-phap.md", "262-2026-nd-cp.md"),
    *(
        "30-2026-tt-byt-ghi-nhan-thanh-phan-dinh-duong.md",
        "an-ninh-mang.md",
        "co-yeu.md",
        "cong-tac-van-thu.md",
    ),
    *("du-lieu.md", "nghi-dinh-244-2026-nd-cp-phat-ngon-cung-cap-thong-tin-bao-chi.md", "luat-bao-chi.txt"),
    *("nghi-quyet-148-nq-cp-phien-hop-chinh-phu-thang-5-2026.md", "luat-an-ninh-quoc-gia.txt"),
    *("nghi-quyet-29-2026-qh16-co-che-dac-thu-dat-dai-du-an-ton-dong.md", "luat-cong-an-nhan-dan.txt"),
    *("luat-phong-chong-tham-nhung.txt", "luat-to-chuc-chinh-phu.txt"),
)
"""The half of the samples held out: the other half, with the directives, is what thresholds were chosen on."""
DOCUMENTS, SYLLABLES = 100_000, 1800


def passages() -> list[Row]:
    """Share found of 60- and 40-word stretches in hosts four times longer; false matches among all."""
    documents = SAMPLES / "documents"
    laws = {
        p.name: p.read_text("utf-8") for d in ("markdown", "text") for p in sorted((documents / d).iterdir())
    }
    directives = {
        p.name: p.read_text("utf-8")
        for p in sorted((SAMPLES / "directives").glob("*.txt"))
        if ".ocr." not in p.name
    }
    held = {name: laws[name] for name in HELD_OUT}
    index = _index(held | directives)
    related = {(n, m.document) for n, t in (held | directives).items() for m in find(t, index)}
    among = _index(directives)
    rows, ratios, wrong, least = [], [], 0, 1.0
    for how, scan in _scans().items():
        read = {n: ocr(_middle(t), scan, seed=71) for n, t in (held | directives).items()}
        for name, text in read.items():
            found = {m.document: m.containment for m in find(text, index)}
            if name in held:
                strange = [c for n, c in found.items() if (name, n) not in related]
                ratios.append((found.get(name, 0.0), max(strange, default=0.0)))
            else:
                named = {m.document: m.containment for m in find(text, among)}
                least = min(least, named.pop(name, 0.0))
                wrong += len(named)
        for length, goal in ((60, 0.95), (40, 0.90)):
            hits, strangers, tries = _stretches({n: read[n] for n in held}, index, related, length)
            share = hits / tries
            rows.append(_row(f"{length}-word passage, {how}", share, 1, "share", f">= {goal}", share >= goal))
            rows.append(_row("  documents named wrongly", strangers, tries, "tries", "0", strangers == 0))
    true, false = min(t for t, _ in ratios), max(f for _, f in ratios)
    ratio = true / max(false, 1e-3)
    what = "whole documents: least true / most false containment"
    told = sum(bool(find(text, among)) for text in laws.values())
    return [
        Row(what, true, false, "share", ratio, ">= 15", ratio >= 15),
        _row("directives read so: others named / least own containment", wrong, least, "", "0", wrong == 0),
        _row("directives named in sample documents", told, len(laws), "texts", "0", told == 0),
        *rows,
    ]


def _scans() -> dict[str, Scan]:
    return {
        "eng": FOREIGN,
        "eng, worn": FOREIGN_WORN,
        "eng, fax": FOREIGN_FAX,
        "eng, worn fax": FOREIGN_WORN_FAX,
    }


def _row(what: str, ours: float, theirs: float, unit: str, goal: str, ok: bool) -> Row:
    return Row(what, ours, theirs, unit, ours / theirs if theirs else 0.0, goal, ok)


def _index(texts: dict[str, str]) -> Index:
    index = Index.empty(Key.new())
    index.add((name, "", text) for name, text in texts.items())
    return index


def _middle(text: str) -> str:
    """About four pages, past the head of the document."""
    at = 1500 if len(text) < 20_000 else len(text) // 3
    return text[at : at + 5000]


def _stretches(
    read: dict[str, str], index: Index, related: set[tuple[str, str]], length: int
) -> tuple[int, int, int]:
    rng = random.Random(length)
    hits = wrong = 0
    tries = 500
    for _ in range(tries):
        name, other, text = planted(read, length, rng)
        found = {m.document for m in find(text, index)}
        hits += name in found
        wrong += sum((name, n) not in related and (other, n) not in related for n in found)
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
