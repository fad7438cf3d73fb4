"""Wording: a text that says of itself that it is secret, or whose subject is that of a list entry.

Wording alone is never more than a reason to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bmnn.discovery.signals.marks import Reading, level_of
from bmnn.discovery.signals.model import Level, Signal
from bmnn.discovery.signals.plainly import any_of, phrase, plain

_CLAIM = re.compile(
    rf"{any_of('tai lieu nay', 'van ban nay', 'bao cao nay', 'de an nay', 'ke hoach nay', 'phuong an nay')}"
    rf"(?:\s+\S+){{0,8}}?\s+{phrase('bi mat nha nuoc')}(?:\s+\S+){{0,3}}?\s+do\s+"
    rf"(?P<level>{any_of('tuyet mat', 'toi mat', 'mat')})(?![a-z])"
)
_SUBJECT = re.compile(
    rf"{any_of('ve viec', 'v/v', 'trich yeu')}\s*:?\s*(?P<subject>.{{12,300}})$",
    re.MULTILINE,
)
_TITLE = re.compile(
    rf"{any_of('bao cao', 'ke hoach', 'phuong an', 'de an', 'to trinh')}"
    r"[ *]*\n\s*[*#]{0,6}(?P<subject>.{12,300})$",
    re.MULTILINE,
)
_START = re.compile(r"[ *#]{0,6}(?=ve|v/v|tr|bao|ke|ph|de|to)")
_NEXT_START = re.compile(rf"\n{_START.pattern}")
_HEAD = 3000
_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    """va cua cac cho ve theo tai trong ngoai tren duoi nhung khi den tu co khong la duoc do voi de nhu nay thuoc cap
    so nam nha nuoc quoc gia bo tinh cong tac bao cao ke hoach phuong an""".split()  # noqa: SIM905
)
_LEAST_WORDS, _LEAST_SHARE = 6, 0.85


@dataclass(frozen=True)
class Entry:
    """An entry of a list of state secrets (danh mục): its words, level and where it stands."""

    code: str
    level: Level
    text: str
    citation: str


def wordings(reading: Reading, entries: Sequence[Entry]) -> Iterator[Signal]:
    """Claims of secrecy, and subjects that say nearly all an entry of a list says."""
    claim = _CLAIM.search(reading.plain) if "bi mat nha nuoc" in reading.plain else None
    if claim:
        level, _ = level_of(claim["level"])
        shown = " ".join(reading.text[slice(*claim.span())].split())[:80]
        yield Signal("wording", shown, 0.5, "Tự ghi thuộc bí mật nhà nước", level, reading.page, claim.span())
    if entries:
        starts = list(_line_starts(reading.plain))
        for pattern in (_SUBJECT, _TITLE):
            for start in starts:
                m = pattern.match(reading.plain, start, _HEAD)
                if m:
                    yield from _like_entries(reading, m.span("subject"), entries)


def _line_starts(text: str) -> Iterator[int]:
    """Where the lines of a text's head that may name a subject begin, past what decorates them."""
    first = _START.match(text, 0, _HEAD)
    if first:
        yield first.end()
    for m in _NEXT_START.finditer(text, 0, _HEAD):
        yield m.end()


def _like_entries(reading: Reading, at: tuple[int, int], entries: Sequence[Entry]) -> Iterator[Signal]:
    said = _words(reading.plain[slice(*at)])
    for entry in entries:
        wanted = _entry_words(entry.text)
        if len(wanted) >= _LEAST_WORDS and len(wanted & said) >= _LEAST_SHARE * len(wanted):
            rule = f"Trích yếu trùng ý với mục {entry.code} ({entry.citation})"
            shown = reading.text[slice(*at)].strip()[:80]
            yield Signal("list_entry", shown, 0.45, rule, entry.level, reading.page, at)
            return


def _words(text: str) -> set[str]:
    return {w for w in _WORD.findall(text) if w not in _COMMON}


@lru_cache(maxsize=4000)
def _entry_words(text: str) -> frozenset[str]:
    return frozenset(_words(plain(text)))
