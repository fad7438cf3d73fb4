"""A line of days with what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from bmnn.office.web.charts.svg import SIGNS, Tone, cut, element, frame, nothing, text

_WIDTH, _SIDE, _LINE, _STEP = 940.0, 60.0, 30.0, 22.0
_WORDS = 230.0


@dataclass(frozen=True)
class Moment:
    """A day and what happened."""

    day: date
    words: str
    tone: Tone = "plain"


def timeline(title: str, moments: Sequence[Moment]) -> SafeString:
    """Days to scale, the words below them on as many lines as are needed so that none covers another."""
    if not moments:
        return nothing(title)
    ordered = sorted(moments, key=lambda m: m.day)
    first, last = ordered[0].day, ordered[-1].day
    span = max((last - first).days, 1)
    parts = [element("line", x1=_SIDE, y1=_LINE, x2=_WIDTH - _SIDE, y2=_LINE, class_="axis")]
    ends: list[float] = []
    for moment in ordered:
        x = _SIDE + (_WIDTH - 2 * _SIDE) * (moment.day - first).days / span
        words = cut(f"{SIGNS[moment.tone]} {moment.day:%d/%m/%Y} {moment.words}", _WORDS)
        # Words near the right edge stand to the left of their day.
        left = x > _WIDTH - _WORDS
        start = x - len(words) * 7 if left else x
        row = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        if row == len(ends):
            ends.append(0)
        ends[row] = start + len(words) * 7 + 12
        y = _LINE + 24 + row * _STEP
        parts.append(element("line", x1=x, y1=_LINE, x2=x, y2=y - 4, class_="stem"))
        parts.append(element("circle", cx=x, cy=_LINE, r=5, class_=f"dot {moment.tone}"))
        parts.append(text(x - 3 if left else x + 3, y, words, anchor="end" if left else "start"))
    said = [f"{m.day:%d/%m/%Y}: {m.words}" for m in ordered]
    return frame(title, _WIDTH, _LINE + 34 + len(ends) * _STEP, parts, said)
