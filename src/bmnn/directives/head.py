"""The head of a document: issuer, type, number, place, date, subject, marks, addressees; and its tail:
recipients, signature.
"""

from __future__ import annotations

import re
from datetime import date

from bmnn.directives.codes import codes_in, day_of
from bmnn.directives.layout import Line
from bmnn.directives.lexis import from_capitals, lexis, spelled
from bmnn.directives.tags import (
    PLACE_DATE,
    SECRECY,
    URGENCY,
    is_capitals,
    tag,
    title_of,
)
from bmnn.directives.text import Text, one_line
from bmnn.directives.values import Head, Value
from bmnn.vietnamese import TYPE_CODES


def read_head(lines: list[Line], marks_lost: bool) -> Head:
    """Read the lines before the body."""
    head = Head()
    letterhead: list[Text] = []
    kinds = [tag(line.t) for line in lines]
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        t = line.t.strip("*")
        if (
            kind == "letterhead"
            and "document_type" not in head.found
            and not any(k in ("addressees",) for k in kinds[:i])
        ):
            letterhead.append(t)
        elif _more_letterhead(letterhead, kinds, i, t):
            letterhead[-1] = Text.join([letterhead[-1], t])
        elif kind == "signature" and not letterhead and not letterhead_ended(kinds[:i]):
            letterhead.append(t)  # «CHỦ TỊCH ỦY BAN NHÂN DÂN» over the number: an issuing post
        elif kind == "number":
            _number(head, t, marks_lost)
        elif kind == "date":
            _place_date(head, t)
        elif kind == "title":
            head.found["document_type"] = Value(title_of(t), t.span(), "title", 0.99)
            _subject_after_title(head, lines, kinds, i, marks_lost)
        elif kind == "vv":
            _subject_vv(head, lines, kinds, i)
        elif kind in ("secrecy", "urgency"):
            table = SECRECY if kind == "secrecy" else URGENCY
            plain = re.sub(r"[^a-z ]", "", t.folded).strip()
            head.found[f"{kind}_mark"] = Value(table[plain], t.span(), f"{kind}_line", 0.95)
        elif kind == "addressees" or (kind is None and re.search(r"\bdien\s*:?$", t.folded) and len(t) < 90):
            _addressees(head, lines, kinds, i, marks_lost)
    _letterhead(head, letterhead)
    _letter_subject(head, lines, kinds)
    return head


def _more_letterhead(letterhead: list[Text], kinds: list[str | None], i: int, t: Text) -> bool:
    """«TỈNH SÔNG HẠ» under «ỦY BAN NHÂN DÂN», also when the other column stands between."""
    if kinds[i] is not None or not letterhead or not is_capitals(t.s) or letterhead_ended(kinds[:i]):
        return False
    if kinds[i - 1] in ("letterhead", "signature"):
        return True
    return kinds[i - 1] in ("slogan", "star") and lexis().levels.match(t.folded) is not None


def letterhead_ended(kinds: list[str | None]) -> bool:
    """Whether the number, a title or the date has been seen."""
    return any(k in ("number", "title", "date", "vv", "addressees") for k in kinds)


def _number(head: Head, t: Text, marks_lost: bool) -> None:
    codes = codes_in(t, marks_lost)
    if codes:
        c = codes[0]
        repaired = c.repaired_from
        sure = 0.6 if repaired else 0.98
        head.found["number"] = Value(c.number, t.span(c.a, c.a + len(c.number)), "number_line", sure)
        head.found["symbol"] = Value(
            c.symbol, t.span(c.a + len(c.number), c.b), "number_line", sure, repaired
        )
        head.code = c.text
        return
    m = re.match(
        r"(?i:số)\s*[:.]?\s*[._…\s]*[-/]\s*([A-ZĐ][A-Za-zĐđ0-9/&.-]*(?:\s?-\s?[A-ZĐ][A-Za-zĐđ0-9]*)*)", t.s
    )
    if m:
        head.found["symbol"] = Value(re.sub(r"\s", "", m[1]), t.span(*m.span(1)), "number_left_blank", 0.9)
        return
    m = re.match(r"(?i:số)\s*[:.]?\s*(\d{1,6})\s*$", t.s)
    if m:
        head.found["number"] = Value(m[1], t.span(*m.span(1)), "number_line", 0.9)


def _place_date(head: Head, t: Text) -> None:
    m = PLACE_DATE.match(t.folded)
    if m is None or "date" in head.found:
        return
    place = t[m.start("place") : m.end("place")].strip(",")
    if place and not re.match(r"(?:ha)?\s*ngay$", place.folded):
        head.found["place"] = Value(one_line(place.s), place.span(), "place_and_date", 0.98)
    day: date | None = day_of(m["d"], m["m"], m["y"]) if m["d"] and m["m"] else None
    if day:
        head.found["date"] = Value(day.isoformat(), t.span(m.end("place"), m.end()), "place_and_date", 0.98)


def _under(lines: list[Line], kinds: list[str | None], i: int) -> list[Line]:
    """The untagged lines that follow line i at once."""
    out: list[Line] = []
    for line, kind in zip(lines[i + 1 :], kinds[i + 1 :], strict=True):
        if kind in ("star", "secrecy", "urgency") and not out:
            continue
        if kind is not None and not (kind == "letterhead" and out):
            break
        out.append(line)
    return out


def _subject_after_title(
    head: Head, lines: list[Line], kinds: list[str | None], i: int, marks_lost: bool
) -> None:
    rest = []
    for line in lines[i + 1 :]:
        if tag(line.t) in ("addressees", "date", "number", "slogan") or re.search(
            r"\bdien\s*:?$", line.t.folded
        ):
            break
        rest.append(line)
    if rest and re.match(r"cua\s", rest[0].t.folded) and is_capitals(rest[0].t.s):
        issuer = rest[0].t[4:].strip("*")
        head.found["issuing_body"] = Value(from_capitals(issuer.s), issuer.span(), "title_of_issuer", 0.97)
        rest = rest[1:]
    if (
        rest
        and is_capitals(rest[0].t.s)
        and len(rest) > 1
        and lexis().heads.match(rest[0].t.folded)
        and not is_capitals(rest[1].t.s)
    ):
        rest = rest[1:]
    if not rest:
        return
    joined = Text.join(line.t.strip("*") for line in rest).strip("*")
    _subject(head, joined, "under_title", marks_lost)


def _subject_vv(head: Head, lines: list[Line], kinds: list[str | None], i: int) -> None:
    joined = Text.join([lines[i].t.strip("*"), *(line.t.strip("*") for line in _under(lines, kinds, i))])
    _subject(head, joined, "after_v/v", False)


def _letter_subject(head: Head, lines: list[Line], kinds: list[str | None]) -> None:
    """Party letters print the subject under the number, without «V/v»."""
    if "subject" in head.found or "document_type" in head.found or "number" not in kinds:
        return
    under = _under(lines, kinds, kinds.index("number"))
    if under and all(len(line.t) < 90 for line in under):
        _subject(head, Text.join(line.t.strip("*") for line in under).strip("*"), "under_number", False)


_KEPT_WITH = re.compile(r"\s*\((?:ban hanh )?(?:kem theo|dinh kem)\b")


_ABOUT = re.compile(r"(?:v\s?/\s?v|ve viec|ve)\s*[:.]?\s+")


def _subject(head: Head, t: Text, rule: str, marks_lost: bool) -> None:
    m = _ABOUT.match(t.folded)
    bare = t[m.end() :] if m else t
    bare = bare.strip("*–—-_. ")
    if kept := _KEPT_WITH.search(bare.folded):
        attached = codes_in(bare[kept.start() :], marks_lost)
        head.attached_to = attached[0].text if attached else ""
        bare = bare[: kept.start()].strip("*–—-_. ")
    if len(bare) < 4 or "subject" in head.found:
        return
    value = one_line(bare.s.replace("*", ""))
    head.found["subject"] = Value(value, bare.span(), rule, 0.9 if marks_lost else 0.96)


def _addressees(head: Head, lines: list[Line], kinds: list[str | None], i: int, marks_lost: bool) -> None:
    t = lines[i].t.strip("*")
    m = re.match(r"kinh gui\s*:?\s*", t.folded)
    parts: list[Text] = []
    if m:
        rest = t[m.end() :].strip()
        if rest:
            parts.append(rest)
    for line, kind in zip(lines[i + 1 :], kinds[i + 1 :], strict=True):
        if kind is not None and kind not in ("letterhead", "signature"):
            break
        bare = line.t.strip("*")
        if (
            parts
            and not re.match(r"[-–+•]", bare.s)
            and not re.search(r"[;,.]$", parts[-1].s)
            and bare.s[0].islower()
        ):
            parts[-1] = Text.join([parts[-1], bare])
        else:
            parts.append(bare)
    for part in parts:
        for piece in part.split(r"(?:(?<=[;,])|^)\s*[-–•+]\s+(?=\S)"):
            bare = piece.strip("-–+•*;,. ")
            if bare:
                head.addressees.append(
                    Value(spelled(bare.s, marks_lost), bare.span(), "addressee_line", 0.97)
                )


def _letterhead(head: Head, found: list[Text]) -> None:
    joined: list[Text] = []
    for t in found:
        continues = (
            joined
            and lexis().levels.match(t.folded) is not None
            and not re.match(r"tinh uy|thanh uy|huyen uy|xa hoi", t.folded)
        )
        if continues:
            joined[-1] = Text.join([joined[-1], t])
        else:
            joined.append(t)
    if not joined:
        return
    if len(joined) > 2:
        joined = joined[:2]
    issuer = joined[-1]
    head.found["issuing_body"] = Value(from_capitals(issuer.s), issuer.span(), "letterhead", 0.98)
    if len(joined) == 2:
        head.found["parent_body"] = Value(from_capitals(joined[0].s), joined[0].span(), "letterhead", 0.95)


def type_from_symbol(symbol: str | None) -> str | None:
    """The document type that a symbol's code names; letters (`UBND-THNC`, `CV/TU`) are Công văn."""
    if not symbol:
        return None
    first = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    return TYPE_CODES.get(first, "Công văn")
