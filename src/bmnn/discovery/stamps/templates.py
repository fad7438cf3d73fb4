"""Pictures of the level stamps to compare a page with, drawn from the legal size of each stamp."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.float32]

SIZES_MM = {"TUYET_MAT": (40.0, 8.0), "TOI_MAT": (30.0, 8.0), "MAT": (20.0, 8.0)}
"""Width and height; a picture to look for, not a rule to obey: the legal sizes stand in the law room."""
_MARGIN_MM = 1.6
_WORDS_DPI = 200


@dataclass(frozen=True)
class Template:
    """One picture: ink 0..1 on an empty margin."""

    level: str
    picture: Gray
    word_box: tuple[int, int, int, int]


@cache
def _words() -> dict[str, NDArray[np.uint8]]:
    with files("bmnn.discovery").joinpath("data/stamp_words.npz").open("rb") as stream:
        held = np.load(stream, allow_pickle=False)
        return {name: held[name] for name in held.files}


@cache
def faces() -> int:
    """How many type faces the word pictures come in."""
    return sum(name.startswith("MAT.") for name in _words())


@cache
def template(level: str, dpi: int, *, double: bool, face: int, turn: float = 0.0) -> Template:
    """Draw a stamp at a resolution; `turn` in degrees, counter-clockwise."""
    fine = _WORDS_DPI
    mm = fine / 25.4
    width, height = (round(v * mm) for v in SIZES_MM[level])
    margin = round(_MARGIN_MM * mm)
    sheet = np.zeros((height + 2 * margin, width + 2 * margin), np.float32)
    line = 2
    cv2.rectangle(sheet, (margin, margin), (margin + width - 1, margin + height - 1), 1.0, line)
    if double:
        gap = round(1.0 * mm)
        corner = (margin + gap, margin + gap)
        cv2.rectangle(sheet, corner, (margin + width - 1 - gap, margin + height - 1 - gap), 1.0, line)
    word = _words()[f"{level}.{face}"].astype(np.float32) / 255.0
    room = width - 2.6 * mm
    if word.shape[1] > room:
        shrink = room / word.shape[1]
        word = cv2.resize(word, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    y, x = (sheet.shape[0] - word.shape[0]) // 2, (sheet.shape[1] - word.shape[1]) // 2
    area = sheet[y : y + word.shape[0], x : x + word.shape[1]]
    np.maximum(area, word, out=area)
    if turn:
        middle = (sheet.shape[1] / 2, sheet.shape[0] / 2)
        spin = cv2.getRotationMatrix2D(middle, turn, 1.0)
        sheet = cv2.warpAffine(sheet, spin, sheet.shape[::-1]).astype(np.float32)
    scale = dpi / fine
    small = cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    box = tuple(round(v * scale) for v in (x, y, word.shape[1], word.shape[0]))
    return Template(level, small, (box[0], box[1], box[2], box[3]))
