"""Draws the shipped word pictures of the level stamps: `python -m bench._stamp_words FONT.ttf …` (bold
faces)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

OUT = Path(__file__).resolve().parents[1] / "src/bmnn/discovery/data/stamp_words.npz"
WORDS = {"TUYET_MAT": "TUYỆT MẬT", "TOI_MAT": "TỐI MẬT", "MAT": "MẬT"}
DPI = 200
POINTS = 13


def word(text: str, font: str) -> np.ndarray:
    """One word as ink, 255 where the letter is, cut to its box."""
    face = ImageFont.truetype(font, round(POINTS * DPI / 72))
    box = face.getbbox(text)
    sheet = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
    ImageDraw.Draw(sheet).text((-box[0], -box[1]), text, font=face, fill=255)
    return np.asarray(sheet)


def main() -> None:
    """Write one picture per level and face."""
    held = {
        f"{level}.{i}": word(text, font)
        for level, text in WORDS.items()
        for i, font in enumerate(sys.argv[1:])
    }
    np.savez_compressed(OUT, **held)
    print({name: picture.shape for name, picture in held.items()}, OUT.stat().st_size)


if __name__ == "__main__":
    main()
