"""The tail of a document: recipients and signature."""

from __future__ import annotations

import re

from bmnn.directives.layout import Line
from bmnn.directives.lexis import from_capitals, spelled
from bmnn.directives.tags import (
    AUTHORITY,
    ROLE,
    is_capitals,
    person,
    tag,
)
from bmnn.directives.text import Text, one_line
from bmnn.directives.values import Tail, Value


def read_tail(lines: list[Line], marks_lost: bool) -> Tail:
    """Read recipients and signature."""
    tail = Tail()
    items: list[Text] = []
    listing = False
    block: list[Text] = []
    for i, line in enumerate(lines):
        t = line.t.strip("*")
        kind = tag(line.t)
        if kind == "recipients":
            listing = True
            label = re.match(r"noi nhan\s*:?\s*", t.folded)
            rest = t[label.end() :] if label else t[:0]
            if rest:
                items += _items(rest)
            continue
        if kind == "signature":
            block.append(t)
            continue
        if listing and re.match(r"[-–+•]\s*\S", t.s) and not _wrapped(lines, i):
            items += _items(t)
            continue
        name = person(t)
        if name is not None:
            block.append(t)
            continue
        if kind in ("letterhead", "slogan"):
            if block and kind == "letterhead" and AUTHORITY.fullmatch(block[-1].s.strip()):
                block[-1] = Text.join([block[-1], t])
            continue
        if (
            listing
            and items
            and (t.s[0].islower() or _wrapped(lines, i))
            and not block
            and line.gap <= 1
            and not re.search(r"[.;]$", items[-1].s)
        ):
            items[-1] = Text.join([items[-1], t])
        elif listing and line.gap == 0 and items and not block and len(t) > 3 and re.search(r"[;,.]$", t.s):
            items += _items(t)
    _name_at_end(tail, items, block, marks_lost)
    for item in items:
        _recipient(tail, item, marks_lost)
    _signature(tail, block, marks_lost)
    return tail


def _wrapped(lines: list[Line], i: int) -> bool:
    """Whether a line that begins with a dash only goes on with «CT - XH»: the line before is not closed."""
    if i == 0:
        return False
    before = lines[i - 1].t.s.strip()
    return re.search(r"(?:CT|chính trị|Chính trị)$", before) is not None and lines[i].gap <= 1


def _items(t: Text) -> list[Text]:
    return [p for p in (piece.strip("-–+• ") for piece in t.split(r"(?:(?<=[;.])|^)\s*[-–+•]\s+(?=\S)")) if p]


def _name_at_end(tail: Tail, items: list[Text], block: list[Text], marks_lost: bool) -> None:
    """Two columns read as one: «- Cổng thông tin điện tử tỉnh, Trần Đình Văn»."""
    if not block or any(person(b) for b in block):
        return
    for i, item in enumerate(items):
        if re.match(r"luu\b", item.folded):
            continue
        m = re.search(r"[,;.]\s+(?=[^,;.]+$)", item.s)
        if m and (name := person(item[m.end() :].strip())) is not None:
            items[i] = item[: m.start()]
            block.append(name)
            return


_REPORT = re.compile(r"\s*\(?\s*(?:de\s+)?(?:bao cao|b/c|b\.c)\s*\)?\s*$")


_PURPOSE = re.compile(
    r"\s*\((?:de\s+)?(?:biet|thuc hien|phoi hop|chi dao|theo doi|dang tai|ph|p/h|t/h)[^)]*\)\s*$"
)


def _recipient(tail: Tail, item: Text, marks_lost: bool) -> None:
    bare = item.strip("-–+•*;,. ")
    if marks_lost and not re.match(r"luu\b", bare.folded):
        bare = _without_specks(bare)
    if not bare:
        return
    m = re.match(r"luu\b\s*:?\s*", bare.folded)
    if m:
        rest = bare[m.end() :].strip("-–:;,. ")
        value = re.sub(r"(?<!\w)VT(?!\w)", "văn thư", spelled(rest.s, marks_lost))
        if rest:
            tail.to_file.append(Value(value, rest.span(), "recipient_line", 0.97))
        return
    if m := _REPORT.search(bare.folded):
        bare = bare[: m.start()].strip("-–+•*;,.( ")
        tail.to_report.append(Value(spelled(bare.s, marks_lost), bare.span(), "recipient_to_report", 0.97))
        return
    if m := _PURPOSE.search(bare.folded):
        bare = bare[: m.start()].strip(";,. ")
    tail.to_know.append(Value(spelled(bare.s, marks_lost), bare.span(), "recipient_line", 0.97))


def _without_specks(t: Text) -> Text:
    """An OCR reads specks and pieces of a stamp after the end of a line."""
    m = re.search(r"[,;]\s*([^,;]{0,14})$", t.s)
    if m and not re.search(r"[^\W\d_]{3,}", m[1]):
        return t[: m.start()].strip()
    return t


_AUTHORITIES = {
    "TM": "TM",
    "T.M": "TM",
    "T/M": "T/M",
    "KT": "KT",
    "K/T": "K/T",
    "TL": "TL",
    "T.L": "TL",
    "T/L": "T/L",
    "TUQ": "TUQ",
    "T/UQ": "TUQ",
    "Q": "Q",
}


def _signature(tail: Tail, block: list[Text], marks_lost: bool) -> None:
    roles: list[Text] = []
    for t in block:
        m = AUTHORITY.match(t.s)
        if m and is_capitals(t.s):
            rest = t[m.end() :].strip(" .")
            if "authority" not in tail.signature:
                tail.signature["authority"] = Value(
                    _AUTHORITIES[m[1]], t.span(*m.span(1)), "signature_authority", 0.97
                )
                if rest and m[1].replace("/", "") in ("TM", "T.M"):
                    tail.signature["on_behalf_of"] = Value(
                        from_capitals(spelled(rest.s, marks_lost)), rest.span(), "signature_authority", 0.95
                    )
                elif rest:
                    tail.signature["on_behalf_of"] = Value(
                        from_capitals(spelled(rest.s, marks_lost)), rest.span(), "signature_authority", 0.93
                    )
            continue
        name = person(t)
        if name is not None and not is_capitals(t.s):
            if "name" not in tail.signature:
                tail.signature["name"] = Value(
                    one_line(name.s), name.span(), "signature_name", 0.7 if marks_lost else 0.95
                )
            continue
        if ROLE.match(t.folded):
            roles.append(t)
    if roles:
        t = roles[-1] if len(roles) > 1 and "authority" in tail.signature else roles[0]
        tail.signature["role"] = Value(
            from_capitals(spelled(t.s, marks_lost)), t.span(), "signature_role", 0.95
        )
