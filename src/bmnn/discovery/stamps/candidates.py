"""Where on a plane a stamp may be: by likeness to drawn stamps at a coarse resolution, and by framed outlines.

At a coarse resolution a worn or 1-bit stamp turns into a grey likeness of itself, so correlation still answers,
over text too. Outlines find what is turned further than correlation bears.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from bmnn.discovery.stamps.planes import COARSE, FINE, Plane
from bmnn.discovery.stamps.templates import LEVELS, Gray, as_gray, template

_KEEP = 0.28
_PLACES = 9
_LEAST_INK = 0.02
"""Mean ink of a place worth comparing: correlation with blank paper is noise divided by nothing."""
_LONG_MM, _SHORT_MM = (13.0, 48.0), (5.0, 13.0)
_MOST_TURN = 25.0
_INKED = 0.25


@dataclass(frozen=True)
class Place:
    """Middle of a place in pixels of the plane at `FINE`, and how far it seems turned (degrees; None: unknown)."""

    x: float
    y: float
    turn: float | None = None


def places(plane: Plane) -> list[Place]:
    """Places worth a closer look, best first."""
    found = [*_outlines(plane), *_likenesses(plane.coarse())]
    kept: list[Place] = []
    for place in found:
        if not any(abs(place.x - k.x) < 20 and abs(place.y - k.y) < 8 for k in kept):
            kept.append(place)
    return kept


def _likenesses(coarse: Gray) -> list[Place]:
    peaks: list[tuple[float, float, float]] = []
    scale = FINE / COARSE
    for level in LEVELS:
        shape = template(level, COARSE, double=True, face=0).picture
        h, w = shape.shape
        if h > coarse.shape[0] or w > coarse.shape[1]:
            continue
        score = as_gray(cv2.matchTemplate(coarse, shape, cv2.TM_CCOEFF_NORMED))
        mean = cv2.boxFilter(coarse, -1, (w, h), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        score[mean[: score.shape[0], : score.shape[1]] < _LEAST_INK] = -1.0
        for _ in range(_PLACES // 2):
            _, best, _, (x, y) = cv2.minMaxLoc(score)
            if best < _KEEP:
                break
            peaks.append((best, (x + w / 2) * scale, (y + h / 2) * scale))
            score[max(0, y - 6) : y + 7, max(0, x - 12) : x + 13] = -1.0
    peaks.sort(reverse=True)
    return [Place(x, y) for _, x, y in peaks[:_PLACES]]


def _outlines(plane: Plane) -> list[Place]:
    mask = (plane.fine > _INKED).astype(np.uint8)
    if plane.kind == "red":
        mask = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8), iterations=2), np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mm = FINE / 25.4
    found = []
    for contour in contours:
        if len(contour) < 4 or cv2.boundingRect(contour)[2] < _LONG_MM[0] * mm * 0.9:
            continue
        (x, y), (w, h), turn = cv2.minAreaRect(contour)
        if w < h:
            w, h, turn = h, w, turn - 90.0
        turn = (turn + 90.0) % 180.0 - 90.0
        fits = _LONG_MM[0] * mm < w < _LONG_MM[1] * mm and _SHORT_MM[0] * mm < h < _SHORT_MM[1] * mm
        if fits and abs(turn) <= _MOST_TURN:
            found.append(Place(x, y, turn))
    return found[: 2 * _PLACES]
