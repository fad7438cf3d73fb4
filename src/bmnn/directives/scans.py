"""Runs inside the locked-down process only: pages of a scan read from their pictures.

The parsers and the OCR are imported here, at the top, so that they are loaded before the lock closes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from bmnn.reading import ocr, read
from bmnn.reading.wanted import pages_wanted

_MOST_PAGES = 400


def serve(files: list[BinaryIO], argument: Any) -> Iterator[dict[str, Any]]:
    """Inside the worker: each item's text, with the pages that need it read from their pictures.

    Sends {"page": n} after each page (so that the time of a long scan counts by page), then {"text", "scanned"}.
    """
    for item in read(files[0], name=argument["name"]):
        wanted = set(pages_wanted(item)[:_MOST_PAGES]) if item.pages else set()
        if not wanted:
            yield {"text": item.body, "scanned": False}
            continue
        out: list[str] = []
        for page, image in zip(item.pages, item.images, strict=False):
            text = item.text[page.start : page.end]
            if page.number in wanted:
                seen = ocr.recogniser().page(image)
                text = seen.text if len(seen.text) > len(text.strip()) / 2 else text
                yield {"page": page.number, "of": len(item.pages)}
            out.append(text)
        yield {"text": "\f".join(out), "scanned": True}
