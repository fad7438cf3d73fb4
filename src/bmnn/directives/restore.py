"""Marks given back to a text that lost them, for matching only."""

from __future__ import annotations

from bmnn.directives.layout import Layout


def restored(layout: Layout) -> None:
    """Write the lines of a layout with their likely marks; numbers and names stay as read."""
