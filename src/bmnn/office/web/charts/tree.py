"""A tree from top left: a directive and the documents by which each unit answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bmnn.office.web.charts.svg import LETTER, SIGNS, WORDS, Tone, cut, element, frame, text

_INDENT, _ROW, _BOX, _WIDE = 30.0, 32.0, 24.0, 520.0


@dataclass(frozen=True)
class Node:
    """One box: its words, tone, a note at its right, the address it opens, what hangs below it."""

    words: str
    tone: Tone = "plain"
    note: str = ""
    url: str = ""
    children: Sequence[Node] = ()


def tree(title: str, root: Node) -> SafeString:
    """The whole tree, one line a box, children indented under their parent."""
    parts: list[str] = []
    said: list[str] = []
    rows, width = _draw(root, 0, 0, parts, said)
    return frame(title, width + 10, rows * _ROW + 4, parts, said)


def _draw(node: Node, row: int, depth: int, parts: list[str], said: list[str]) -> tuple[int, float]:
    x, y = 2 + depth * _INDENT, 2 + row * _ROW
    label = cut(f"{SIGNS[node.tone]} {node.words}", _WIDE)
    wide = len(label) * LETTER + 20
    box = element("rect", x=x, y=y, width=wide, height=_BOX, class_=f"box {node.tone}")
    drawn = element("title", node.words) + box + text(x + 8, y + 17, label, f"boxed {node.tone}")
    if node.url:
        parts.append(element("a", href=node.url).removesuffix("</a>") + drawn + "</a>")
    else:
        parts.append(f"<g>{drawn}</g>")
    if node.note:
        parts.append(text(x + wide + 8, y + 17, node.note, f"tag {node.tone}"))
    said.append(f"{'– ' * depth}{node.words} ({node.note or WORDS[node.tone]})")
    reach = x + wide + 8 + len(node.note) * LETTER
    after = row + 1
    for child in node.children:
        cy = 2 + after * _ROW + _BOX / 2
        corner = x + 12
        way = f"{corner:.0f},{y + _BOX:.0f} {corner:.0f},{cy:.0f} {x + _INDENT:.0f},{cy:.0f}"
        parts.append(element("polyline", points=way, class_="branch"))
        after, far = _draw(child, after, depth + 1, parts, said)
        reach = max(reach, far)
    return after, reach
