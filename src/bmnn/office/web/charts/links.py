"""Two columns of names and the lines between them: which device was at which computer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bmnn.office.web.charts.svg import Tone, cut, element, frame, nothing, text

_NAME, _GAP, _ROW = 250.0, 300.0, 30.0


@dataclass(frozen=True)
class Edge:
    """A line from a left name to a right name; one that is `bad` or `late` is thicker and carries its words."""

    left: str
    right: str
    tone: Tone = "plain"
    words: str = ""


def links(title: str, left: Sequence[str], right: Sequence[str], edges: Sequence[Edge]) -> SafeString:
    """Raises ValueError when an edge names something that is not in its column."""
    if not left and not right:
        return nothing(title)
    unknown = [e for e in edges if e.left not in left or e.right not in right]
    if unknown:
        raise ValueError(f"đường nối không có đầu: {unknown[0].left} – {unknown[0].right}")
    height = max(len(left), len(right)) * _ROW + 10
    at_left = {name: _middle(n, len(left), height) for n, name in enumerate(left)}
    at_right = {name: _middle(n, len(right), height) for n, name in enumerate(right)}
    parts = []
    # The lines that matter are drawn last, over the others.
    for edge in sorted(edges, key=lambda e: e.tone in ("bad", "late")):
        y1, y2 = at_left[edge.left], at_right[edge.right]
        line = element("line", x1=_NAME, y1=y1, x2=_NAME + _GAP, y2=y2, class_=f"edge {edge.tone}")
        hover = element("title", f"{edge.left} – {edge.right}{f': {edge.words}' if edge.words else ''}")
        parts.append(f"<g>{hover}{line}</g>")
        if edge.words and edge.tone in ("bad", "late"):
            parts.append(
                text(_NAME + _GAP / 2, (y1 + y2) / 2 - 4, cut(edge.words, _GAP), f"tag {edge.tone}", "middle")
            )
    parts += [text(_NAME - 10, y + 4, cut(name, _NAME - 10), anchor="end") for name, y in at_left.items()]
    parts += [text(_NAME + _GAP + 10, y + 4, cut(name, _NAME - 10)) for name, y in at_right.items()]
    parts += [element("circle", cx=_NAME, cy=y, r=4, class_="node") for y in at_left.values()]
    parts += [element("circle", cx=_NAME + _GAP, cy=y, r=4, class_="node") for y in at_right.values()]
    said = [f"{e.left} – {e.right}{f': {e.words}' if e.words else ''}" for e in edges]
    return frame(title, 2 * _NAME + _GAP, height, parts, said)


def _middle(n: int, count: int, height: float) -> float:
    return height * (n + 0.5) / count
