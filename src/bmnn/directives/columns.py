"""Pages set in two columns, as a text layer gives them: a line of the left column, a gap, a line of the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bmnn.directives.text import Text

_GAP = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
_LEAST_LINES = 4


def in_reading_order(whole: Text) -> Text:
    """The same text with each run of two-column lines as its left column, then its right one."""
    lines = [whole[m.start() : m.end()] for m in re.finditer(r"[^\n]*(?:\n|$)", whole.s) if m[0]]
    if not any(_GAP.search(t.s) for t in lines):
        return whole
    out: list[Text] = []
    for run, gutter in _runs(lines):
        if gutter is None:
            out += run
            continue
        out += [half for t in run if (half := _side(t, gutter, left=True))]
        out += [half for t in run if (half := _side(t, gutter, left=False))]
    return Text.join(out, "") if len(out) != len(lines) else whole


def _runs(lines: list[Text]) -> Iterator[tuple[list[Text], int | None]]:
    """Stretches of lines with the column at which the right half begins (None: one column)."""
    i = 0
    while i < len(lines):
        gutter = _gutter(lines, i)
        if gutter is None:
            yield [lines[i]], None
            i += 1
            continue
        j = i
        while j < len(lines) and (not lines[j].s.strip() or _fits(lines[j].s, gutter)):
            j += 1
        yield lines[i:j], gutter
        i = j


def _gutter(lines: list[Text], i: int) -> int | None:
    """The column of the right half when enough prose lines from i on share one."""
    m = _GAP.search(lines[i].s)
    if m is None:
        return None
    near = [t.s for t in lines[i : i + 2 * _LEAST_LINES] if t.s.strip()]
    apart = [
        (s[: g.start()], s[g.end() :]) for s in near if (g := _GAP.search(s)) and abs(g.end() - m.end()) <= 2
    ]
    prose = [pair for pair in apart if _prose(pair[0]) and _prose(pair[1])]
    enough = len(apart) >= _LEAST_LINES and 2 * len(prose) >= len(apart)
    return m.end() if enough and all(_fits(s, m.end()) for s in near[:_LEAST_LINES]) else None


def _prose(side: str) -> bool:
    words = side.split()
    return len(words) >= 3 and sum(w[0].islower() for w in words) >= len(words) / 2


def _fits(s: str, gutter: int) -> bool:
    s = s.rstrip("\n")
    return len(s) <= gutter - 2 or s[gutter - 3 : gutter].strip() == "" or not s[: gutter - 3].strip()


def _side(t: Text, gutter: int, left: bool) -> Text | None:
    end = len(t.s.rstrip("\n"))
    half = t[: min(gutter, end)].strip() if left else t[min(gutter, end) : end].strip()
    if not half:
        return None
    return Text.join([half, t[end:]], "") if t.s.endswith("\n") else half
