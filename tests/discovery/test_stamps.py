"""Level stamps are found on scans of every kind; words that only look like them are never taken for evidence."""

from __future__ import annotations

import time

import numpy as np
import pytest

from bmnn.discovery.scan.pages import LineReader
from bmnn.discovery.stamps import find_stamps
from bmnn.discovery.stamps.closely import Letters
from bmnn.discovery.stamps.judge import judge, letters_fit
from bmnn.discovery.stamps.planes import ink, planes
from bmnn.reading.ocr import Recogniser
from tests.discovery.look_alikes import look_alikes
from tests.discovery.stamp_pages import LEVELS, WIDTHS, Look, page

WORDS = list(WIDTHS)


@pytest.fixture(scope="module")
def line() -> LineReader:
    return LineReader()


@pytest.mark.parametrize(
    ("look", "least_sure", "least_found"),
    [
        (Look(noise=1), 1.0, 1.0),
        (Look(double=False), 1.0, 1.0),
        (Look(fade=True, noise=1), 0.95, 0.95),
        (Look(ink="gray"), 1.0, 1.0),
        (Look(ink="gray", over=True), 0.0, 0.85),
        (Look(ink="bw"), 1.0, 1.0),
        (Look(ink="bw", fade=True), 0.0, 0.60),
        (Look(ink="bw", over=True), 0.0, 0.60),
        (Look(turn=8), 0.9, 1.0),
        (Look(turn=-11, ink="gray"), 0.9, 1.0),
        (Look(over=True, noise=1), 0.6, 1.0),
    ],
)
def test_stamps_are_found(look: Look, least_sure: float, least_found: float, line: LineReader) -> None:
    sure = found = 0
    for number in range(6):
        word = WORDS[number % 3]
        stamps = find_stamps(page(word, look, 700 + number), look.dpi, line)
        found += bool(stamps)
        sure += any(s.sure and s.level == LEVELS[word] for s in stamps)
        assert not any(s.sure and s.level != LEVELS[word] for s in stamps)
    assert found / 6 >= least_found
    assert sure / 6 >= least_sure


def test_the_box_lies_on_the_stamp(line: LineReader) -> None:
    stamped, blank = (page(word, Look(), 811) for word in ("TỐI MẬT", None))
    rows, columns = np.nonzero(np.abs(stamped.astype(int) - blank).max(axis=2) > 60)
    (stamp,) = [s for s in find_stamps(stamped, 200, line) if s.sure]
    x, y, w, h = stamp.box
    assert abs(x - columns.min()) < 16 and abs(y - rows.min()) < 16
    assert abs(x + w - columns.max()) < 16 and abs(y + h - rows.max()) < 16


def test_look_alike_words_are_never_evidence(line: LineReader) -> None:
    looks = [
        Look(noise=1), Look(fade=True), Look(over=True), Look(ink="gray"), Look(ink="gray", over=True),
        Look(ink="bw"), Look(ink="bw", fade=True), Look(turn=6),
    ]  # fmt: skip
    for number, word in enumerate(look_alikes(56)):
        look = looks[number % len(looks)]
        stamps = find_stamps(page(word, look, 3100 + number, seal=number % 3 == 0), look.dpi, line)
        assert not any(s.sure for s in stamps), word


def test_pages_without_a_stamp_give_nothing(line: LineReader) -> None:
    for number, look in enumerate((Look(), Look(noise=2), Look(ink="gray"), Look(ink="bw"))):
        assert find_stamps(page(None, look, 90 + number, seal=True), look.dpi, line) == []
    white = np.full((2339, 1654, 3), 255, np.uint8)
    assert find_stamps(white, 200, line) == []
    assert find_stamps(np.full((60, 50), 120, np.uint8), 200, line) == []


def test_a_stamp_is_found_without_anybody_to_read() -> None:
    assert [s.level for s in find_stamps(page("MẬT", Look(), 5), 200) if s.sure] == ["MAT"]


def test_letters_decide_between_neighbours() -> None:
    right = Letters(word=0.9, worst=0.9, lead=0.05, mark=0.9, mark_lead=0.05, dot=0.95)
    assert letters_fit(right)
    for wrong in (
        Letters(0.9, 0.9, -0.2, 0.9, 0.05, 0.95),  # another letter fits better: MẬP
        Letters(0.9, 0.9, 0.05, 0.8, -0.14, 0.95),  # another mark fits better: MẶT
        Letters(0.9, 0.9, 0.05, 0.9, 0.05, 0.1),  # no dot: MÂT, MẤT
    ):
        assert not letters_fit(wrong)
    confident = judge("MAT", 0.85, right, "PHẬT", 92.0)
    assert confident is not None and not confident.sure
    assert judge("MAT", 0.85, Letters(0.6, 0.3, -0.4, 0.9, 0.0, 0.9), "CẬT", 90.0) is None


def test_planes_hold_red_apart_from_text() -> None:
    red, everything = planes(page("MẬT", Look(over=True), 12), 200)
    assert red.kind == "red" and everything.kind == "all"
    assert red.fine.size < everything.fine.size / 2
    assert [p.kind for p in planes(page("MẬT", Look(ink="gray"), 12), 200)] == ["all"]
    assert float(ink(np.full((10, 10), 200, np.uint8)).max()) == 0.0


def test_stamps_cost_little_beside_ocr(line: LineReader) -> None:
    """A loose bound: the goal itself is measured by `python -m bench stamps` on a quiet machine."""
    recogniser = Recogniser()
    picture = page(None, Look(noise=1), 44, seal=True)
    gray = np.ascontiguousarray(picture[..., 1])
    find_stamps(picture, 200, line)
    began = time.process_time()
    recogniser.pixels(gray)
    read = time.process_time() - began
    began = time.process_time()
    find_stamps(picture, 200, line)
    assert time.process_time() - began < 0.25 * read
