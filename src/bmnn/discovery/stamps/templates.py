"""Pictures of the level stamps to compare a page with, drawn from the legal size of each stamp."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.float32]

WORDS = {"TUYET_MAT": "TUYỆT MẬT", "TOI_MAT": "TỐI MẬT", "MAT": "MẬT"}
LEVELS = tuple(WORDS)
_DOT_BELOW = "\u0323"
SIZES_MM = {"TUYET_MAT": (40.0, 8.0), "TOI_MAT": (30.0, 8.0), "MAT": (20.0, 8.0)}
"""Width and height; a picture to look for, not a rule to obey: the legal sizes stand in the law room."""
FACES = (0, 1)
"""Type faces of the word pictures: with and without serifs."""
WORDS_DPI = 200
_MARGIN_MM = 1.6
WORD_SOFTEN = 1.3
"""Blur of word pictures, in pixels: a line half a pixel aside is still the same line."""


@dataclass(frozen=True)
class Template:
    """A whole stamp: ink 0..1 on an empty margin; `word_box` x, y, width, height of the word in it."""

    picture: Gray
    word_box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Word:
    """A stamp's word at `WORDS_DPI`: ink 0..1, and its letters with the column each begins at."""

    picture: Gray
    letters: tuple[tuple[str, int], ...]


def soften(picture: Gray, by: float = 0.8) -> Gray:
    """A slightly blurred copy."""
    return as_gray(cv2.GaussianBlur(picture, (0, 0), by))


def as_gray(picture: Any) -> Gray:
    """What an image function returned, as a plane of ink."""
    plane: Gray = np.asarray(picture, np.float32)
    return plane


@cache
def _words() -> dict[str, NDArray[Any]]:
    with files("bmnn.discovery").joinpath("data/stamp_words.npz").open("rb") as stream:
        held = np.load(stream, allow_pickle=False)
        return {name: held[name] for name in held.files}


@cache
def word(level: str, face: int, scale: float = 1.0) -> Word:
    """The word of a level in one face, enlarged by `scale` and softened."""
    cuts = [round(float(v) * scale) for v in _words()[f"{level}.{face}.cuts"]]
    letters = tuple((c, max(0, at)) for c, at in zip(WORDS[level], cuts, strict=False) if c != " ")
    return Word(_picture(f"{level}.{face}", scale), letters)


@cache
def letter(capital: str, face: int, scale: float) -> Gray:
    """One capital letter in the rows of the word, softened likewise."""
    return _picture(f"{capital}.{face}", scale)


@cache
def rows(face: int, scale: float) -> tuple[int, int]:
    """First row of the letters' bodies and the row below them, in word pictures."""
    top, base = _words()[f"rows.{face}"]
    return round(float(top) * scale), round(float(base) * scale)


@cache
def rivals(capital: str) -> tuple[str, ...]:
    """Capitals of another shape that might be taken for one: of a marked vowel those with the same marks."""
    marks = unicodedata.normalize("NFD", capital)[1:]
    apart = {c: unicodedata.normalize("NFD", c) for c in _capitals()}
    return tuple(c for c, s in apart.items() if c != capital and s[1:] == marks)


@cache
def mark_rivals(capital: str) -> tuple[str, ...]:
    """The same vowel with other marks above (Ậ: Ạ, Ặ, Ấ, Á …)."""
    base, *marks = list(unicodedata.normalize("NFD", capital))
    above = [m for m in marks if m != _DOT_BELOW]
    found = []
    for other in _capitals():
        other_base, *other_marks = list(unicodedata.normalize("NFD", other))
        if other_base == base and (seen := [m for m in other_marks if m != _DOT_BELOW]) and seen != above:
            found.append(other)
    return tuple(found)


@cache
def _capitals() -> tuple[str, ...]:
    return tuple(n[0] for n in _words() if n[1:] == ".0")


def _picture(name: str, scale: float) -> Gray:
    ink = as_gray(_words()[name]) / 255.0
    if scale != 1.0:
        ink = as_gray(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return soften(ink, WORD_SOFTEN)


@cache
def template(level: str, dpi: int, *, double: bool, face: int) -> Template:
    """Draw a stamp at a resolution."""
    mm = WORDS_DPI / 25.4
    width, height = (round(v * mm) for v in SIZES_MM[level])
    margin = round(_MARGIN_MM * mm)
    sheet = np.zeros((height + 2 * margin, width + 2 * margin), np.float32)
    line = 2
    cv2.rectangle(sheet, (margin, margin), (margin + width - 1, margin + height - 1), 1.0, line)
    if double:
        gap = round(1.0 * mm)
        corner = (margin + gap, margin + gap)
        cv2.rectangle(sheet, corner, (margin + width - 1 - gap, margin + height - 1 - gap), 1.0, line)
    ink = as_gray(_words()[f"{level}.{face}"]) / 255.0
    room = width - 2.6 * mm
    if ink.shape[1] > room:
        shrink = room / ink.shape[1]
        ink = as_gray(cv2.resize(ink, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA))
    y, x = (sheet.shape[0] - ink.shape[0]) // 2, (sheet.shape[1] - ink.shape[1]) // 2
    area = sheet[y : y + ink.shape[0], x : x + ink.shape[1]]
    np.maximum(area, ink, out=area)
    scale = dpi / WORDS_DPI
    small = as_gray(cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    box = [round(v * scale) for v in (x, y, ink.shape[1], ink.shape[0])]
    return Template(soften(small), (box[0], box[1], box[2], box[3]))
