"""One place looked at closely: which level's stamp it resembles, how turned it is, and how well each letter fits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.stamps.candidates import Place
from bmnn.discovery.stamps.planes import FINE, Plane, ink
from bmnn.discovery.stamps.templates import (
    FACES,
    LEVELS,
    WORD_SOFTEN,
    WORDS_DPI,
    Gray,
    as_gray,
    letter,
    mark_rivals,
    rivals,
    rows,
    soften,
    template,
    word,
)

_TURNS = (-6.0, -3.0, 0.0, 3.0, 6.0)
_PATCH_MM = (54.0, 17.0)
_PROMISING = 0.26
"""Likeness of a place as it stands from which turns and faces are tried."""
_SCALES = (0.9, 1.0, 1.12, 1.25)


@dataclass(frozen=True)
class Likeness:
    """The best likeness at a place: `score` of the whole stamp 0..1; middle, turn and word box at `FINE`.

    `word_box` (x, y, width, height) lies in the patch turned upright, `patch_mm` wide and high.
    """

    level: str
    score: float
    x: float
    y: float
    turn: float
    face: int
    box: tuple[int, int, int, int]
    word_box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Letters:
    """How well the word fits, correlations -1..1.

    `word`: all of it; `worst`: its worst letter; `lead`: by how much each letter beats the best other letter there;
    `mark`, `mark_lead`: the circumflex of MẬT, and by how much it beats other marks; `dot`: the dot below.
    """

    word: float
    worst: float
    lead: float
    mark: float
    mark_lead: float
    dot: float


def upright(
    plane: NDArray[np.float32] | NDArray[np.uint8], x: float, y: float, turn: float, dpi: int
) -> Gray:
    """The patch around (x, y), in pixels of `plane`, turned so that the stamp stands level."""
    w, h = (round(v * dpi / 25.4) for v in _PATCH_MM)
    spin = cv2.getRotationMatrix2D((x, y), turn, 1.0)
    spin[0, 2] += w / 2 - x
    spin[1, 2] += h / 2 - y
    return as_gray(
        cv2.warpAffine(plane, spin, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def liken(plane: Plane, place: Place) -> Likeness | None:
    """Compare a place with every level; None where nothing is like a stamp."""
    best: tuple[float, str, float, bool, int, tuple[int, int]] | None = None

    def compare(patch: Gray, level: str, turn: float, double: bool, face: int) -> None:
        nonlocal best
        shape = template(level, FINE, double=double, face=face).picture
        _, score, _, at = cv2.minMaxLoc(cv2.matchTemplate(patch, shape, cv2.TM_CCOEFF_NORMED))
        if best is None or score > best[0]:
            best = (float(score), level, turn, double, face, (int(at[0]), int(at[1])))

    straight = place.turn or 0.0
    turns = _TURNS if place.turn is None else (-2.0, 0.0, 2.0)
    patch = soften(upright(plane.fine, place.x, place.y, straight, FINE))
    for level in LEVELS:
        compare(patch, level, straight, double=True, face=0)
    if best is None or best[0] < _PROMISING:
        return None
    level = best[1]
    patches = {straight: patch}
    for turn in (straight + by for by in turns if by):
        patches[turn] = soften(upright(plane.fine, place.x, place.y, turn, FINE))
        compare(patches[turn], level, turn, double=True, face=0)
    turn = best[2]
    for double in (True, False):
        for face in FACES:
            compare(patches[turn], level, turn, double, face)
    for finer in (turn - 1.5, turn + 1.5):
        patch = soften(upright(plane.fine, place.x, place.y, finer, FINE))
        compare(patch, level, finer, best[3], best[4])
    score, level, turn, double, face, (left, top) = best
    shape = template(level, FINE, double=double, face=face)
    h, w = shape.picture.shape
    wx, wy, ww, wh = shape.word_box
    return Likeness(
        level, score, place.x, place.y, turn, face, (left, top, w, h), (left + wx, top + wy, ww, wh)
    )


def word_patch(
    page: NDArray[np.uint8], dpi: int, plane: Plane, found: Likeness, kind: str
) -> tuple[Gray, tuple[int, ...]]:
    """The upright patch at `WORDS_DPI` as a plane of that kind sees it, and the word's box in it."""
    scale = dpi / FINE
    x, y = (found.x + plane.left) * scale, (found.y + plane.top) * scale
    reach = math.ceil(max(_PATCH_MM) * 0.62 * dpi / 25.4)
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    cut = page[top : int(y) + reach, left : int(x) + reach]
    seen = ink(np.ascontiguousarray(cut), kind)
    if dpi != WORDS_DPI:
        by = WORDS_DPI / dpi
        seen = as_gray(
            cv2.resize(seen, None, fx=by, fy=by, interpolation=cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC)
        )
    by = WORDS_DPI / dpi
    patch = upright(seen, (x - left) * by, (y - top) * by, found.turn, WORDS_DPI)
    return patch, tuple(round(v * WORDS_DPI / FINE) for v in found.word_box)


def fit_letters(patch: Gray, box: tuple[int, ...], level: str) -> Letters:
    """Lay the level's word on the patch where it fits best, then judge each letter against its rivals."""
    x, y, w, h = box
    mm = WORDS_DPI / 25.4
    side, above = round(4.0 * mm), round(1.3 * mm)
    area = soften(patch[max(0, y - above) : y + h + above, max(0, x - side) : x + w + side], WORD_SOFTEN)
    best: tuple[float, int, float, int, int] | None = None
    for face in FACES:
        for scale in _SCALES:
            shape = word(level, face, scale).picture
            if shape.shape[0] > area.shape[0] or shape.shape[1] > area.shape[1]:
                continue
            _, score, _, (left, top) = cv2.minMaxLoc(cv2.matchTemplate(area, shape, cv2.TM_CCOEFF_NORMED))
            if best is None or score > best[0]:
                best = (float(score), face, scale, left, top)
    if best is None:
        return Letters(0.0, 0.0, -1.0, 0.0, -1.0, 0.0)
    score, face, scale, left, top = best
    worst, lead = 1.0, 1.0
    letters = word(level, face, scale).letters
    for capital, at in letters:
        own = _near(area, letter(capital, face, scale), left + at, top)
        other = max(_near(area, letter(r, face, scale), left + at, top) for r in rivals(capital))
        worst, lead = min(worst, own), min(lead, own - other)
    capital, at = letters[-2]  # the vowel of MẬT: all that tells it from MẤT, MẶT, MẮT
    cap, base = rows(face, scale)
    mark = _near(area, letter(capital, face, scale)[: cap + 1], left + at, top)
    others = (letter(r, face, scale)[: cap + 1] for r in mark_rivals(capital))
    rival = max(_near(area, other, left + at, top) for other in others)
    dot = _near(area, letter(capital, face, scale)[base + 1 :], left + at, top + base + 1)
    return Letters(score, worst, lead, mark, mark - rival, dot)


def _near(area: Gray, part: Gray, x: int, y: int) -> float:
    """Correlation of a letter with the area around (x, y), give or take a few pixels."""
    where = area[max(0, y - 2) : y + part.shape[0] + 2, max(0, x - 3) : x + part.shape[1] + 3]
    if where.shape[0] < part.shape[0] or where.shape[1] < part.shape[1] or float(where.std()) < 1e-3:
        return 0.0
    return float(cv2.minMaxLoc(cv2.matchTemplate(where, part, cv2.TM_CCOEFF_NORMED))[1])
