"""Inside the worker: one file → what was noticed in each of its items, and which pages wait for OCR; or those pages.

The index of fingerprints and its key never come here: texts go out to be compared where no foreign byte is parsed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from bmnn.discovery.signals import Entry, Reading, Signal, marks, register_numbers, wordings
from bmnn.reading import Item, ReadingLimits, read
from bmnn.reading.wanted import pages_wanted

if TYPE_CHECKING:
    from bmnn.discovery.scan.pages import PageReader

_OLD_CAPITALS = frozenset({"tcvn3", "vni", "viscii", "vps"})
_LOADED: dict[str, Any] = {}
_ROWS, _HELD_BACK = 64, 0.3
"""Rows sent together, and the longest a row waits: what a worker holds back is lost when a file ends it."""


def load(argument: Any) -> None:
    """The sandbox's `setup`: what is looked for, and the OCR models when pages are to be read."""
    _LOADED["entries"] = tuple(Entry(*row) for row in argument["entries"])
    _LOADED["numbers"] = dict(argument["numbers"])
    if argument["ocr"]:
        # Tesseract and what looks for stamps take long to load: only for scans that read pages.
        from bmnn.discovery.scan.pages import PageReader

        _LOADED["pages"] = PageReader(argument["page_seconds"])


def serve(files: list[BinaryIO], argument: Any) -> Iterator[list[dict[str, Any]]]:
    """Rows, several at a time: the items of several files with their signals, each file closed by {"end": its place}.

    A row leaves out what there is nothing to say of (item.EMPTY_ROW). With `pages` (path of an item → page numbers)
    those pages of the one file instead.
    """
    rows: list[dict[str, Any]] = []
    sent = time.monotonic()
    for row in _rows(files, argument):
        rows.append(row)
        if len(rows) >= _ROWS or time.monotonic() - sent > _HELD_BACK:
            yield rows
            rows, sent = [], time.monotonic()
    yield rows


def _rows(files: list[BinaryIO], argument: Any) -> Iterator[dict[str, Any]]:
    limits = ReadingLimits(**argument["limits"])
    wanted = argument.get("pages")
    for place, file in enumerate(files):
        for item in read(file, name=argument["names"][place], limits=limits):
            if wanted is None:
                yield _item(item, texts=argument["texts"])
            elif item.path in wanted:
                yield from _pages(item, frozenset(wanted[item.path]))
        if wanted is None:
            yield {"end": place}


def _item(item: Item, *, texts: bool) -> dict[str, Any]:
    reading = Reading(item.text, legacy=item.encoding in _OLD_CAPITALS)
    signals = [_on_its_page(s, item) for s in _signals(reading)]
    row: dict[str, Any] = {
        "path": item.path,
        "sha256": item.sha256,
        "size": item.size,
        "type": item.type,
        "length": len(item.text),
    }
    if item.why is not None:
        row |= {"verdict": item.verdict, "why": item.why}
    if item.encoding is not None:
        row["encoding"] = item.encoding
    if item.notes:
        row["notes"] = list(item.notes)
    if signals:
        row["signals"] = [s.to_json() for s in signals]
    if texts:
        row |= {"text": item.text, "page_starts": [[p.number, p.start] for p in item.pages]}
    if len(item.images):
        row["ocr"] = pages_wanted(item)
    return row


def _signals(reading: Reading) -> Iterator[Signal]:
    yield from marks(reading)
    yield from register_numbers(reading, _LOADED["numbers"])
    yield from wordings(reading, _LOADED["entries"])


def _on_its_page(signal: Signal, item: Item) -> Signal:
    return replace(signal, page=item.page_at(signal.at[0])) if signal.at and item.pages else signal


def _pages(item: Item, numbers: frozenset[int]) -> Iterator[dict[str, Any]]:
    reader: PageReader = _LOADED["pages"]
    for image in item.images:
        if image.number not in numbers:
            continue
        answer = {"path": item.path, "page": image.number}
        page = reader.read(image)
        if page is None:
            yield answer | {"text": "", "signals": [], "complete": True, "seconds": 0.0}
            continue
        reading = Reading(page.ocr.text, ocr=True, page=image.number, first_page=image.number == 1)
        found = [page.with_place(s) for s in _signals(reading)]
        yield answer | {
            "text": page.ocr.text,
            "signals": [s.to_json() for s in (*page.signals, *found)],
            "complete": page.ocr.complete,
            "seconds": round(page.ocr.seconds, 3),
        }
