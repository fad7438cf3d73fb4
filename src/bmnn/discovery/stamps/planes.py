"""What of a page is searched: its red ink alone, where the printed text vanishes, and all its ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.stamps.templates import Gray, as_gray

COARSE, FINE = 50, 100
"""Resolutions, dots per inch: to look everywhere, and to look closely at a few places."""
_RED_FROM, _RED_FULL = 40, 120
"""Redness (red above green and blue, 0..255) that counts as ink, and that is full ink."""
_LEAST_RED = 1 / 20_000
"""Share of red pixels from which a page is searched for red stamps."""


@dataclass(frozen=True)
class Plane:
    """One sight of a page at `FINE`, ink 0..1. `left`, `top`: where it begins on the page, in its own pixels."""

    kind: Literal["red", "all"]
    fine: Gray
    left: int = 0
    top: int = 0

    def coarse(self) -> Gray:
        """The same at `COARSE`."""
        scale = COARSE / FINE
        return as_gray(cv2.resize(self.fine, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def planes(page: NDArray[np.uint8], dpi: int) -> list[Plane]:
    """The red plane when the page has any red, cut to where it is; then the plane of all ink."""
    scale = FINE / dpi
    small = np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    found = []
    if small.ndim == 3 and (red := _red(small)) is not None:
        found.append(red)
    return [*found, Plane("all", ink(small))]


def ink(picture: NDArray[np.uint8], kind: str = "all") -> Gray:
    """Ink 0..1 of a picture (RGB or grey) as a plane of that kind sees it."""
    if kind == "red" and picture.ndim == 3:
        redness = cv2.subtract(picture[..., 0], cv2.max(picture[..., 1], picture[..., 2]))
        return as_gray(np.minimum(redness.astype(np.float32) / _RED_FULL, 1.0))
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    paper = float(_percentile(np.asarray(gray, np.uint8), 0.8))
    return as_gray(np.clip((paper - gray.astype(np.float32)) / max(paper, 1.0), 0.0, 1.0))


def _percentile(gray: NDArray[np.uint8], share: float) -> int:
    """From the histogram of every fourth line and column: sorting whole planes costs more than all else here."""
    counts = np.bincount(gray[::4, ::4].ravel(), minlength=256)
    return int(np.searchsorted(np.cumsum(counts), share * counts.sum()))


def _red(small: NDArray[np.uint8]) -> Plane | None:
    redness = cv2.subtract(small[..., 0], cv2.max(small[..., 1], small[..., 2]))
    red = redness > _RED_FROM
    if np.count_nonzero(red) <= red.size * _LEAST_RED:
        return None
    margin = FINE // 2
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    top, left = max(0, int(rows[0]) - margin), max(0, int(columns[0]) - margin)
    cut = redness[top : int(rows[-1]) + margin, left : int(columns[-1]) + margin]
    return Plane("red", as_gray(np.minimum(cut.astype(np.float32) / _RED_FULL, 1.0)), left, top)
