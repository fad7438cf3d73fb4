"""Numbers and symbols of documents, and dates, as they stand in running text.

What the file shows is never corrected by guessing. A code whose type or issuer part is unknown is repaired
only when reading Đ for the
D, B or P of a bad OCR gives a known one; the repair is marked and a person must confirm it. Digits are never touched.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date

from bmnn.directives.text import Text
from bmnn.vietnamese import TYPE_CODES

_PARTY_CODES = "NQ CT QĐ QĐi QC KL TT TB HD BC KH CTr TTr CV BB ĐA PA GM GGT CTHĐ TBKL"
PARTY_TYPES = frozenset(_PARTY_CODES.split())
STATE_TYPES = frozenset(TYPE_CODES) | {"VBHN", "TTLT", "CTHĐ", "CTPH", "QĐi", "TBKL", "ĐC"}
_ISSUER_CODES = (
    "TW TU ĐU CB HU QU UBND HĐND TTg CP CTN VPCP VPTW BTCTW BTGTW BTGDVTW BNCTW UBKTTW QUTW ĐUCA ĐUCP ĐUK "
    "ĐUCQ ĐUUB BCSĐ ĐĐ BTVTU BTVĐU BTCTU BTGTU BNCTU UBKTTU VPTU VPĐU MTTQ BCA BQP BNV BTC BTP BYT BXD BCT "
    "BKHCN BGDĐT BNNMT BNG BVHTTDL BTTTT BTNMT BLĐTBXH BKHĐT BGTVT BNNPTNT NHNN TTCP UBTVQH BCĐ BCĐTW STC "
    "SNV SXD SYT SGDĐT CAT CATP CAX PTTĐĐ SLĐTBXH TTĐT VP UBDT TANDTC VKSNDTC KTNN PA ĐH"
)
ISSUERS = frozenset(_ISSUER_CODES.split())
_REPAIRABLE = {"D": "Đ", "B": "Đ", "P": "Đ"}

_SYMBOL = r"[A-ZĐƯ][A-Za-zĐđƯư0-9]*(?:\s?[-–&.]\s?[A-ZĐƯ][A-Za-zĐđƯư0-9&.]*)*"
_STATE = re.compile(
    rf"(?<![\w/.,])(\d{{1,6}}[a-z]?)(\s{{0,2}}/\s{{0,2}})(?:((?:19|"
    rf"20)\d\d)\s?/\s?)?({_SYMBOL})(?![\wĐđ])"
)
_PARTY = re.compile(
    r"(?<![\w/.,])(\d{1,6}[a-z]?)(\s?[-–]\s?)([A-ZĐ]{1,"
    r"5}[a-z]?)\s?/\s?([A-ZĐ][A-Za-zĐđ0-9]*(?:[.\-/][A-ZĐ][A-Za-zĐđ0-9]*)*)(?![\wĐđ])"
)
_FIGURES = re.compile(r"(?<![\d/.])(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?((?:19|20)\d\d)(?![\d/])")
_WORDS = re.compile(r"(?:ngay|hom)\s+(\d{1,2})\s+thang\s+(\d{1,2})\s*(?:,\s*)?nam\s+((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Code:
    """A document's number: `number` alone, `symbol`, and both together as documents are cited (`text`)."""

    a: int
    b: int
    number: str
    symbol: str
    text: str
    kind: str
    type_code: str | None
    issuer: str
    repaired_from: str | None = None


@dataclass(frozen=True)
class Day:
    """A full date at letters a..b."""

    a: int
    b: int
    day: date


def codes_in(t: Text, marks_lost: bool = False) -> list[Code]:
    """All document numbers, in order."""
    found: list[Code] = []
    taken: list[tuple[int, int]] = []
    for m in _PARTY.finditer(t.s):
        type_code, how = _known(re.sub(r"\s", "", m[3]), PARTY_TYPES | STATE_TYPES)
        if type_code is None:
            continue
        issuer, fixed = _issuer(m[4], marks_lost)
        text = f"{m[1]}-{type_code}/{issuer}"
        read = re.sub(r"\s", "", m[0]).replace("–", "-")
        found.append(
            Code(
                m.start(),
                m.end(),
                m[1],
                f"{type_code}/{issuer}",
                text,
                "party",
                type_code,
                issuer,
                read if how or fixed else None,
            )
        )
        taken.append(m.span())
    for m in _STATE.finditer(t.s):
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        symbol = re.sub(r"\s", "", m[4]).rstrip(".").replace("–", "-")
        if not _symbol_like(symbol, bool(m[3])):
            continue
        parts = symbol.split("-")
        repaired = False
        for i, part in enumerate(parts):
            known = STATE_TYPES | ISSUERS
            new, how = _known(part, known, keep=True) if len(parts) > 1 or marks_lost else (part, False)
            parts[i], repaired = new or part, repaired or how
        fixed_symbol = "-".join(parts)
        type_code = parts[0] if parts[0] in STATE_TYPES and len(parts) > 1 else None
        year = f"{m[3]}/" if m[3] else ""
        text = f"{m[1]}/{year}{fixed_symbol}"
        end = m.start(4) + len(m[4].rstrip("."))
        found.append(
            Code(
                m.start(),
                end,
                m[1],
                f"{year}{fixed_symbol}",
                text,
                "state",
                type_code,
                parts[-1],
                f"{m[1]}/{year}{symbol}" if repaired else None,
            )
        )
    return sorted(found, key=lambda c: c.a)


def _symbol_like(symbol: str, dated: bool) -> bool:
    """Whether letters after a slash are a symbol and not a word: «3/Báo cáo»."""
    upper = sum(c.isupper() for c in symbol)
    lower = sum(c.islower() for c in symbol)
    return (upper >= 2 and lower <= max(2, upper)) or (dated and upper >= 1 and len(symbol) <= 12)


def _known(part: str, known: frozenset[str], keep: bool = False) -> tuple[str | None, bool]:
    """A part as a known code; with one or two letters read as Đ when only so it is known. (value, was repaired)"""
    if part in known or re.fullmatch(r"(?:UBTV)?QH\d{1,2}", part):
        return part, False
    places = [i for i, c in enumerate(part) if c in _REPAIRABLE]
    options: set[str] = set()
    for n in (1, 2):
        for chosen in itertools.combinations(places, n):
            new = "".join("Đ" if i in chosen else c for i, c in enumerate(part))
            if new in known:
                options.add(new)
        if options:
            break
    if len(options) == 1:
        return options.pop(), True
    return (part, False) if keep else (None, False)


def _issuer(written: str, marks_lost: bool) -> tuple[str, bool]:
    if not marks_lost:
        return written, False
    new, how = _known(written, ISSUERS, keep=True)
    return new or written, how


def dates_in(t: Text) -> list[Day]:
    """All full dates (day, month, year) that exist in the calendar, in order."""
    found = []
    for pattern, text in ((_FIGURES, t.s), (_WORDS, t.folded)):
        for m in pattern.finditer(text):
            day = day_of(m[1], m[2], m[3])
            if day:
                found.append(Day(m.start(), m.end(), day))
    return sorted(found, key=lambda d: d.a)


def day_of(day: str, month: str, year: str) -> date | None:
    """A date of the calendar, or None."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
