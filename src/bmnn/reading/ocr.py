"""Reads page pictures with tesseract: Vietnamese, turned pages righted, a time budget for each page.

Models are loaded before the sandbox closes: `Box(..., setup="bmnn.reading.ocr:load")`, then `recogniser()` inside. One
process per core; tesseract's own threads cost more than they bring.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr

from bmnn.reading.letters import settle
from bmnn.reading.model import PageImage
from bmnn.reading.pictures import Pixels

LANGUAGE = "vie"
DPI = 200
_SURE = 70
"""Mean confidence from which a page is taken as it lies (upright pages give about 95, turned ones about 44)."""
_INK = 0.0004
"""Share of dark pixels below which a page is empty."""
_CACHED = 64
_MISSING = (
    "Không tìm thấy dữ liệu nhận dạng chữ tiếng Việt (vie.traineddata). Hãy cài gói tesseract-ocr-vie (Linux), bộ cài "
    "Tesseract kèm tiếng Việt (Windows), hoặc đặt tệp vào thư mục tessdata cạnh chương trình; nếu không, quét với "
    "--no-ocr và các trang ảnh sẽ được ghi là chưa đọc."
)


class OcrMissing(RuntimeError):
    """No model for Vietnamese on this computer; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place in `OcrPage.text`, confidence 0..100, box (x, y, width, height) in pixels of the picture as
    it was recognised (after turning)."""

    start: int
    end: int
    confidence: float
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What stands on a page picture.

    `turns`: quarter turns anticlockwise that righted the page (0..3). `dpi`: of the picture the boxes belong to.
    `complete` is False when the page's time was over before it was read.
    """

    text: str
    words: tuple[Word, ...]
    confidence: float
    turns: int
    dpi: int
    seconds: float
    complete: bool = True


def tessdata() -> Path:
    """The folder that holds vie.traineddata. Raises OcrMissing."""
    for folder in _places():
        if (folder / f"{LANGUAGE}.traineddata").is_file():
            return folder
    raise OcrMissing(_MISSING)


def _places() -> Iterator[Path]:
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        yield from (Path(named), Path(named) / "tessdata")
    beside = Path(sys.executable).resolve().parent
    yield from (beside / "tessdata", beside.parent / "tessdata", Path(sys.prefix) / "share" / "tessdata")
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if os.environ.get(variable):
                yield Path(os.environ[variable]) / "Tesseract-OCR" / "tessdata"
    else:
        yield from sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
        yield from (
            Path("/usr/share/tessdata"),
            Path("/usr/local/share/tessdata"),
            Path("/opt/homebrew/share/tessdata"),
        )


class Recogniser:
    """Tesseract with its models in memory. One page at a time; not for several threads."""

    def __init__(self, language: str = LANGUAGE, page_seconds: float = 40.0) -> None:
        """Load the models. Raises OcrMissing. `page_seconds`: budget of one page, all attempts together."""
        folder = str(tessdata())
        self._budget = page_seconds
        self._api = tesserocr.PyTessBaseAPI(path=folder, lang=language, psm=tesserocr.PSM.AUTO)
        # White text on black is rare on paper; looking for it costs a tenth of the time.
        self._api.SetVariable("invert_threshold", "0.0")
        # Messages go to stderr: opening the file tesserocr names for them fails behind the lock, and tesseract then
        # writes to a null pointer at its first warning.
        self._api.SetVariable("debug_file", "")
        self._osd: Any = None
        with contextlib.suppress(RuntimeError):
            self._osd = tesserocr.PyTessBaseAPI(path=folder, lang="osd", psm=tesserocr.PSM.OSD_ONLY)
            self._osd.SetVariable("debug_file", "")
        self._cache: OrderedDict[str, OcrPage] = OrderedDict()

    def page(self, image: PageImage, dpi: int = DPI) -> OcrPage:
        """Read one page."""
        return self.pixels(image.gray(dpi), dpi)

    def pixels(self, gray: Pixels, dpi: int = DPI) -> OcrPage:
        """Read a picture of a page (height × width, 0..255). The same picture is read once."""
        key = hashlib.sha256(gray.tobytes()).hexdigest() + f"-{gray.shape[0]}-{dpi}"
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        page = self._read(gray, dpi)
        self._cache[key] = page
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return page

    def _read(self, gray: Pixels, dpi: int) -> OcrPage:
        began = time.monotonic()
        if blank(gray):
            return OcrPage("", (), 0.0, 0, dpi, time.monotonic() - began)
        best = self._as_it_lies(gray, dpi, 0, began)
        if best.confidence >= _SURE or not best.complete:
            return best
        for turns in self._likely_turns(gray, dpi):
            if time.monotonic() - began > self._budget:
                break
            other = self._as_it_lies(np.ascontiguousarray(np.rot90(gray, turns)), dpi, turns, began)
            if _worth(other) > _worth(best):
                best = other
            if best.confidence >= _SURE:
                break
        return OcrPage(
            best.text, best.words, best.confidence, best.turns, dpi, time.monotonic() - began, best.complete
        )

    def _as_it_lies(self, gray: Pixels, dpi: int, turns: int, began: float) -> OcrPage:
        height, width = gray.shape
        self._api.SetImageBytes(np.ascontiguousarray(gray).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        left = max(0.5, self._budget - (time.monotonic() - began))
        complete = bool(self._api.Recognize(int(left * 1000)))
        # Tesseract reports a page cut short as done; the clock knows better.
        complete = complete and time.monotonic() - began < self._budget
        text, words = self._words()
        confidence = float(np.mean([w.confidence for w in words])) if words else 0.0
        self._api.Clear()
        return OcrPage(text, words, confidence, turns, dpi, time.monotonic() - began, complete)

    def _words(self) -> tuple[str, tuple[Word, ...]]:
        lines: list[str] = []
        raw: list[tuple[str, float, tuple[int, int, int, int]]] = []
        iterator = self._api.GetIterator()
        if iterator is None:
            return "", ()
        level = tesserocr.RIL
        for unit in tesserocr.iterate_level(iterator, level.WORD):
            try:
                text = unit.GetUTF8Text(level.WORD)
            except RuntimeError:
                continue
            box = unit.BoundingBox(level.WORD)
            if not text.strip() or box is None:
                continue
            if raw:
                new_block = unit.IsAtBeginningOf(level.PARA)
                lines.append("\n\n" if new_block else "\n" if unit.IsAtBeginningOf(level.TEXTLINE) else " ")
            raw.append((text.strip(), float(unit.Confidence(level.WORD)), box))
        out, words, at = [], [], 0
        settled = settle([text for text, _, _ in raw])[0] if raw else []
        for index, (text, (_, confidence, (x0, y0, x1, y1))) in enumerate(zip(settled, raw, strict=True)):
            if index:
                out.append(lines[index - 1])
                at += len(lines[index - 1])
            out.append(text)
            words.append(Word(at, at + len(text), confidence, (x0, y0, x1 - x0, y1 - y0)))
            at += len(text)
        return "".join(out), tuple(words)

    def _likely_turns(self, gray: Pixels, dpi: int) -> list[int]:
        """Quarter turns to try, likeliest first. The script detector tells quarter turns well, but not up from down."""
        quarter = self._quarter(gray, dpi)
        if quarter is None:
            return []
        return [turn for turn in (quarter, (quarter + 2) % 4) if turn]

    def _quarter(self, gray: Pixels, dpi: int) -> int | None:
        if self._osd is None:
            return None
        # A hundred dots an inch are enough for a page; a small picture is left as it is.
        scale = max(100 / dpi, min(1.0, 1100 / max(gray.shape)))
        size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
        small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if scale < 1 else gray
        self._osd.SetImageBytes(
            np.ascontiguousarray(small).tobytes(), small.shape[1], small.shape[0], 1, small.shape[1]
        )
        self._osd.SetSourceResolution(100)
        found = self._osd.DetectOrientationScript()
        self._osd.Clear()
        return None if found is None else int(found["orient_deg"]) // 90 % 4


def _worth(page: OcrPage) -> float:
    """A reading is worth its confident letters."""
    return sum((w.end - w.start) * max(0.0, w.confidence - 30) for w in page.words)


def blank(gray: Pixels) -> bool:
    """Whether a page picture shows next to nothing."""
    small = gray[::3, ::3]
    ground = float(np.median(small))
    return float(np.mean(np.abs(small.astype(np.int16) - ground) > 48)) < _INK


_LOADED: dict[str, Recogniser] = {}


def load(argument: Any = None) -> None:
    """Load the models of this process: the sandbox's `setup`. `argument`: {"language", "page_seconds"} or None."""
    cv2.setNumThreads(1)
    _LOADED["one"] = Recogniser(**(argument or {}))


def recogniser() -> Recogniser:
    """The recogniser of this process, loaded when it is not yet."""
    if "one" not in _LOADED:
        load()
    return _LOADED["one"]
