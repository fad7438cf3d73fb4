"""Pictures of text are read, turned pages righted, only the pages that need it."""

from __future__ import annotations

import difflib
import io
import unicodedata
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from bmnn.reading import Item, Page, ocr, read
from bmnn.reading.wanted import pages_wanted
from bmnn.sandbox import Box, Limits
from tests.reading import build

LINES = (
    "CHỈ THỊ\nvề tăng cường bảo vệ bí mật nhà nước\n"
    "Ủy ban nhân dân xã yêu cầu các đơn vị\nthực hiện nghiêm những nội dung sau đây"
)


@pytest.fixture(scope="module")
def recogniser() -> ocr.Recogniser:
    return ocr.recogniser()


def page() -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(build.picture(LINES, (900, 420)))


def likeness(text: str) -> float:
    return difflib.SequenceMatcher(None, " ".join(text.split()), " ".join(LINES.split())).ratio()


def test_vietnamese_with_its_marks(recogniser: ocr.Recogniser) -> None:
    found = recogniser.pixels(page(), 200)
    assert likeness(found.text) > 0.97
    assert "bảo vệ bí mật nhà nước" in found.text
    assert unicodedata.is_normalized("NFC", found.text)
    assert found.confidence > 80
    assert found.complete


def test_words_lie_where_they_are_said_to(recogniser: ocr.Recogniser) -> None:
    found = recogniser.pixels(page(), 200)
    assert [found.text[w.start : w.end] for w in found.words] == found.text.split()
    word = next(w for w in found.words if found.text[w.start : w.end] == "THỊ")
    x, y, width, height = word.box
    assert 80 < x < 250
    assert 20 < y < 90
    ink = page()[y : y + height, x : x + width]
    assert ink.min() < 60


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_pages_are_righted(recogniser: ocr.Recogniser, turns: int) -> None:
    text = "\n".join([LINES] * 2)
    upright = np.asarray(build.picture(text, (900, 640)))
    found = recogniser.pixels(np.ascontiguousarray(np.rot90(upright, turns)), 200)
    assert found.confidence > 80
    assert "bảo vệ bí mật nhà nước" in found.text


def test_an_empty_page_costs_nothing(recogniser: ocr.Recogniser) -> None:
    found = recogniser.pixels(np.full((2000, 1500), 250, np.uint8), 200)
    assert (found.text, found.words) == ("", ())
    assert ocr.blank(np.full((200, 150), 30, np.uint8))
    assert not ocr.blank(page())


def test_the_same_picture_is_read_once(recogniser: ocr.Recogniser) -> None:
    assert recogniser.pixels(page(), 200) is recogniser.pixels(page().copy(), 200)


def test_a_page_has_a_budget() -> None:
    hasty = ocr.Recogniser(page_seconds=0.01)
    assert not hasty.pixels(page(), 200).complete


def test_missing_model_is_said_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_places", lambda: iter([Path("/khong-co")]))
    with pytest.raises(ocr.OcrMissing, match=r"vie\.traineddata"):
        ocr.Recogniser()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "HEIF", "GIF"])
def test_a_marker_in_every_kind_of_picture(recogniser: ocr.Recogniser, kind: str) -> None:
    reading = read(build.image_file(kind, build.picture("kế hoạch phòng thủ", (480, 130), "RGB")))
    item = next(reading)
    assert pages_wanted(item) == [1]
    assert "kế hoạch phòng thủ" in recogniser.page(item.images[0]).text


def scanned_pdf() -> bytes:
    out = io.BytesIO()
    build.picture(LINES, (900, 420)).save(out, "PDF", resolution=200)
    return out.getvalue()


def test_a_scanned_pdf_page_inside_the_sandbox(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(scanned_pdf())
    with Box(
        "tests.reading.victims:first_page", Limits(wall=60, cpu=60), setup="bmnn.reading.ocr:load"
    ) as box:
        outcome = box.call([tmp_path / "a.pdf"])
    assert outcome.ok, outcome
    wanted, text = outcome.value
    assert wanted == [1]
    assert likeness(text) > 0.95


def item(text: str, share: float | None, score: float | None) -> Item:
    return Item("a", "", 0, "application/pdf", text=text, pages=(Page(1, 0, len(text), share, score),))


GOOD = "Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm những nội dung sau đây. " * 10


@pytest.mark.parametrize(
    ("text", "share", "score", "wanted"),
    [
        (GOOD, 0.0, 0.99, False),
        (GOOD, 0.05, 0.99, False),  # a letterhead
        (GOOD, 0.4, 0.99, True),  # a picture large enough to hold a page
        (GOOD, 1.0, 0.97, False),  # a scan somebody read well
        ("Chi thj vé viéc ting cuéng bao vé " * 20, 1.0, 0.4, True),  # a scan somebody read badly
        ("", 1.0, None, True),
        ("Trang 1", 0.0, 1.0, True),  # text drawn as curves
        ("\x01\x02 ;;:: 4!!4 " * 50, 0.0, 0.1, True),  # letters without meaning
    ],
)
def test_pages_are_chosen_wisely(text: str, share: float | None, score: float | None, wanted: bool) -> None:
    assert pages_wanted(item(text, share, score)) == ([1] if wanted else [])


def test_image_share_of_real_pages() -> None:
    reading = read(scanned_pdf())
    assert next(reading).pages[0].image_share == pytest.approx(1.0, abs=0.02)
    reading = read(build.pdf_file(GOOD))
    born = next(reading)
    assert born.pages[0].image_share == 0
    assert pages_wanted(born) == []
    assert pypdfium2.PdfDocument(build.pdf_file(GOOD))[0].get_size()[0] > 0
