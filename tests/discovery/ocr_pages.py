"""Draws a text as scanned pages of several strengths and reads them back with tesseract: OCR texts nobody typed."""

from __future__ import annotations

import io
import random
import textwrap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tesserocr
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/truetype/liberation2")
if not FONTS.is_dir():
    FONTS = Path("/usr/share/fonts/truetype/liberation")
TESSDATA = next((str(p) for p in Path("/usr/share").glob("tesseract-ocr/*/tessdata")), "")
LINES = 42


@dataclass(frozen=True)
class Scan:
    """How bad a scan is and who reads it."""

    language: str = "vie"
    dpi: int = 150
    turn: float = 0.0
    blur: float = 0.0
    grain: float = 0.0
    salt: float = 0.0
    bits: int = 8
    quality: int = 60


GOOD = Scan()
WORN = Scan(turn=1.2, blur=0.6, grain=14, quality=35)
FOREIGN = Scan(language="eng", blur=0.4, grain=8)
FOREIGN_WORN = Scan(language="eng", turn=0.8, blur=0.6, grain=12, quality=40)
FOREIGN_FAX = Scan(language="eng", dpi=200, bits=1, salt=0.004, turn=0.5)
FOREIGN_WORN_FAX = Scan(language="eng", dpi=200, bits=1, salt=0.008, turn=0.8, blur=0.3)


def pages(text: str, scan: Scan, seed: int) -> list[Image.Image]:
    """The text set in a serif face, 42 lines a page, and damaged as `scan` says."""
    rng = random.Random(seed)
    lines = [row for line in text.splitlines() for row in (textwrap.wrap(line, 82) or [""])]
    lines = [row for i, row in enumerate(lines) if row or (i and lines[i - 1])]
    return [_page(lines[at : at + LINES], scan, rng) for at in range(0, len(lines), LINES)]


def _page(lines: list[str], scan: Scan, rng: random.Random) -> Image.Image:
    mm = scan.dpi / 25.4
    face = ImageFont.truetype(str(FONTS / "LiberationSerif-Regular.ttf"), round(12 * scan.dpi / 72))
    height = int((30 + 6.2 * len(lines)) * mm)
    sheet = Image.new("L", (int(200 * mm), height), 255)
    draw = ImageDraw.Draw(sheet)
    for i, line in enumerate(lines):
        draw.text((16 * mm, (14 + 6.2 * i) * mm), line, font=face, fill=20)
    if scan.turn:
        sheet = sheet.rotate(
            rng.uniform(-scan.turn, scan.turn), fillcolor=255, resample=Image.Resampling.BICUBIC
        )
    if scan.blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(scan.blur))
    grid = np.random.default_rng(rng.randrange(2**31))
    pixels = np.asarray(sheet).astype(float)
    if scan.grain:
        pixels += grid.normal(0, scan.grain, pixels.shape)
    if scan.salt:
        pixels[grid.random(pixels.shape) < scan.salt] = 0
        pixels[grid.random(pixels.shape) < scan.salt] = 255
    if scan.bits == 1:
        pixels = np.where(pixels < 140, 0, 255)
    sheet = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    held = io.BytesIO()
    sheet.save(held, "JPEG", quality=scan.quality)
    return Image.open(held).convert("L")


def read(images: list[Image.Image], scan: Scan) -> str:
    """What tesseract reads on the pages."""
    with tesserocr.PyTessBaseAPI(path=TESSDATA, lang=scan.language) as engine:
        texts = []
        for image in images:
            engine.SetImage(image)
            engine.SetSourceResolution(scan.dpi)
            texts.append(engine.GetUTF8Text())
    return "\n".join(texts)


def ocr(text: str, scan: Scan, seed: int = 1) -> str:
    """Draw, damage and read back."""
    return read(pages(text, scan, seed), scan)
