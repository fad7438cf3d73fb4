"""Where one document ends and the next begins, and the zones of each: head, body, tail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.layout import Line
from bmnn.directives.tags import ENDED, HEAD_TAGS, SLOGAN, is_capitals, is_signature, person, tag, title_of
from bmnn.directives.text import Text

_GAP = re.compile(r"\s{3,}|\t+|\s+\|\s+")
OPENING = re.compile(
    r"(?:(?:trong )?thoi gian (?:qua|vua qua|gan day)|trong (?:nhung|thoi|nam|qua|boi|cac)|tuy "
    r"nhien|thuc hien|can cu|tu (?:thoi|ngay|dau|nam)|ngay \d|de |truoc|hien nay|theo|nhung nam"
    r"|nam \d|qua |nham|vua qua|den nay|xet|sau khi|tiep tuc|tiep theo|hom nay|nhan duoc|ban hanh|"
    r"phuc dap|(?:chu tich|ban thuong vu|uy ban|thuong truc|thu tuong|chanh|so|van phong|cong an|"
    r"bo|giam doc)\b.{20,}"
    r"|dieu \d|cong tac|tinh hinh|dien bien|bao so|mua)"
)
_CLAUSE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\s*[.)\-–]|[ivxIVX]{1,5}\s*[.)\-–]|(?i:điều)\s+\d|[a-zđ]\))\s")


@dataclass
class Zones:
    """The lines of one document."""

    head: list[Line]
    body: list[Line]
    tail: list[Line]


def columns_apart(lines: list[Line]) -> list[Line]:
    """Lines that hold two columns of a head or tail («Nơi nhận: … TM. ỦY BAN …») as two lines."""
    out: list[Line] = []
    for line in lines:
        parts = [q for p in _columns(line.t) for q in _titled(p)]
        out += [
            Line(
                p,
                line.gap if i == 0 else 0,
                line.width,
                line.indent,
                line.page_break and i == 0,
                line.cell and i == 0,
            )
            for i, p in enumerate(parts)
        ]
    return out


_TITLE_OF = re.compile(r"\s+(?=cua\s+[a-z])")


def _titled(t: Text) -> list[Text]:
    """«CHỈ THỊ CỦA BAN THƯỜNG VỤ TỈNH ỦY» on one line is the title and, under it, whose it is."""
    m = _TITLE_OF.search(t.folded) if is_capitals(t.s) else None
    if m is None or title_of(t[: m.start()]) is None:
        return [t]
    return [t[: m.start()], t[m.end() :]]


def _columns(t: Text) -> list[Text]:
    pieces, at = [], 0
    for m in _GAP.finditer(t.s):
        pieces.append(t[at : m.start()].strip("|"))
        at = m.end()
    pieces.append(t[at:].strip("|"))
    pieces = [p for p in pieces if p]
    if len(pieces) > 1 and any(_column_mark(p) for p in pieces):
        return [q for p in pieces for q in _merged(p)]
    return _merged(t)


def _column_mark(t: Text) -> bool:
    return tag(t) is not None or (person(t) is not None)


def _merged(t: Text) -> list[Text]:
    """Two columns with a single space between: known border words tell where."""
    m = SLOGAN.search(t.folded)
    if m and len(t) < 160 and (m.start() > 0 or m.end() < len(t)):
        parts = [t[: m.start()].strip("| "), t[m.start() : m.end()], t[m.end() :].strip("| ")]
        return [p for p in parts if p]
    m = re.match(r"(so(?:\s*[:.]|\s)\s*[\w./\-–]{2,40}?)\s+(?=[^\d,]{2,30},\s*ngay\s)", t.folded)
    if m and len(t) < 140:
        return [t[: m.end(1)].strip(), t[m.end() :].strip()]
    m = re.match(r"noi nhan\s*:?\s*(?=\S)", t.folded)
    if m and is_signature(t[m.end() :].strip()):
        return [t[: m.end()].strip(), t[m.end() :].strip()]
    m = re.search(
        r"(?<=\S)\s+(?=(?:TM|T/M|KT|K/T|TL|T/L|TUQ)[.,]?\s?[A-ZĐÀ-Ỹ]{2})|(?<=[,;.)])\s+(?=[A-ZĐÀ-Ỹ./ ]{4,}$)",
        t.s,
    )
    if m and re.match(r"[-–+]\s", t.s) and is_signature(t[m.end() :].strip()):
        return [t[: m.start()].strip(), t[m.end() :].strip()]
    return [t]


def documents(lines: list[Line]) -> list[list[Line]]:
    """The lines of each document of the file, in order."""
    tags = [tag(line.t) for line in lines]
    starts = [0]
    body = tail = ended = False
    for i, kind in enumerate(tags):
        if i > starts[-1] and kind in HEAD_TAGS and _begins(lines, tags, i, body, tail, ended):
            starts.append(_back_to_letterhead(tags, i, starts[-1]))
            body = tail = ended = False
            continue
        line = lines[i]
        if kind in ("recipients", "signature") and (body or i - starts[-1] > 3):
            tail = True
        elif kind is None and (len(line.t) > 60 or _CLAUSE.match(line.t.s)):
            body = True
            tail = tail and len(line.t) < 120 and not _CLAUSE.match(line.t.s)
        ended = ended or (body and ENDED.search(line.t.s) is not None)
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _begins(lines: list[Line], tags: list[str | None], i: int, body: bool, tail: bool, ended: bool) -> bool:
    """Whether the head line i opens a new document."""
    kind = tags[i]
    if (
        kind == "letterhead"
        and i
        and (tags[i - 1] == "signature" and re.fullmatch(r"(?:T/M|TM\.?|T\.M)", lines[i - 1].t.s.strip("* ")))
    ):
        return False
    near = [k for k in tags[i : i + 14] if k]
    strong = sum(k in near for k in ("number", "title", "date", "addressees", "vv", "slogan"))
    if tail or ended:
        if kind == "title" and _annex(lines, i):
            return True
        return kind not in {"secrecy", "urgency"} and strong >= 1
    if not body:
        return False
    if kind == "slogan":
        return strong >= 2
    if kind == "title":
        following = lines[i + 1].t if i + 1 < len(lines) else None
        return (
            following is not None
            and title_of(lines[i].t) is not None
            and re.match(r"(?:ve\b|cua\b|v/v|trien khai|\()", following.folded) is not None
        )
    return False


def _annex(lines: list[Line], i: int) -> bool:
    return any(re.match(r"\((?:ban hanh )?kem theo", line.t.folded) for line in lines[i + 1 : i + 5])


def _back_to_letterhead(tags: list[str | None], i: int, floor: int) -> int:
    """A slogan found first may stand after its own letterhead."""
    while i - 1 > floor and tags[i - 1] in ("letterhead", "secrecy", "urgency", "star", "number"):
        i -= 1
    return i


def zones(lines: list[Line]) -> Zones:
    """Head, body and tail of one document."""
    first = _first_body(lines)
    last = _first_tail(lines, first)
    return Zones(lines[:first], lines[first:last], lines[last:])


def _first_body(lines: list[Line]) -> int:
    state = ""
    subject: list[Line] = []
    for i, line in enumerate(lines):
        kind = tag(line.t)
        folded = line.t.folded
        if kind in ("recipients",) or (kind == "signature" and i > 6):
            return i
        if kind:
            if kind == "signature" and state in ("title", "subject"):
                return i  # «CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH» over «Căn cứ …»
            state = kind
            subject = []
            continue
        if re.search(r"\bdien\s*:?$", folded) and len(line.t) < 90 and i < 25:
            state = "addressees"
            continue
        if state == "addressees" and (
            re.match(r"[-–+•]", line.t.s)
            or (i and lines[i - 1].t.s.rstrip().endswith(":") and len(line.t) < 90)
        ):
            continue
        if (
            state == "addressees"
            and line.gap == 0
            and not OPENING.match(folded)
            and not re.search(r"[.]$", lines[i - 1].t.s)
            and len(lines[i - 1].t) < 90
        ):
            continue
        if _CLAUSE.match(line.t.s) or (i > 1 and re.fullmatch(r"s?tt\.?", folded)):
            return i
        if state in ("title", "vv", "number", "subject", "star") and _goes_on(lines, i, state, subject):
            subject.append(line)
            state = "subject" if state == "title" else state
            continue
        if (
            state in ("", "slogan", "letterhead", "number", "date", "star", "signature")
            and len(line.t) < 60
            and not OPENING.match(folded)
            and i < 15
        ):
            continue
        return i
    return len(lines)


def _goes_on(lines: list[Line], i: int, state: str, subject: list[Line]) -> bool:
    """Whether line i belongs to the subject printed under the title, the number or «V/v»."""
    line = lines[i]
    first = line.t.s[0]
    if state == "title" and not subject:
        return True
    if len(subject) > 8:
        return False
    before = lines[i - 1].t.s
    if first.islower() and not re.search(r"[.]$", before):
        return line.gap <= 1 or len(line.t) < 100
    if OPENING.match(line.t.folded) and (line.gap > 0 or len(line.t) > 60):
        return False
    if state in ("vv", "subject", "title") and line.gap == 0:
        return not re.search(r"[.:]$", before) and len(line.t) < 130
    if state in ("number", "star"):
        return len(line.t) < 60 and (not subject or line.gap == 0)
    return (len(line.t) < 60 and first in '(“"') or (
        bool(subject) and line.gap == 1 and len(line.t) < 70 and _unfinished(before) and lines[1].gap > 0
    )


def _unfinished(s: str) -> bool:
    return re.search(r"(?:,|\b(?:của|về|và|trong|cho|theo|với|trên|tại|các))$", s.strip()) is not None


def _first_tail(lines: list[Line], first: int) -> int:
    """The first line of recipients or signature after the body."""
    for i in range(len(lines) - 1, first - 1, -1):
        if tag(lines[i].t) == "recipients":
            begin = i
            while begin - 1 > first and _is_tail_line(lines[begin - 1]):
                begin -= 1
            return begin
    at = len(lines)
    while at > first and (
        _is_tail_line(lines[at - 1])
        or (at < len(lines) and len(lines[at - 1].t) < 20 and not re.search(r"[.:;]$", lines[at - 1].t.s))
    ):
        at -= 1
    while at < len(lines) and not _is_tail_line(lines[at]):
        at += 1
    return at


def _is_tail_line(line: Line) -> bool:
    return (
        tag(line.t) == "signature"
        or person(line.t) is not None
        or re.fullmatch(r"\(?\s*(?:da ky|ky ten)\s*\)?\.?", line.t.folded) is not None
    )
