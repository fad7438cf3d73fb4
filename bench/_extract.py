"""What the bench runs inside the box: extraction of several files, answering only whether the mark was found.

So does a scan: the text is looked at where it was read and never leaves the worker.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from bmnn.reading import read


def run(files: list[BinaryIO], argument: Any) -> Any:
    """For each file [items, whether its mark stands in any of them]."""
    found = []
    for file, mark in zip(files, argument, strict=True):
        items = [mark in item.text for item in read(file, "x")]
        found.append([len(items), any(items)])
    return found
