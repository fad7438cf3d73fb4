"""Which pages must be read from their picture; known without loading anything that reads pictures."""

from __future__ import annotations

from bmnn.reading.model import Item


def pages_wanted(item: Item) -> list[int]:
    """Numbers of the pages that must be read from their picture: pictures, and PDF pages whose text is missing, is
    rubbish, or stands beside a picture large enough to hold text of its own."""
    return [
        page.number
        for page, _ in zip(item.pages, item.images or item.pages, strict=False)
        if _wanted(item.text[page.start : page.end], page.image_share, page.score)
    ]


def _wanted(text: str, share: float | None, score: float | None) -> bool:
    letters = sum(map(str.isalpha, text))
    if share is None or score is None or letters < 60:
        return True
    if letters < 0.5 * len("".join(text.split())):
        return True
    if share >= 0.9:  # a scan with a text layer: good text is somebody's OCR, bad text is worse than ours
        return score < 0.6
    return share >= 0.25
