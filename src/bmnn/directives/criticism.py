"""What a document finds wrong (shortcomings, causes) and counts (statistics)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.text import Text, sentence_start

_FLAWS = re.compile(
    r"(?:tuy nhien|ben canh (?:do|nhung|ket qua)|song|mac du vay|tren dia ban[^.]{0,300}(?:ton "
    r"tai|han che)|nhung (?:han che|ton tai|thieu sot))"
)
_HAS_FLAWS = re.compile(
    r"(?<!\w)(?:han che|ton tai|thieu sot|bat cap|so ho|vi pham|chua (?:duoc|dung|day du|thuc "
    r"hien|bao dam|chap hanh))(?!\w)"
)
_CAUSES = re.compile(r"(?<!\w)(?:nguyen nhan|do nhieu nguyen nhan)(?!\w)")
_CAUSE_START = re.compile(
    r"(?:nguyen nhan)[^.;:]{0,120}?(?:la do|la|do)\s*:?\s+|nguyen nhan[^.;:]{0,120}?:\s*|do nhieu "
    r"nguyen nhan,\s*trong do co nguyen nhan la do\s+"
)


@dataclass
class Flaw:
    """One segment of criticism."""

    t: Text


def criticism(lead: list[Text], commanding: Text | None) -> tuple[list[Flaw], list[Flaw]]:
    """(shortcomings, causes) of the paragraphs before the orders."""
    flaws: list[Flaw] = []
    causes: list[Flaw] = []
    started = False
    for t in lead:
        if commanding is not None and t is commanding and not _CAUSES.search(t.folded[:60]):
            continue
        begins = _FLAWS.match(t.folded) is not None
        m = _CAUSES.search(t.folded)
        if m is None:
            if (
                (begins or started)
                and _HAS_FLAWS.search(t.folded)
                and not re.match(r"(?:de |ngay \d|thuc hien|can cu)", t.folded)
            ):
                started = True
                flaws += _segments(t)
            continue
        start_at = sentence_start(t, m.start())
        before, after = t[:start_at].strip(), t[start_at:].strip()
        if before and (begins or started) and _HAS_FLAWS.search(before.folded):
            flaws += _segments(before)
        start = _CAUSE_START.search(after.folded)
        causes += _segments(after[start.end() :].strip() if start else after)
        started = False
    return flaws, causes


def _segments(t: Text) -> list[Flaw]:
    """Pieces between semicolons; commas and brackets do not part."""
    depth, at, out = 0, 0, []
    for i, c in enumerate(t.s):
        depth += (c == "(") - (c == ")")
        if c == ";" and depth <= 0:
            out.append(t[at:i].strip(" .;"))
            at = i + 1
    out.append(t[at:].strip(" .;"))
    return [Flaw(p) for p in out if len(p) > 5]
