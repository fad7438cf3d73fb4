"""Numbers of this agency's own secret documents, given as a list, looked for in the heads of what is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bmnn.discovery.signals.marks import Reading
from bmnn.discovery.signals.model import Level, Signal
from bmnn.discovery.signals.plainly import plain
from bmnn.vietnamese import nfc

_SPLIT = re.compile(r"[\t;,]")
_LEVELS: dict[str, Level] = {"tuyet mat": "TUYET_MAT", "toi mat": "TOI_MAT", "mat": "MAT"}
_SYMBOL = re.compile(
    r"(?<![a-z0-9])\d{1,6}[a-z]?\s*[-/]\s*(?:\d{4}\s*/\s*)?[a-z][a-z0-9&.]*(?:\s*[-/&.]\s*[a-z0-9]+)*"
)
_OWN = re.compile(r"so\s*[:.]?\s*$")
_BEFORE = 12


def read_list(lines: Iterable[str]) -> dict[str, Level | None]:
    """Known numbers by their plain form, with the level where one is given.

    A line holds `12/BC-UBND` and, if wanted, a tab, comma or semicolon and the level in words; others are skipped.
    """
    known: dict[str, Level | None] = {}
    for line in lines:
        number, *rest = (plain(nfc(part)).strip() for part in _SPLIT.split(line))
        if _SYMBOL.fullmatch(number):
            known[_key(number)] = next((_LEVELS[word] for word in rest if word in _LEVELS), None)
    return known


def register_numbers(reading: Reading, known: dict[str, Level | None]) -> Iterator[Signal]:
    """Known numbers: evidence where the text bears one as its own ("Số: …"), worth a look where it only cites it."""
    seen: set[str] = set()
    for m in _SYMBOL.finditer(reading.plain) if known else ():
        key = _key(m.group())
        while key not in known and re.search(r"[-/&.]", key):
            key = re.sub(r"[-/&.][^-/&.]*$", "", key)
        if key not in known or key in seen:
            continue
        seen.add(key)
        own = bool(_OWN.search(reading.plain[max(0, m.start() - _BEFORE) : m.start()]))
        rule = "Mang số văn bản có trong sổ của cơ quan" if own else "Nhắc số văn bản có trong sổ của cơ quan"
        text = " ".join(reading.text[slice(*m.span())].split())
        score = 0.85 if own else 0.4
        yield Signal("register_number", text, score, rule, known[key], reading.page, m.span())


def _key(number: str) -> str:
    return re.sub(r"\s+", "", number).lstrip("0")
