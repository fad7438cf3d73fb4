"""Draws the shipped word pictures of the level stamps: `python -m bench._stamp_words FONT.ttf …` (bold faces).

Beside each picture stand the columns at which its letters begin and end; and every capital letter stands there by
itself, so that what looks like a letter of the word can be compared with all its rivals.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

OUT = Path(__file__).resolve().parents[1] / "src/bmnn/discovery/data/stamp_words.npz"
WORDS = {"TUYET_MAT": "TUYỆT MẬT", "TOI_MAT": "TỐI MẬT", "MAT": "MẬT"}
CAPITALS = "ABCDĐEGHIKLMNOPQRSTUVXYÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
DPI = 200
POINTS = 13


def word(text: str, font: str, above: int, below: int) -> tuple[np.ndarray, np.ndarray]:
    """Text as ink, 255 where the letter is, between two rows of the face; columns where each letter begins."""
    face = ImageFont.truetype(font, round(POINTS * DPI / 72))
    left, _, right, _ = face.getbbox(text)
    sheet = Image.new("L", (right - left, below - above), 0)
    ImageDraw.Draw(sheet).text((-left, -above), text, font=face, fill=255)
    cuts = [face.getlength(text[:n]) - left for n in range(len(text) + 1)]
    return np.asarray(sheet), np.array([*map(round, cuts)], np.int16)


def main() -> None:
    """Write one picture and its cuts per level and face, and all capitals per face."""
    held = {}
    for i, font in enumerate(sys.argv[1:]):
        face = ImageFont.truetype(font, round(POINTS * DPI / 72))
        _, above, _, below = face.getbbox("TUYỆT MẬT TỐI")
        _, top, _, base = face.getbbox("M")
        held[f"rows.{i}"] = np.array([top - above, base - above], np.int16)
        for level, text in WORDS.items():
            held[f"{level}.{i}"], held[f"{level}.{i}.cuts"] = word(text, font, above, below)
        for letter in CAPITALS:
            held[f"{letter}.{i}"], _ = word(letter, font, above, below)
    np.savez_compressed(OUT, **held)
    print(len(held), OUT.stat().st_size)


if __name__ == "__main__":
    main()
