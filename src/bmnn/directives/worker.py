"""Reads the text of a directive inside the locked-down process: a hostile text costs that process alone."""

from __future__ import annotations

from typing import Any, BinaryIO

from bmnn.directives.reader import read as read_source
from bmnn.directives.source import Source


def read(files: list[BinaryIO], argument: dict[str, Any]) -> dict[str, Any]:
    """The contract's object for a loaded source: `argument` holds its name, text, encoding, scanned, notes."""
    return read_source(
        Source(
            argument["name"],
            argument["text"],
            argument["encoding"],
            argument["scanned"],
            tuple(argument["notes"]),
        )
    )
