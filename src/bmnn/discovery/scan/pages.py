"""Inside the worker: one page picture → its text, its stamps, and small pictures of what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
import tesserocr
from numpy.typing import NDArray
from PIL import Image

from bmnn.discovery.signals import Signal
from bmnn.discovery.stamps import contradicts, find_stamps
from bmnn.reading import PageImage, ocr
from bmnn.reading.ocr import OcrPage, tessdata

_LEAST_SIDE = 48
"""Pictures smaller than this hold no line of text that could be read."""
_DOUBTED = 0.55
"""Score of a level word that OCR read where the eye sees other letters or marks: MẶT, MẤT."""
_CROP_WIDE, _CROP_QUALITY = 360, 60


class LineReader:
    """Reads the word inside a stamp: one line of Vietnamese capitals."""

    def __init__(self) -> None:
        """Load the model. Raises OcrMissing."""
        self._api = tesserocr.PyTessBaseAPI(path=str(tessdata()), lang="vie", psm=tesserocr.PSM.SINGLE_LINE)
        self._api.SetVariable("debug_file", "")  # as in `reading.ocr`: no file can be opened behind the lock

    def __call__(self, picture: NDArray[np.uint8]) -> tuple[str, float]:
        """See `stamps.Reader`."""
        self._api.SetImage(Image.fromarray(picture))
        text = str(self._api.GetUTF8Text()).strip()
        confidence = float(self._api.MeanTextConf())
        self._api.Clear()
        return text, confidence


class PageReader:
    """Reads pages: what stands on them, and the stamps. One page at a time."""

    def __init__(self, page_seconds: float) -> None:
        """Load the models. Raises OcrMissing. `page_seconds`: budget of one page."""
        ocr.load({"page_seconds": page_seconds})
        self._line = LineReader()

    def read(self, image: PageImage) -> PageRead | None:
        """Read one page; None where the picture is too small to hold text."""
        colour = image.colour(ocr.DPI)
        if min(colour.shape[:2]) < _LEAST_SIDE:
            return None
        gray = np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), np.uint8)
        page = ocr.recogniser().pixels(gray, ocr.DPI)
        if page.turns:
            colour = np.ascontiguousarray(np.rot90(colour, page.turns))
        return PageRead(page, colour, tuple(_stamps(colour, image.number, self._line)))


@dataclass(frozen=True)
class PageRead:
    """What one page gave. `colour`: the page as it was read, turned upright."""

    ocr: OcrPage
    colour: NDArray[np.uint8]
    signals: tuple[Signal, ...]

    def with_place(self, signal: Signal) -> Signal:
        """Give a signal of the page's text its place on the picture and a crop of it."""
        if signal.at is None:
            return signal
        start, end = signal.at
        boxes = [w.box for w in self.ocr.words if w.start < end and w.end > start]
        if not boxes:
            return signal
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
        box = (left, top, right - left, bottom - top)
        score = signal.score
        if signal.kind == "level_line" and signal.level and signal.text.isupper():
            gray = np.asarray(cv2.cvtColor(self.colour, cv2.COLOR_RGB2GRAY), np.uint8)
            score = min(score, _DOUBTED) if contradicts(gray, box, signal.level) else score
        return replace(signal, box=box, crop=crop(self.colour, box), score=score)


def _stamps(colour: NDArray[np.uint8], number: int, line: LineReader) -> list[Signal]:
    found = find_stamps(colour, ocr.DPI, line)
    # A page that shows the stamps of several levels shows samples.
    samples = len({s.level for s in found if s.sure}) > 1
    signals: list[Signal] = []
    for stamp in found:
        sure = stamp.sure and not samples
        score = max(0.8, stamp.score) if sure else min(0.6, max(0.4, stamp.score))
        rule = "Dấu độ mật trên ảnh trang" if sure else "Hình giống dấu độ mật trên ảnh trang"
        signals.append(
            Signal(
                "stamp",
                stamp.read,
                score,
                rule,
                _level(stamp.level),
                number,
                None,
                stamp.box,
                crop(colour, stamp.box),
            )
        )
    return signals


def _level(level: str) -> Any:
    return level


def crop(colour: NDArray[np.uint8], box: tuple[int, int, int, int]) -> bytes:
    """A small JPEG of a place and a little around it."""
    x, y, w, h = box
    side = max(10, h // 4)
    cut = colour[max(0, y - side) : y + h + side, max(0, x - side) : x + w + side]
    if cut.shape[1] > _CROP_WIDE:
        scale = _CROP_WIDE / cut.shape[1]
        cut = np.asarray(cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(cut, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _CROP_QUALITY]
    )
    return bytes(data) if done else b""
