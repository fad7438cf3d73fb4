"""Draws scanned pages with level stamps, look-alike words and round seals, in the conditions scans come in."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTHS = {"TUYỆT MẬT": 40.0, "TỐI MẬT": 30.0, "MẬT": 20.0}
LEVELS = {"TUYỆT MẬT": "TUYET_MAT", "TỐI MẬT": "TOI_MAT", "MẬT": "MAT"}
FONTS = Path("/usr/share/fonts/truetype/liberation2")
if not FONTS.is_dir():
    FONTS = Path("/usr/share/fonts/truetype/liberation")

PARAGRAPH = (
    "Thực hiện chương trình công tác năm, Ủy ban nhân dân xã đề nghị các phòng, đơn vị rà soát hồ sơ, "
    "báo cáo kết quả cải cách hành chính, chỉnh trang đường làng, thu gom rác thải và chuẩn bị hội nghị "
    "tổng kết. Các đơn vị phân công cán bộ theo dõi, đôn đốc, gửi số liệu về Văn phòng đúng thời gian quy "
    "định; phát huy vai trò của nhân dân trong xây dựng nông thôn mới. "
)


@dataclass(frozen=True)
class Look:
    """How a page was scanned: `ink` colour|gray|bw; `fade` a worn, blotched stamp; `over` stamped across text."""

    ink: str = "colour"
    fade: bool = False
    over: bool = False
    turn: float = 0.0
    noise: float = 0.0
    double: bool = True
    dpi: int = 200


def stamp_layer(
    word: str, look: Look, rng: random.Random, font: str = "LiberationSerif-Bold.ttf"
) -> Image.Image:
    """The stamp alone as an ink mask (255 = full ink), turned as asked."""
    mm = look.dpi / 25.4
    width = WIDTHS.get(word) or next((w for w in (20.0, 30.0, 40.0) if w > 5.0 + 3.2 * len(word)), 48.0)
    w, h = int(width * mm), int(8 * mm)
    layer = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(layer)
    line = max(1, round(0.3 * mm))
    draw.rectangle((0, 0, w - 1, h - 1), outline=255, width=line)
    if look.double:
        gap = round(1.0 * mm)
        draw.rectangle((gap, gap, w - 1 - gap, h - 1 - gap), outline=255, width=line)
    size = int(13 * look.dpi / 72)
    face = ImageFont.truetype(str(FONTS / font), size)
    box = draw.textbbox((0, 0), word, font=face)
    room = (w - 3 * mm) / max(1, box[2] - box[0])
    if room < 1:
        face = ImageFont.truetype(str(FONTS / font), int(size * room))
        box = draw.textbbox((0, 0), word, font=face)
    draw.text(((w - box[2] - box[0]) / 2, (h - box[3] - box[1]) / 2), word, font=face, fill=255)
    if look.fade:
        layer = _worn(layer, rng)
    angle = look.turn or rng.uniform(-1.5, 1.5)
    return layer.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)


def _worn(layer: Image.Image, rng: random.Random) -> Image.Image:
    """Take away ink: 55 % in soft blotches and 14 % of single pixels."""
    grid = np.random.default_rng(rng.randrange(2**31))
    w, h = layer.size
    coarse = grid.random((max(2, h // 12), max(2, w // 12)))
    blotch = np.asarray(
        Image.fromarray((coarse * 255).astype(np.uint8)).resize((w, h), Image.Resampling.BICUBIC)
    )
    keep = 1.0 - 0.55 * np.clip((blotch / 255.0 - 0.2) / 0.6, 0, 1) / 0.55 * 0.75
    ink = np.asarray(layer).astype(float) * keep * (grid.random((h, w)) > 0.14)
    return Image.fromarray(ink.astype(np.uint8))


def page(word: str | None, look: Look, seed: int, *, seal: bool = False) -> NDArray[np.uint8]:
    """A page at A4 as an RGB array, with a stamp of `word` near the head (or none)."""
    rng = random.Random(seed)
    dpi = look.dpi
    sheet = Image.new("RGB", (int(8.27 * dpi), int(11.69 * dpi)), (255, 255, 255))
    _write(sheet, dpi, rng)
    if seal:
        _seal(sheet, dpi, rng)
    if word:
        layer = stamp_layer(word, look, rng)
        mm = dpi / 25.4
        if look.over:
            place = (int(rng.uniform(30, 120) * mm), int(rng.uniform(75, 180) * mm))
        else:
            place = (int(rng.uniform(25, 50) * mm), int(rng.uniform(47, 54) * mm))
        red = (rng.randint(175, 215), rng.randint(20, 50), rng.randint(30, 60))
        tint = Image.new("RGB", layer.size, red)
        below = sheet.crop((*place, place[0] + layer.size[0], place[1] + layer.size[1]))
        inked = np.minimum(
            np.asarray(below),
            np.asarray(Image.composite(tint, Image.new("RGB", layer.size, (255,) * 3), layer)),
        )
        sheet.paste(Image.fromarray(inked), place)
    return _scan(sheet, look, rng)


def _write(sheet: Image.Image, dpi: int, rng: random.Random) -> None:
    draw = ImageDraw.Draw(sheet)
    mm = dpi / 25.4
    face = ImageFont.truetype(str(FONTS / "LiberationSerif-Regular.ttf"), int(13 * dpi / 72))
    bold = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), int(13 * dpi / 72))
    draw.text((25 * mm, 20 * mm), "ỦY BAN NHÂN DÂN XÃ SỐ MỘT", font=bold, fill=(25, 25, 25))
    draw.text((105 * mm, 20 * mm), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=bold, fill=(25, 25, 25))
    draw.text((35 * mm, 32 * mm), f"Số: {rng.randint(1, 300)}/BC-UBND", font=face, fill=(25, 25, 25))
    words, y = (PARAGRAPH * 12).split(), 75 * mm
    line: list[str] = []
    for w in words:
        if draw.textlength(" ".join([*line, w]), font=face) > 160 * mm:
            draw.text((25 * mm, y), " ".join(line), font=face, fill=(25, 25, 25))
            y += 7 * mm
            line = []
            if y > 270 * mm:
                return
        line.append(w)


def _seal(sheet: Image.Image, dpi: int, rng: random.Random) -> None:
    draw = ImageDraw.Draw(sheet)
    mm = dpi / 25.4
    x, y, r = rng.uniform(110, 150) * mm, rng.uniform(200, 250) * mm, 17 * mm
    red = (200, 35, 45)
    draw.ellipse((x - r, y - r, x + r, y + r), outline=red, width=int(0.8 * mm))
    draw.ellipse((x - 0.7 * r, y - 0.7 * r, x + 0.7 * r, y + 0.7 * r), outline=red, width=int(0.3 * mm))
    face = ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), int(9 * dpi / 72))
    draw.text((x - 0.5 * r, y - 2 * mm), "ỦY BAN", font=face, fill=red)


def _scan(sheet: Image.Image, look: Look, rng: random.Random) -> NDArray[np.uint8]:
    grid = np.random.default_rng(rng.randrange(2**31))
    if look.noise:
        sheet = sheet.rotate(
            rng.uniform(-look.noise, look.noise), fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC
        )
        sheet = sheet.filter(ImageFilter.GaussianBlur(0.5))
        pixels = np.asarray(sheet).astype(np.int16) + grid.normal(0, 9, (*sheet.size[::-1], 1)).astype(
            np.int16
        )
        sheet = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if look.ink == "colour":
        held = io.BytesIO()
        sheet.save(held, "JPEG", quality=45)
        sheet = Image.open(held).convert("RGB")
    elif look.ink == "gray":
        sheet = sheet.convert("L").convert("RGB")
    else:
        gray = np.asarray(sheet.convert("L"))
        sheet = Image.fromarray(np.where(gray < 140, 0, 255).astype(np.uint8)).convert("RGB")
    return np.asarray(sheet)
