"""Reporting lines: who reports what to whom, by way of whom, when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bmnn.directives.bodies import Bodies, bodies_at, value_of
from bmnn.directives.due_dates import Deadline
from bmnn.directives.lexis import spelled
from bmnn.directives.text import Text, one_line, sentence_end, sentence_start


@dataclass
class Report:
    """One reporting line at letters a..b; `to` is empty when the receiver is not named."""

    a: int
    b: int
    to: str | None
    via: str | None
    what: str | None
    when: str | None


_VERB = re.compile(
    r"(?<!\w)(?:(?:tong hop|de xuat|so ket|tong ket|xu ly|kip thoi|dinh ky|va|,|gui)\s*,"
    r"?\s*)?(?:bao cao|ket qua(?:[^.;,()]{0,80}?)\s+gui|gui (?:bao cao|ket qua)|gui (?:ke hoach|"
    r"van ban|danh sach|so lieu)(?:[^.;,()]{0,60}?)|bao(?: ngay)?(?= cho )|(?<=[,;] )gui(?: ve)?)(?!\w)"
)
_NOUN_BEFORE = re.compile(
    r"(?:thong tin|che do|mau|noi dung|ky|cac|mot|xay dung|de cuong|so lieu|du thao|can cu|nghe|"
    r"ban|thuc hien|phuc vu|to chuc|theo|trong)\s*,?\s+$"
)
_TO = re.compile(
    r"\s*,?\s*(?:(?:ngay|kip thoi|bang van ban|nhanh)\s+)?(?:de xuat\s+|ve\s+|gui\s+(?:ve\s+)?|"
    r"len\s+|cho\s+|voi\s+|den\s+|toi\s+)?"
)
_VIA = re.compile(r"[\s,]*\(?\s*(?:thong qua|qua)\s+(?=\w)")
_RESULT = re.compile(
    r"\s*(?:ve\s+)?(?P<what>(?:ket qua|tinh hinh|tien do|so lieu|nhung noi dung|cac noi dung|"
    r"viec)[^.;()]*?)(?=\s+(?:ve|gui|cho|len|voi|den|toi)\s+(?:Ủy|Ban|Sở|Bộ|Công|Chủ|Thường|Văn|"
    r"Tỉnh|Thủ|cấp|UBND|Huyện|Đảng|Hội|Thành|Phòng|cơ quan)|\s+(?:theo|truoc|dinh ky|de|cham nhat|"
    r"hang)(?!\w)|[.;()]|,|$)"
)


def reports_in(t: Text, deadlines: list[Deadline], marks_lost: bool = False) -> list[Report]:
    """All reporting lines of a unit's text."""
    found: list[Report] = []
    for m in _VERB.finditer(t.folded):
        if found and m.start() < found[-1].b:
            continue
        got = _report(t, m, deadlines, marks_lost)
        if got and not any(r.to == got.to and r.via == got.via for r in found if r.to):
            found.append(got)
    named = [r for r in found if r.to]
    return named or found[:1]


def _report(t: Text, m: re.Match[str], deadlines: list[Deadline], marks_lost: bool) -> Report | None:
    lead = t.folded[max(0, m.start() - 30) : m.start()]
    before = t.s[max(0, m.start() - 30) : m.start() + len(m[0].split("bao cao")[0])]
    if re.search(r"(?<!\w)để (?:tổng hợp|theo dõi|xem xét|phục vụ)?[^.;]{0,24}$", before):
        return None  # «gửi về A để tổng hợp, báo cáo B»: A reports to B
    word = m[0].lstrip(" ,")
    as_noun = word.startswith("bao cao") and _NOUN_BEFORE.search(lead) is not None
    regime = re.search(r"che do(?: thong tin)?,?\s+(?:thong tin,?\s+)?$", lead) is not None
    at = m.end()
    what: str | None = None
    if re.search(r"ket qua", m[0]):
        what = (
            one_line(re.sub(r"(?i)\s+gửi$", "", t.s[m.start() : m.end()]))
            if word.startswith("ket qua")
            else "kết quả"
        )
    elif word in ("gui", "gui ve"):
        what = _sent(t, m.start())
        if what is None:
            return None
    elif n := re.search(r"gui (ke hoach|van ban|danh sach|so lieu)[^.;,()]*$", m[0]):
        what = one_line(t.s[m.start() + n.start(1) : m.end()])
    elif r := _result(t, at):
        what, at = r
    bodies = _receiver(t, at)
    if bodies is None and not as_noun and not regime and word.endswith("bao cao"):
        far = _FAR_RECEIVER.match(t.folded, at)
        if far:
            bodies = bodies_at(t, far.end(), _RECEIVER_STOP, any_name=True)
            what = what or (
                one_line(t.s[far.start("what") : far.end("what")]).strip(" ,") if bodies else None
            )
    if bodies is None and regime:
        sent = re.compile(r"[^.;]{0,90}?\bgui\s+(?=\w)").match(t.folded, at)
        bodies = bodies_at(t, sent.end()) if sent else None
        what = what or _content(t, m.end(), sent.end() if sent else m.end())
    if bodies is None and (as_noun or regime) and not regime:
        return None
    if bodies and len(bodies.found) == 1 and _VAGUE.match(t.folded, bodies.found[0].a) and not regime:
        return None
    if bodies is None and word.startswith("gui"):
        return None
    end = bodies.found[-1].b if bodies else at
    to = ", ".join(spelled(value_of(t, b), marks_lost) for b in bodies.found) if bodies else None
    via = None
    v = _VIA.match(t.folded, end) or _via_in_parens(t, end)
    if v:
        by = bodies_at(t, v.end())
        if by:
            via = spelled(value_of(t, by.found[0]), marks_lost)
            end = by.found[0].b
    if bodies and what is None and (r := _result(t, end)):
        what, end = r
    if bodies is None and not _ordered(t, m, at):
        return None
    when = _when(t, m.start(), end, deadlines)
    return Report(m.start(), end, to, via, what, when)


_FAR_RECEIVER = re.compile(
    r"\s+(?P<what>[^.;:()]{3,110}?)\s+(?:gui ve|ve|gui|len)\s+(?=\w)(?!viec|cong tac|tinh hinh|ket qua)"
)


def _via_in_parens(t: Text, a: int) -> re.Match[str] | None:
    return re.compile(r"[^.;,]{0,6}\(\s*(?:thong qua|qua)\s+(?=\w)").match(t.folded, a)


_RECEIVER_STOP = re.compile(
    r"(?:tinh hinh|tien do|ket qua|viec|noi dung|nhung|bang|doi voi|theo|truoc|cham nhat|muon "
    r"nhat|dinh ky|hang|vao|xem xet|cho y kien|xin|nhu|kem)(?!\w)"
)


def _receiver(t: Text, at: int) -> Bodies | None:
    m = _TO.match(t.folded, at)
    start = m.end() if m else at
    for i in (start, at + (1 if at < len(t) and t.s[at] == " " else 0)):
        sent_to = re.search(r"(?:ve|gui)\s+$", t.folded[max(0, i - 5) : i]) is not None
        got = bodies_at(t, i, _RECEIVER_STOP, any_name=sent_to)
        if got and not re.match(r"(?:cong tac|to chuc thuc hien)\b", t.folded[i:]):
            return got
    return None


def _result(t: Text, at: int) -> tuple[str, int] | None:
    m = _RESULT.match(t.folded, at)
    # The lookahead names bodies by their capital letters: match it on the letters themselves.
    if not m:
        return None
    stop = re.compile(r"\s+(?:về|gửi|cho|lên|với|đến)\s+(?=[A-ZĐÀ-Ỹ]|cấp|các cơ quan|cơ quan)").search(
        t.s, at, m.end() + 1
    )
    end = stop.start() if stop else m.end("what")
    what = one_line(t.s[m.start("what") : end]).strip(" ,")
    inner = re.search(r"\s+(?=(?:báo cáo|gửi) )", what)
    if inner:
        end = end - (len(what) - inner.start())
        what = what[: inner.start()]
    return what, end


_SENDABLE = re.compile(
    r"(?<!\w)(?:ke hoach|danh sach|bao cao|ket qua|so lieu|van ban|ho so|du thao|y kien|phuong "
    r"an)(?!\w)[^.;,()]*"
)


def _sent(t: Text, at: int) -> str | None:
    """What «…, gửi …» sends: the thing that the clause before the comma makes."""
    start = sentence_start(t, at)
    m = max(_SENDABLE.finditer(t.folded[start:at]), key=lambda x: x.start(), default=None)
    return one_line(t.s[start + m.start() : start + m.end()]) if m else None


_VAGUE = re.compile(r"(?:cap|co quan|nguoi) co tham quyen")
"""«báo cáo cấp có thẩm quyền xem xét» asks for a decision; it is no reporting line."""


def _content(t: Text, a: int, b: int) -> str | None:
    words = one_line(re.sub(r"(?i)\s*gửi\s*$", "", t.s[a:b])).strip(" ,")
    words = re.sub(r"^về\s+", "", words)
    return words or None


def _ordered(t: Text, m: re.Match[str], at: int) -> bool:
    """A report without a receiver counts when it is ordered: «tổng hợp, báo cáo kết quả theo quy định», «báo
    cáo trước ngày …».
    """
    tail = t.folded[at : at + 60]
    if re.match(
        (
            r"[^.;,]{0,40}(?:theo (?:dung )?quy dinh|truoc ngay|cham nhat|dinh ky|hang nam|hang thang|"
            r"hang quy|6 thang|truoc \d)"
        ),
        tail,
    ):
        return True
    lead = t.folded[max(0, m.start() - 40) : m.end()]
    return re.search(r"(?:tong hop|dinh ky|so ket, tong ket)[,\s\w]{0,24}bao cao", lead) is not None


def _when(t: Text, a: int, b: int, deadlines: list[Deadline]) -> str | None:
    """The deadlines in the report's own sentence, in the text's words."""
    start, end = sentence_start(t, a), sentence_end(t, b)
    inside = [d for d in deadlines if start <= d.a < end and d.kind not in ("continuous",)]
    near = [
        d for d in inside if not re.search(r";", t.s[min(d.b, a) : max(d.a, a)]) or d.kind == "conditional"
    ]
    words = [one_line(t.s[d.a : d.b]) for d in near]
    return "; ".join(dict.fromkeys(words)) or None
