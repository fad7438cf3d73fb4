"""Stamps on rendered scans: recall in each kind of scan, look-alike words, time beside OCR."""

from __future__ import annotations

import os
import time

import numpy as np

from bench import Row

TITLE = "Level stamps as pictures"
PAGES = int(os.environ.get("BMNN_BENCH_STAMPS", "30"))
WORDS = 330
SEED = 31
"""Another seed draws words and seals that no change to the stamp room has seen."""


def run() -> list[Row]:
    """Recall (any sign of a stamp, and as evidence), false evidence on 330 words never used, share of OCR's time."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import cv2
    from tests.discovery.look_alikes import look_alikes
    from tests.discovery.stamp_pages import LEVELS, WIDTHS, Look, page

    from bmnn.discovery.scan.pages import LineReader
    from bmnn.discovery.stamps import find_stamps
    from bmnn.reading.ocr import Recogniser

    cv2.setNumThreads(1)
    line, names = LineReader(), list(WIDTHS)
    goals = [
        ("ordinary colour", Look(noise=1), 1.0),
        ("ordinary grey", Look(ink="gray"), 1.0),
        ("ordinary 1-bit", Look(ink="bw"), 1.0),
        ("turned 8 degrees", Look(turn=8), 0.95),
        ("faded colour", Look(fade=True, noise=2), 0.95),
        ("colour over text", Look(over=True), 0.95),
        ("grey over text", Look(ink="gray", over=True), 0.85),
        ("faded 1-bit", Look(ink="bw", fade=True), 0.60),
    ]
    rows = []
    for name, look, least in goals:
        found = sure = 0
        for number in range(PAGES):
            word = names[number % 3]
            stamps = find_stamps(page(word, look, 40_000 + number), look.dpi, line)
            found += bool(stamps)
            sure += any(s.sure and s.level == LEVELS[word] for s in stamps)
        share = found / PAGES
        rows.append(
            Row(
                f"{name}: found (as evidence)",
                share,
                sure / PAGES,
                "share",
                share,
                f">= {least}",
                share >= least,
            )
        )
    looks = [look for _, look, _ in goals]
    false = sum(
        any(
            s.sure
            for s in find_stamps(page(w, looks[n % len(looks)], 1000 * SEED + n, seal=n % 4 == 0), 200, line)
        )
        for n, w in enumerate(look_alikes(WORDS, seed=SEED))
    )
    rows.append(
        Row(
            f"{WORDS} look-alike words and seals taken as evidence",
            false,
            WORDS,
            "pages",
            false / WORDS,
            "0",
            false == 0,
        )
    )
    recogniser = Recogniser()
    read, looked = [], []
    for number in range(10):
        picture = page(None if number % 2 else "MẬT", Look(noise=1), 60_000 + number, seal=True)
        gray = np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
        began = time.process_time()
        recogniser.pixels(gray)
        middle = time.process_time()
        find_stamps(picture, 200, line)
        read.append(middle - began)
        looked.append(time.process_time() - middle)
    ours, theirs = 1000 * float(np.median(looked)), 1000 * float(np.median(read))
    rows.append(
        Row(
            "stamps beside OCR, a page",
            ours,
            theirs,
            "ms CPU",
            ours / theirs,
            "<= 0.06",
            ours <= 0.06 * theirs,
        )
    )
    return rows
