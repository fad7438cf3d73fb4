"""Lines of the file without what belongs to the page: page numbers, running heads, footnotes, markup.

The file is measured first: a blank line after each line, wrapped at a width, or a paragraph a line. The
measure decides later
where a line goes on and where a paragraph ends.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from bmnn.directives.columns import in_reading_order
from bmnn.directives.text import Span, Text


@dataclass
class Line:
    """One line with text. `gap` is the number of blank lines before it; `width` its length as written."""

    t: Text
    gap: int
    width: int
    indent: int = 0
    page_break: bool = False
    """A page number, running head or footnote stood before this line."""
    cell: bool = False
    """A tab stood before it: the next cell of a word processor's table."""


@dataclass(frozen=True)
class Note:
    """A footnote: its mark, its text, where it is anchored in the file (None when the anchor was not found)."""

    mark: str
    t: Text
    anchor: int | None


@dataclass(frozen=True)
class Measure:
    """`double`: a blank line after each line; `full`: characters from which a line counts as full; 0 = a
    paragraph a line.
    """

    double: bool
    full: int


@dataclass
class Layout:
    """The file as lines and footnotes."""

    lines: list[Line]
    notes: list[Note] = field(default_factory=list)


_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹"
_INLINE_REF = re.compile(r"\[footnoteRef:\s*(\d+)\s*\]|\[\^(\d+)\](?!:)")
_INLINE_NOTE = re.compile(r"\[(\d{1,3}):\s")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:trang\s+|page\s+)?(\d{1,3})(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?")
_RULE = re.compile(r"[-–—_=*~.\s]{3,}|\*\s*\*\s*\*")


def lay_out(whole: Text) -> Layout:
    """Cut a file into lines and take the page furniture out."""
    whole, notes = _inline_notes(in_reading_order(_front_matter(whole)))
    lines = _cut(whole)
    lines = _page_numbers(lines)
    lines = _running_heads(lines)
    lines, more = _page_notes(lines)
    return Layout(lines, notes + more)


def is_rule(s: str) -> bool:
    """A drawn line: dashes, underscores, stars."""
    return _RULE.fullmatch(s) is not None


def _front_matter(whole: Text) -> Text:
    """Without the YAML block that a Markdown page begins with."""
    m = re.match(r"\s*---\n(?:[^\n]*\n){1,80}?---\n", whole.s)
    return whole[m.end() :] if m and re.search(r"(?m)^\w[\w-]*:", m[0]) else whole


def _inline_notes(whole: Text) -> tuple[Text, list[Note]]:
    anchors = {m[1] or m[2]: whole.start[m.start()] for m in _INLINE_REF.finditer(whole.s)}
    holes: list[Span] = [m.span() for m in _INLINE_REF.finditer(whole.s)]
    notes: list[Note] = []
    for m in _INLINE_NOTE.finditer(whole.s):
        depth, at = 1, m.end()
        while at < len(whole.s) and depth and at - m.start() < 5000:
            depth += {"[": 1, "]": -1}.get(whole.s[at], 0)
            at += 1
        if depth == 0 and (m[1] in anchors or at - m.start() > 40):
            holes.append((m.start(), at))
            notes.append(Note(m[1], whole[m.end() : at - 1].strip(), anchors.get(m[1])))
    return whole.without(*holes), notes


def _cut(whole: Text) -> list[Line]:
    lines: list[Line] = []
    gap, feed = 0, False
    for m in re.finditer(r"[^\n\f]*(?:[\n\f]|$)", whole.s):
        piece = whole[m.start() : m.end()]
        feed |= piece.s.endswith("\f")
        bare = _markup(piece).strip("\f")
        if not bare or (is_rule(bare.s) and bare.s != "*"):
            gap += 1
            if bare and lines:
                gap += 1
            continue
        shown = piece.s.expandtabs(4)
        margin = len(shown) - len(shown.lstrip())
        lines.append(Line(bare, gap, len(shown.strip()), margin, feed, piece.s.startswith("\t")))
        gap, feed = 0, False
    return lines


def _markup(t: Text) -> Text:
    """Without Markdown emphasis, heading signs and table bars at the ends of a line."""
    holes = [m.span() for m in re.finditer(r"\*\*|__|<br\s*/?>|^\s*#{1,6}\s|^\s*>\s", t.s)]
    t = t.without(*holes)
    bare = t.strip()
    if len(bare) > 1 and bare.s != "*":
        if bare.s.startswith("*") and not bare.s.startswith("* "):
            bare = bare[1:]
        if bare.s.endswith("*") and not bare.s.endswith("(*"):
            bare = bare[:-1]
    return bare


def _page_numbers(lines: list[Line]) -> list[Line]:
    found = [
        (i, int(m[1]))
        for i, line in enumerate(lines)
        if not line.cell and (m := _PAGE_NUMBER.fullmatch(line.t.folded))
    ]
    if not found:
        return lines
    letters = sum(len(line.t) for line in lines)
    # Rows of a table carry numbers too: pages are far apart.
    if len(found) > 4 and letters / len(found) < 700:
        return lines
    drop = {i for i, _ in found if i not in (0,) or len(found) > 1 or len(lines) == 1}
    return _dropped(lines, drop)


def _running_heads(lines: list[Line]) -> list[Line]:
    counts = Counter(_head_key(line) for line in lines if 4 < len(line.t) < 90)
    repeated = {key for key, n in counts.items() if n >= 3}
    if not repeated:
        return lines
    drop = set()
    for i, line in enumerate(lines):
        if _head_key(line) in repeated and 4 < len(line.t) < 90 and i > 0:
            beside_page = line.page_break or (i + 1 < len(lines) and lines[i + 1].page_break)
            inside = not re.search(r"[.:;,]$", lines[i - 1].t.s)
            if (beside_page or inside) and not _belongs(line.t.folded):
                drop.add(i)
    return _dropped(lines, drop) if len(drop) >= 2 else lines


def _head_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.t.folded)


def _belongs(folded: str) -> bool:
    """Lines that documents repeat for a reason: letterheads, recipients, clause marks."""
    return (
        re.match(
            (
                r"(?:[-+•]|\d|cong hoa|doc lap|dang cong san|noi nhan|kinh gui|t/m|tm\.|so\b|nhu tren|v/v|"
                r"luu\b)|.{0,40}ngay\b.{0,12}\bthang\b.{0,12}\bnam\b"
            ),
            folded,
        )
        is not None
    )


def _dropped(lines: list[Line], drop: set[int]) -> list[Line]:
    out: list[Line] = []
    gap, was = 0, False
    for i, line in enumerate(lines):
        if i in drop:
            gap, was = gap + line.gap + 1, True
            continue
        if was:
            line.gap, line.page_break = line.gap + gap, True
            gap, was = 0, False
        out.append(line)
    return out


def _page_notes(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """Footnotes at the foot of a page, between two pages of a sentence."""
    notes: list[Note] = []
    drop: set[int] = set()
    i = 0
    broken = False
    while i < len(lines):
        mark = lines[i].t.s[0]
        anchor = _anchor(lines, i, mark) if mark in _SUPERSCRIPT else None
        if anchor is None:
            i += 1
            continue
        if i - 1 not in drop:
            broken = not re.search(r"[.:;!?/]$", lines[i - 1].t.s)
        end = i + 1
        while end < len(lines) and lines[end].t.s[0] not in _SUPERSCRIPT and end - i < 40:
            if _resumes(lines, end, broken):
                break
            end += 1
        notes.append(Note(mark, Text.join(line.t for line in lines[i:end])[1:].strip(), anchor))
        drop.update(range(i, end))
        i = end
    lines = _dropped(lines, drop)
    for line in lines:
        line.t = line.t.without(
            *[m.span() for m in re.finditer(f"(?<=\\w|[)\\]”.,;])[{_SUPERSCRIPT}]+", line.t.s)]
        )
    return lines, notes


def _anchor(lines: list[Line], i: int, mark: str) -> int | None:
    for line in reversed(lines[max(0, i - 80) : i]):
        at = line.t.s.rfind(mark)
        if at > 0:
            return line.t.start[at]
    return None


def _resumes(lines: list[Line], i: int, broken: bool) -> bool:
    """Whether line i goes on with the text of the page before: after a broken sentence, with a small letter."""
    line, before = lines[i], lines[i - 1]
    if not re.search(r"[.!?]$", before.t.s):
        return False
    return line.t.s[0].islower() if broken else line.gap > 0


def measure(lines: list[Line]) -> Measure:
    """How the file breaks its lines."""
    prose = sorted(line.width for line in lines if len(line.t) > 30)
    if len(prose) < 8:
        return Measure(False, 0)
    gaps = [line.gap for line in lines[1:]]
    double = sum(g > 0 for g in gaps) > 0.85 * len(gaps)
    top = prose[int(0.92 * (len(prose) - 1))]
    middle = prose[len(prose) // 2]
    # Wrapped text crowds just below its width; paragraphs a line are of any length.
    if top > 180 or middle < 0.6 * top:
        return Measure(double, 0)
    crowd = sum(0.75 * top <= w <= 1.2 * top for w in prose) / len(prose)
    return Measure(double, top) if crowd > 0.5 else Measure(double, 0)
