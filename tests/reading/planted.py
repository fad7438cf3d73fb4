"""What was read of a file, and where a marker planted in it was found."""

from __future__ import annotations

from bmnn.reading import Item, read
from tests.reading.build import SENTENCE


def items(data: bytes, name: str = "tệp") -> list[Item]:
    """Everything read of a file, members too."""
    return list(read(data, name))


def kinds(found: list[Item], marker: str = SENTENCE) -> set[str]:
    """Kinds of the parts that hold the marker whole, over all items; "" where it stands outside any part."""
    return {
        part.kind
        for item in found
        for part in item.parts
        if " ".join(marker.split()) in " ".join(item.text[part.start : part.end].split())
    }
