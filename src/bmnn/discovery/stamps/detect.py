"""Finds level stamps on one page image.

Two sights of a page are searched: its red ink alone (text of the page vanishes) and all its ink. At a coarse
resolution a worn or 1-bit stamp turns into a grey likeness of itself, so correlation with a drawn stamp still
answers. The best places are looked at again finely, with small turns, and the word inside is compared by itself.
Where a reader of words is given it has the last say against words that only look alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.stamps.judge import Reader, judge
from bmnn.discovery.stamps.templates import SIZES_MM, Template, faces, template

Gray = NDArray[np.float32]
COARSE, FINE = 50, 100
_COARSE_KEEP = 0.30
_FINE_KEEP = 0.36
_WORD_KEEP = 0.38
_PLACES = 8
_LEAST_INK = 0.02
"""Mean ink of a place worth comparing: correlation with blank paper is noise divided by nothing."""
_TURNS = (-9.0, -6.0, -3.0, 0.0, 3.0, 6.0, 9.0)


@dataclass(frozen=True)
class Stamp:
    """A stamp found.

    `box`, `word_box`: x, y, width, height in pixels of the page; `score`, `word_score`: correlation 0..1 of the whole
    and of the word alone; `read`: what the reader made of the word; `sure`: evidence, else a person should look.
    """

    level: str
    box: tuple[int, int, int, int]
    word_box: tuple[int, int, int, int]
    score: float
    word_score: float
    read: str
    sure: bool


def sights(page: NDArray[np.uint8]) -> list[Gray]:
    """The planes to search: red ink alone when the page has any, then all ink; values 0..1, 1 = ink."""
    if page.ndim == 2:
        return [_ink(page)]
    red, green, blue = (page[..., i] for i in range(3))
    redness = cv2.subtract(red, cv2.max(green, blue))
    planes = []
    if int(np.count_nonzero(redness > 40)) > page.shape[0] * page.shape[1] // 20000:
        planes.append(np.minimum(redness.astype(np.float32) / 120.0, 1.0))
    planes.append(_ink(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.uint8)))
    return planes


def _ink(gray: NDArray[np.uint8]) -> Gray:
    sample = gray[::4, ::4]
    paper = float(np.percentile(sample, 80))
    return np.clip((paper - gray.astype(np.float32)) / max(paper, 1.0), 0.0, 1.0)


def _shrink(plane: Gray, scale: float) -> Gray:
    return cv2.resize(plane, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)


def find_stamps(page: NDArray[np.uint8], dpi: int, read: Reader | None = None) -> list[Stamp]:
    """All level stamps on a page (RGB or grey array at `dpi`), strongest first."""
    found: list[tuple[Stamp, Gray]] = []
    for plane in sights(page):
        coarse = _shrink(plane, COARSE / dpi)
        fine = _shrink(plane, FINE / dpi)
        for level, x, y in _places(coarse):
            stamp = _examine(fine, level, x * FINE // COARSE, y * FINE // COARSE)
            if stamp and stamp.score >= _FINE_KEEP and stamp.word_score >= _WORD_KEEP:
                found.append((stamp, plane))
    chosen = []
    for stamp, plane in _best_per_place(found):
        verdict = judge(_word_picture(plane, stamp, dpi), stamp.level, stamp.score, stamp.word_score, read)
        if verdict:
            box, word = (_scaled(b, dpi / FINE) for b in (stamp.box, stamp.word_box))
            chosen.append(replace(stamp, box=box, word_box=word, read=verdict.read, sure=verdict.sure))
    return chosen


def _scaled(box: tuple[int, int, int, int], by: float) -> tuple[int, int, int, int]:
    x, y, w, h = (round(v * by) for v in box)
    return x, y, w, h


def _word_picture(plane: Gray, stamp: Stamp, dpi: int) -> NDArray[np.uint8]:
    """The word inside a stamp, dark on light, at the page's own resolution."""
    x, y, w, h = _scaled(stamp.word_box, dpi / FINE)
    side, above = round(0.9 * dpi / 25.4), round(0.35 * dpi / 25.4)
    cut = plane[max(0, y - above) : y + h + above, max(0, x - side) : x + w + side]
    return (255 - np.clip(cut * 255, 0, 255)).astype(np.uint8)


def _places(coarse: Gray) -> list[tuple[str, int, int]]:
    """Best coarse places over all levels: (level, x, y) of the template's top left corner."""
    peaks: list[tuple[float, str, int, int]] = []
    for level in SIZES_MM:
        for double in (True, False):
            shape = template(level, COARSE, double=double, face=0).picture
            if shape.shape[0] > coarse.shape[0] or shape.shape[1] > coarse.shape[1]:
                continue
            score = cv2.matchTemplate(coarse, shape, cv2.TM_CCOEFF_NORMED)
            h, w = shape.shape
            ink = cv2.boxFilter(coarse, -1, (w, h), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
            score[ink[: score.shape[0], : score.shape[1]] < _LEAST_INK] = -1.0
            for _ in range(_PLACES // 2):
                _, top, _, (x, y) = cv2.minMaxLoc(score)
                if top < _COARSE_KEEP:
                    break
                peaks.append((top, level, x, y))
                score[max(0, y - 6) : y + 7, max(0, x - 12) : x + 13] = -1.0
    peaks.sort(reverse=True)
    return [(level, x, y) for _, level, x, y in peaks[:_PLACES]]


def _examine(fine: Gray, level: str, x: int, y: int) -> Stamp | None:
    best: tuple[float, Template, int, int] | None = None
    around = 8
    for face in range(faces()):
        for double in (True, False):
            for turn in _TURNS:
                shape = template(level, FINE, double=double, face=face, turn=turn)
                h, w = shape.picture.shape
                top, left = max(0, y - around), max(0, x - around)
                area = fine[top : y + h + around, left : x + w + around]
                if area.shape[0] < h or area.shape[1] < w:
                    continue
                _, score, _, (dx, dy) = cv2.minMaxLoc(
                    cv2.matchTemplate(area, shape.picture, cv2.TM_CCOEFF_NORMED)
                )
                if best is None or score > best[0]:
                    best = (score, shape, left + dx, top + dy)
    if best is None:
        return None
    score, shape, left, top = best
    wx, wy, ww, wh = shape.word_box
    pad = 3
    word = shape.picture[wy : wy + wh, wx : wx + ww]
    area = fine[max(0, top + wy - pad) : top + wy + wh + pad, max(0, left + wx - pad) : left + wx + ww + pad]
    word_score = 0.0
    if area.shape[0] >= word.shape[0] and area.shape[1] >= word.shape[1] and float(area.std()) > 1e-3:
        word_score = float(cv2.minMaxLoc(cv2.matchTemplate(area, word, cv2.TM_CCOEFF_NORMED))[1])
    h, w = shape.picture.shape
    return Stamp(
        level, (left, top, w, h), (left + wx, top + wy, ww, wh), float(score), word_score, read="", sure=False
    )


def _best_per_place(found: list[tuple[Stamp, Gray]]) -> list[tuple[Stamp, Gray]]:
    kept: list[tuple[Stamp, Gray]] = []
    for stamp, plane in sorted(found, key=lambda row: -(row[0].score + 0.5 * row[0].word_score)):
        if not any(_same_place(stamp.box, k.box) for k, _ in kept):
            kept.append((stamp, plane))
    return kept


def _same_place(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    across = abs((a[0] + a[2] / 2) - (b[0] + b[2] / 2))
    down = abs((a[1] + a[3] / 2) - (b[1] + b[3] / 2))
    return across < max(a[2], b[2]) / 2 and down < max(a[3], b[3]) / 2
