"""Lines of the body joined into paragraphs, and the marks that paragraphs begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bmnn.directives.layout import Line, Measure
from bmnn.directives.text import Text

_ENDS = re.compile(r"[.:;!?…]\s*[)”\"]?$|\./\.?$")
_DASH = re.compile(r"[-–—•▪●*]\s*(?=\S)|[-–—•]\s+")
_PLUS = re.compile(r"[+o]\s+(?=\S)|\+\s*(?=\S)")
_ARTICLE = re.compile(r"(?:dieu|khoan)\s+(\d{1,3})\s*[.:)]\s*|dieu\s+(\d{1,3})\s+(?=\S)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})\s*[.)\-–:]?\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})\s*(?:[.)]\s*(?:[-–]\s*)?|[-–/]\s+|\s?[-–]\s*(?=[A-ZĐÀ-Ỹ]))(?=[^\d\s.,])")
_LETTER = re.compile(r"([a-zđ])\s*[).]\s*(?=\S)")
_ROMAN = re.compile(r"((?:X{0,3})(?:IX|IV|V?I{0,3}))\s*[.\-–)/:]\s*(?=[^\d\s])")
_PART = re.compile(r"(?:phan|muc|chuong)\s+(?:thu\s+)?([ivxlc]+|\d{1,2}|nhat|hai|ba|tu|nam)\b\s*[.:\-–]?\s*")


@dataclass(frozen=True)
class Mark:
    """How a paragraph is marked: kind (article, roman, number, decimal, letter, dash, plus, part) and its label."""

    kind: str
    label: str
    length: int


@dataclass
class Paragraph:
    """One paragraph of the body: its mark, the text after it, the whole text."""

    mark: Mark | None
    t: Text
    whole: Text
    centred: bool = False


def mark_of(t: Text) -> Mark | None:
    """The mark a paragraph begins with."""
    s, folded = t.s, t.folded
    for kind, pattern, text in (
        ("part", _PART, folded),
        ("article", _ARTICLE, folded),
        ("decimal", _DECIMAL, s),
        ("number", _NUMBER, s),
        ("roman", _ROMAN, s),
        ("letter", _LETTER, s),
    ):
        m = pattern.match(text)
        if not m or not m[0].strip() or (kind == "roman" and not m[1]):
            continue
        if kind in ("part", "article") and not s[0].isupper():
            continue
        label = next(g for g in m.groups() if g is not None)
        if kind == "article" and m[0].startswith("khoan"):
            return Mark("number", label, m.end())
        if kind == "part":
            return Mark("part", label.upper(), m.end())
        return Mark(kind, re.sub(r"\s", "", label), m.end())
    if m := _DASH.match(s):
        return Mark("dash", "-", m.end())
    if m := _PLUS.match(s):
        return Mark("plus", "+", m.end())
    return None


def paragraphs(lines: list[Line], measure: Measure) -> list[Paragraph]:
    """Join the lines of a body."""
    groups: list[list[Line]] = []
    for i, line in enumerate(lines):
        if i and not _breaks(lines, i, measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    for whole in _bounded(_glued([line.t for line in group]) for group in groups):
        mark = mark_of(whole)
        body = whole[mark.length :].strip() if mark else whole
        if body:
            out.append(Paragraph(mark, body, whole))
    return out


_LONGEST = 20_000
"""Letters of a paragraph; no document has longer ones, and a file made to hold the reader up must not."""


def _bounded(wholes: Iterable[Text]) -> Iterator[Text]:
    for whole in wholes:
        at = 0
        while len(whole) - at > _LONGEST:
            stop = whole.s.rfind(". ", at + _LONGEST // 2, at + _LONGEST)
            cut = stop + 1 if stop > 0 else at + _LONGEST
            yield whole[at:cut].strip()
            at = cut
        yield whole[at:].strip() if at else whole


def _glued(parts: list[Text]) -> Text:
    """Lines after one another; a code or a word cut by a hyphen at the line end is closed up."""
    out: list[Text] = []
    for part in parts:
        if (
            (out and re.search(r"\d\s?-$", out[-1].s) and part.s[:1].isupper())
            or (out and re.search(r"(?:\d|[A-ZĐ])/$", out[-1].s) and re.match(r"[A-ZĐ\d]", part.s))
            or (out and re.match(r"[-/][A-ZĐ]", part.s) and re.search(r"\d$|[A-ZĐ]$", out[-1].s))
            or (out and re.search(r"[A-ZĐ]-$", out[-1].s) and re.match(r"[A-ZĐ]{2}", part.s))
        ):
            out[-1] = Text.join([out[-1], part], "")
        else:
            out.append(part)
    return Text.join(out)


def _breaks(lines: list[Line], i: int, measure: Measure) -> bool:
    """Whether line i begins a new paragraph."""
    before, line = lines[i - 1], lines[i]
    a, b = before.t.s, line.t.s
    mark = mark_of(line.t)
    closed = _ENDS.search(a) is not None
    full = _full(before, line, measure)
    if re.search(r"\d\s?-$|\d/$", a) and re.match(r"[A-ZĐ]{2}", b):
        return False
    if mark and mark.kind in ("dash", "plus"):
        small = line.t.s[mark.length : mark.length + 1].islower()
        if closed or re.search(r",$", a):
            return True
        return not (full or line.page_break) or (
            not small and line.gap > 0 and not measure.double and not line.page_break
        )
    if mark and mark.kind in ("number", "decimal", "roman", "article", "letter", "part"):
        if closed:
            return True
        if re.search(
            r"(?:\bsố|\bngày|\btháng|\bnăm|,|\bvà|\bkhoản|\bđiểm|\bĐiều|\bmục|\bđến|\btừ|/|-)\s*$", a
        ) and (full or line.gap == 0 or line.page_break):
            return False
        return not (full and mark.kind in ("number", "letter") and b[mark.length : mark.length + 1].islower())
    if not closed and (b[0].islower() or b[0].isdigit()):
        return False
    if not closed:
        if full or line.page_break:
            return False
        if b[0].isupper() and len(a) >= 60 and not measure.full and line.gap > 0 and re.search(r"[\w,]$", a):
            return _heading(a)
        return True
    if b[0].islower() and re.search(r"[….]$", a):
        return False
    if line.page_break and full:
        return False
    if measure.full:
        if measure.double:
            return not full
        return line.gap > 0 or not full
    return True


def _heading(a: str) -> bool:
    letters = [c for c in a if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _full(before: Line, line: Line, measure: Measure) -> bool:
    """Whether the line before was filled: the next word would not have fitted."""
    if not measure.full:
        return False
    word = re.match(r"\S+", line.t.s)
    return before.width + 1 + (len(word[0]) if word else 0) > 0.93 * measure.full
