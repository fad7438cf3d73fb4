"""Functions the tests run in the box."""

from __future__ import annotations

from typing import Any, BinaryIO

from bmnn.reading import ocr, read
from bmnn.reading.wanted import pages_wanted


def first_page(files: list[BinaryIO], argument: Any) -> Any:
    item = next(reading := read(files[0], "a"))
    wanted = pages_wanted(item)
    text = ocr.recogniser().page(item.images[0]).text
    reading.close()
    return [wanted, text]
