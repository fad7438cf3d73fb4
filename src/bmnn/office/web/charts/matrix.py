"""A matrix: who (rows) has done what (columns), by colour and sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bmnn.office.web.charts.svg import SIGNS, WORDS, Tone, cut, element, frame, nothing, text

_LABEL, _CELL, _HEIGHT, _HEAD = 230.0, 44.0, 26.0, 26.0


@dataclass(frozen=True)
class Mark:
    """A cell: its tone and a few words for the reader who does not see it; `url` opens what it stands for."""

    tone: Tone
    words: str = ""
    url: str = ""


def matrix(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], Mark]
) -> SafeString:
    """Rows × columns. A missing cell means the column does not concern the row and stays empty."""
    if not rows or not columns:
        return nothing(title)
    wide = max(_CELL, *(7.2 * min(len(c), 12) + 10 for c in columns))
    parts, said = [], []
    for m, column in enumerate(columns):
        parts.append(text(_LABEL + (m + 0.5) * wide, 18, cut(column, wide), "head", "middle"))
    for n, row in enumerate(rows):
        y = _HEAD + n * _HEIGHT
        parts.append(text(0, y + 18, cut(row, _LABEL - 8)))
        words = []
        for m, column in enumerate(columns):
            mark = cells.get((row, column))
            x = _LABEL + m * wide
            tone = mark.tone if mark else "empty"
            square = element(
                "rect", x=x + 1, y=y + 1, width=wide - 2, height=_HEIGHT - 2, class_=f"cell {tone}"
            )
            if mark is None:
                parts.append(square)
                continue
            sign = text(x + wide / 2, y + 18, SIGNS[mark.tone], f"sign {tone}", "middle")
            hover = element("title", f"{row}, {column}: {mark.words or WORDS[mark.tone]}")
            drawn = f"<g>{hover}{square}{sign}</g>"
            parts.append(_link(mark.url, drawn) if mark.url else drawn)
            words.append(f"{column} {mark.words or WORDS[mark.tone]}")
        said.append(f"{row}: {', '.join(words) or 'không có việc'}")
    legend_y = _HEAD + len(rows) * _HEIGHT + 22
    used = list(dict.fromkeys(mark.tone for mark in cells.values()))
    legend = " · ".join(f"{SIGNS[t]} {WORDS[t]}" for t in used)
    parts.append(text(0, legend_y, legend, "quiet"))
    width = max(_LABEL + len(columns) * wide, 7.2 * len(legend)) + 2
    return frame(title, width, legend_y + 8, parts, said)


def _link(url: str, drawn: str) -> str:
    opened = element("a", href=url)
    return opened.removesuffix("</a>") + drawn + "</a>"
