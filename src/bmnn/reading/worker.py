"""Inside the sandbox: the function behind `Reader`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from bmnn.reading.dispatch import read
from bmnn.reading.model import ReadingLimits


def serve(files: list[BinaryIO], argument: Any) -> Iterator[dict[str, Any]]:
    """Inside the worker: the items of the one file handed over."""
    for item in read(files[0], name=argument["name"], limits=ReadingLimits(**argument["limits"])):
        yield item.to_json()
