"""The original text with marks where the reader found the tasks: pieces that a template escapes one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.guidance.confirming import span


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `label` is the task it belongs to, "" for none."""

    text: str
    label: str = ""


def marked(text: str, document: dict[str, Any]) -> list[Piece]:
    """The part of the file that is this document, cut at its tasks; overlapping tasks keep the first."""
    places = []
    for n, task in enumerate(document.get("tasks") or []):
        place = span(document, f"tasks.{n}") or span(document, f"tasks.{n}.quote")
        if place:
            places.append((*place, str(task.get("id") or n + 1)))
    first, last = document.get("span") or (0, len(text))
    pieces, at = [], max(0, int(first))
    end = min(len(text), int(last))
    for start, stop, label in sorted(places):
        if start < at or stop > end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:stop], label))
        at = stop
    return [*pieces, Piece(text[at:end])]
