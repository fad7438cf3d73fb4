"""Finds level stamps on one page image."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from bmnn.discovery.stamps.candidates import places
from bmnn.discovery.stamps.closely import Letters, Likeness, fit_letters, liken, word_patch
from bmnn.discovery.stamps.judge import Reader, judge, letters_fit
from bmnn.discovery.stamps.planes import FINE, Plane, ink, planes
from bmnn.discovery.stamps.templates import WORDS_DPI, Gray

_KEEP = 0.38
_EXAMINED = 4
"""Likenesses a page whose letters are looked at: the strongest ones."""
_ENOUGH = 0.6
"""A likeness from which a red plane's find is not looked for again among all ink."""


@dataclass(frozen=True)
class Stamp:
    """A stamp found.

    `box`: x, y, width, height in pixels of the page, around the stamp as it stands (turned or not); `score`: likeness
    0..1; `read`: what a reader made of the word; `sure`: evidence, else a person should look.
    """

    level: str
    box: tuple[int, int, int, int]
    score: float
    turn: float
    read: str
    sure: bool


def find_stamps(page: NDArray[np.uint8], dpi: int, read: Reader | None = None) -> list[Stamp]:
    """All level stamps on a page (RGB or grey array at `dpi`), strongest first."""
    found = []
    for plane, like in _best_per_place(page, dpi)[:_EXAMINED]:
        patch, box, letters = _letters(page, dpi, plane, like)
        text, confidence = read(_line(patch, box)) if read and letters.word >= 0.3 else ("", 0.0)
        verdict = judge(like.level, like.score, letters, text, confidence)
        if verdict:
            around = _around(plane, like, page, dpi)
            score = round(like.score, 3)
            found.append(Stamp(like.level, around, score, round(like.turn, 1), verdict.read, verdict.sure))
    return sorted(found, key=lambda s: (not s.sure, -s.score))


def contradicts(gray: NDArray[np.uint8], box: tuple[int, int, int, int], level: str) -> bool:
    """Whether print in a box (at `WORDS_DPI`), read as the level's word, shows the eye other letters or marks."""
    x, y, w, h = box
    side = round(6.0 * WORDS_DPI / 25.4)
    left, top = max(0, x - side), max(0, y - side)
    patch = ink(np.ascontiguousarray(gray[top : y + h + side, left : x + w + side]))
    letters = fit_letters(patch, (x - left, y - top, w, h), level)
    return letters.word >= 0.5 and (letters.mark_lead < -0.05 or letters.dot < 0.4 or letters.lead < -0.1)


def _letters(
    page: NDArray[np.uint8], dpi: int, plane: Plane, like: Likeness
) -> tuple[Gray, tuple[int, ...], Letters]:
    """The word of a likeness and how its letters fit.

    Red ink alone is free of printed text but blurred by the way pictures store colour, so where it does not fit, all
    ink is looked at too.
    """
    patch, box = word_patch(page, dpi, plane, like, plane.kind)
    letters = fit_letters(patch, box, like.level)
    if plane.kind == "red" and not letters_fit(letters):
        other, box = word_patch(page, dpi, plane, like, "all")
        second = fit_letters(other, box, like.level)
        if letters_fit(second) or second.word > letters.word:
            return other, box, second
    return patch, box, letters


def _best_per_place(page: NDArray[np.uint8], dpi: int) -> list[tuple[Plane, Likeness]]:
    seen: list[tuple[Plane, Likeness]] = []
    for plane in planes(page, dpi):
        for place in places(plane):
            x, y = place.x + plane.left, place.y + plane.top
            if any(k.score >= _ENOUGH and _same(x, y, p, k) for p, k in seen):
                continue
            like = liken(plane, place)
            if like and like.score >= _KEEP:
                seen.append((plane, like))
    kept: list[tuple[Plane, Likeness]] = []
    for plane, like in sorted(seen, key=lambda row: -row[1].score):
        if not any(_same(like.x + plane.left, like.y + plane.top, p, k) for p, k in kept):
            kept.append((plane, like))
    return kept


def _same(x: float, y: float, plane: Plane, like: Likeness) -> bool:
    return abs(x - like.x - plane.left) < 60 and abs(y - like.y - plane.top) < 22


def _line(patch: Gray, box: tuple[int, ...]) -> NDArray[np.uint8]:
    """The word as a reader wants it: the width of the frame's inside, dark on light, enlarged, on a clean margin."""
    x, y, w, h = box
    side, above = round(1.6 * WORDS_DPI / 25.4), round(0.35 * WORDS_DPI / 25.4)
    cut = patch[max(0, y - above) : y + h + above, max(0, x - side) : x + w + side]
    dark = (255 - np.clip(cut * 255, 0, 255)).astype(np.uint8)
    large = cv2.resize(dark, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, np.uint8)


def _around(plane: Plane, like: Likeness, page: NDArray[np.uint8], dpi: int) -> tuple[int, int, int, int]:
    """The upright box that holds the stamp, within the page."""
    turn = np.deg2rad(like.turn)
    w, h = like.box[2], like.box[3]
    wide, high = (
        abs(w * np.cos(turn)) + abs(h * np.sin(turn)),
        abs(w * np.sin(turn)) + abs(h * np.cos(turn)),
    )
    scale = dpi / FINE
    left = max(0, round((like.x + plane.left - wide / 2) * scale))
    top = max(0, round((like.y + plane.top - high / 2) * scale))
    right = min(page.shape[1], left + round(wide * scale))
    bottom = min(page.shape[0], top + round(high * scale))
    return left, top, right - left, bottom - top
