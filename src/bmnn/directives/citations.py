"""Documents that a document cites: number, date, issuer, subject, in what relation, and how the cited relate
to one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bmnn.directives.bodies import bodies_at, value_of
from bmnn.directives.codes import Code, Day, codes_in, dates_in
from bmnn.directives.lexis import spelled
from bmnn.directives.text import Span, Text, one_line, sentence_start
from bmnn.vietnamese import fold

_TYPE_NAMES = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Quy "
    "định|Quy chế|Chỉ thị"
    "|Thông tư liên tịch|Thông tư|Thông tri|Thông báo kết luận|Thông báo|Kết luận|Hướng dẫn|"
    "Chương trình hành động"
    "|Chương trình|Kế hoạch|Công văn|Công điện|Văn bản|Báo cáo|Tờ trình|Đề án|Điều lệ|Lệnh|Biên "
    "bản|Giấy mời|Quy trình"
)
_FOLD_TYPES = {fold(name): name for name in _TYPE_NAMES.split("|")}
_TYPE = re.compile(rf"(?<!\w)({'|'.join(sorted(_FOLD_TYPES, key=len, reverse=True))})(?!\w)")
_NAMED = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)\s+(?=[A-ZĐ][a-zà-ỹ])")
_STRENGTH = ("forwards", "replaced", "amended", "continues", "basis", "implements", "cites")


@dataclass
class Mention:
    """One place where a document is cited."""

    code: Code | None
    span: Span
    a: int
    b: int
    type: str | None
    name: str | None = None
    day: date | None = None
    issuer: str | None = None
    subject: str | None = None
    relation: str = "cites"
    paragraph: int = 0


@dataclass
class Citation:
    """A cited document with all its mentions."""

    id: str
    mentions: list[Mention] = field(default_factory=list)
    relation: str = "cites"

    def best(self, name: str) -> object:
        """The first mention's value that is not empty."""
        return next((v for m in self.mentions if (v := getattr(m, name)) is not None), None)

    @property
    def number(self) -> str | None:
        """As cited: «58-QĐ/TW»; None when cited by name only."""
        code = self.mentions[0].code
        return code.text if code else None


@dataclass(frozen=True)
class Link:
    """What the text says between two cited documents (by ids)."""

    source: str
    target: str
    type: str
    span: Span


class Citations:
    """Collects the citations of one document, paragraph by paragraph."""

    def __init__(self, marks_lost: bool = False, own: str | None = None) -> None:
        self.marks_lost = marks_lost
        self.own = own
        self.found: list[Citation] = []
        self.links: list[Link] = []
        self._by_number: dict[str, list[Citation]] = {}
        self._filed: dict[int, Citation] = {}
        self._pending: list[tuple[Mention, Mention, str, Span]] = []

    def add(self, t: Text, paragraph: int) -> list[Mention]:
        """Read one paragraph; returns its mentions in order."""
        codes = [c for c in codes_in(t, self.marks_lost) if c.text != self.own]
        days = dates_in(t)
        mentions: list[Mention] = []
        for i, code in enumerate(codes):
            before = codes[i - 1].b if i else 0
            after = codes[i + 1].a if i + 1 < len(codes) else len(t)
            mentions.append(self._mention(t, code, before, after, days, paragraph))
        for i, m in enumerate(mentions):
            self._relate(t, m, mentions[:i])
        for m in mentions:
            self._file(m)
        self._named(t, paragraph, mentions)
        self._between(t, mentions)
        return mentions

    def _mention(
        self, t: Text, code: Code, before: int, after: int, days: list[Day], paragraph: int
    ) -> Mention:
        kind, a, name = _type_before(t, code, before)
        m = Mention(code, t.span(code.a, code.b), a, code.b, kind, name, paragraph=paragraph)
        end = code.b
        for day in days:
            if code.b <= day.a <= code.b + 14 and re.fullmatch(
                r"[\s,(]*(?:ngay|ban hanh ngay|ky ngay)?\s*", t.folded[code.b : day.a]
            ):
                m.day, end = day.day, day.b
                break
        else:
            self._dated_before(t, m, before, days)
        self._issuer_after(t, m, end, after)
        m.b = end
        return m

    def _dated_before(self, t: Text, m: Mention, before: int, days: list[Day]) -> None:
        """«ngày 28/02/2026, Chính phủ ban hành Nghị định số …»: the date and the issuer stand before."""
        lead = t.folded[before : m.a]
        verb = re.search(r"\s(?:da\s+)?(?:ban hanh|thong qua|ky ban hanh|ky|co)\s*$", lead)
        if not verb:
            return
        for day in reversed(days):
            if before <= day.a and day.b <= m.a and m.a - day.b < 120:
                between = t[day.b : before + verb.start()]
                at = len(between) - len(between.s.lstrip(" ,"))
                got = bodies_at(between, at)
                if got and len(got.found) == 1 and got.found[0].b >= len(between.s.rstrip()) - 1:
                    m.day = day.day
                    m.issuer = spelled(value_of(between, got.found[0]), self.marks_lost)
                return

    def _issuer_after(self, t: Text, m: Mention, end: int, after: int) -> None:
        lead = re.match(r"[\s,)]*cua\s+(?=\w)", t.folded[end:after])
        at = end
        if lead:
            got = bodies_at(t, end + lead.end(), _ISSUER_STOP)
            if got:
                body = got.found[0]
                m.issuer = spelled(value_of(t, body), self.marks_lost)
                at = body.b
        m.subject = _subject(t, at, after)

    def _relate(self, t: Text, m: Mention, earlier: list[Mention]) -> None:
        start = sentence_start(t, m.a)
        before = t.folded[start : m.a]
        m.relation = _relation(before)
        same = [x for x in earlier if x.a >= start]
        if not same:
            return
        if _NESTED.search(t.folded[same[-1].b : m.a]):
            m.relation = "nested"
            return
        last = next((x for x in reversed(same) if x.relation != "nested"), None)
        if m.relation == "cites" and last and last.relation != "cites" and _listed(t.folded[last.b : m.a]):
            m.relation = last.relation

    def _file(self, m: Mention) -> None:
        assert m.code is not None
        same = self._by_number.setdefault(_key(m.code.text), [])
        for c in same:
            known = {x.day for x in c.mentions if x.day}
            if m.day is None or not known or m.day in known:
                c.mentions.append(m)
                return
        self.found.append(Citation(f"C{len(self.found) + 1}", [m]))
        same.append(self.found[-1])

    def _named(self, t: Text, paragraph: int, mentions: list[Mention]) -> None:
        """Laws cited by their name only."""
        for m in _NAMED.finditer(t.s):
            if any(x.a <= m.start() < x.b for x in mentions):
                continue
            name = _law_name(t, m.start())
            if name is None:
                continue
            a, b = name
            if any(x.code and b <= x.code.a <= b + 12 for x in mentions):
                continue
            value = spelled(t.s[a:b], self.marks_lost)
            kind = next(k for k in ("Bộ luật", "Luật", "Pháp lệnh") if value.startswith(k))
            day = next((d.day for d in dates_in(t) if b <= d.a <= b + 3), None)
            same = next((c for c in self.found if c.best("name") == value), None)
            stated = "cites" if paragraph < 0 else _relation(t.folded[max(0, a - 80) : a])
            mention = Mention(
                None, t.span(a, b), a, b, kind, value, day, paragraph=paragraph, relation=stated
            )
            if same:
                if same.number is None:
                    same.mentions.append(mention)
                continue
            self.found.append(Citation(f"C{len(self.found) + 1}", [mention]))

    def _between(self, t: Text, mentions: list[Mention]) -> None:
        """Relations the text states between two cited documents."""
        for i, m in enumerate(mentions):
            sofar = mentions[:i]
            start = sentence_start(t, m.a)
            if sofar and sofar[-1].a >= start:
                between = t.folded[sofar[-1].b : m.a]
                kind = _link(between)
                if kind:
                    self._pending.append((sofar[-1], m, kind, t.span(sofar[-1].a, m.b)))
            # «Nghị định … quy định chi tiết … thi hành Luật»: the law cited last, not named again
            stop = mentions[i + 1].a if i + 1 < len(mentions) else len(t)
            tail = re.split(r"[.;]\s|\(", t.folded[m.b : stop], maxsplit=1)[0]
            if m.type != "Luật" and re.search(
                (
                    r"(?:quy dinh chi tiet|huong dan|trien khai|bien phap|ke hoach)[^,.;]*?(?:thi hanh|thuc "
                    r"hien)\s+luat(?=\s*(?:[,.;(]|$|nay|trong))"
                ),
                tail,
            ):
                law = next(
                    (
                        x
                        for x in reversed(self._all_before(m))
                        if x.type == "Luật" and x.code and x.relation != "replaced"
                    ),
                    None,
                )
                if law:
                    self._pending.append((m, law, "implements", t.span(m.a, m.b)))

    def _all_before(self, m: Mention) -> list[Mention]:
        every = sorted((x for c in self.found for x in c.mentions), key=lambda x: x.span)
        return [x for x in every if x.span < m.span]

    def finish(self) -> None:
        """Settle each citation's relation and turn pending links into ids."""
        self.found.sort(key=lambda c: min(m.span for m in c.mentions))
        for i, c in enumerate(self.found, 1):
            c.id = f"C{i}"
            self._filed.update((id(m), c) for m in c.mentions)
            kinds = {m.relation for m in c.mentions} - {"nested"}
            c.relation = next((r for r in _STRENGTH if r in kinds), "cites")
            if c.relation == "amended":
                c.relation = "cites"
        seen = set()
        for m, other, kind, span in self._pending:
            one, two = self.of(m), self.of(other)
            if one and two and one is not two and (one.id, two.id, kind) not in seen:
                seen.add((one.id, two.id, kind))
                self.links.append(Link(one.id, two.id, kind, span))

    def of(self, mention: Mention) -> Citation | None:
        """The citation a mention was filed under."""
        return self._filed.get(id(mention))


_ISSUER_STOP = re.compile(
    r"(?:ve|quy dinh|huong dan|mot so|va (?:cac )?(?:nghi|quy|ke|chi|huong|thong|ket|cong|van|"
    r"luat)|ngay|phe duyet|ban hanh|sua doi|thay the|trien khai|thuc hien|de|den)(?!\w)"
)


_NESTED = re.compile(
    r"(?:\bve\b|\bhuong dan\b|quy dinh chi tiet|\btrien khai\b)[^;.]{0,80}(?:thuc hien|thi hanh|"
    r"trien khai|huong dan)\s*$|^[^,;.]{0,60}\b(?:huong dan|quy dinh chi tiet|cu the hoa)\s*$"
)
"""«Hướng dẫn số … về hướng dẫn thực hiện Quy định …»: the second is part of the first's subject."""


def _key(number: str) -> str:
    return re.sub(r"[\s.]", "", number).upper()


def _type_before(t: Text, code: Code, floor: int) -> tuple[str | None, int, str | None]:
    """The type word before a code: directly, or before a name («Luật Bảo vệ … số»). (type, where it begins,
    name of a law)
    """
    window = max(floor, code.a - 160)
    lead = t.folded[window : code.a]
    direct = re.search(
        rf"({'|'.join(sorted(_FOLD_TYPES, key=len, reverse=True))})\s*(?:lien tich\s*)?(?:so\s*[:.]?\s*)?$",
        lead,
    )
    if direct:
        return _FOLD_TYPES[direct[1]], window + direct.start(), None
    if re.search(r"(?:so|s[o0]\.)\s*:?\s*$", lead):
        last = max(_TYPE.finditer(lead), key=lambda m: m.start(), default=None)
        if last and not re.search(r"[.;:()]|,\s*[a-z]+ (?:va|ban hanh)", lead[last.end() :]):
            kind = _FOLD_TYPES[last[1]]
            name = one_line(re.sub(r"(?i)\s*số\s*:?\s*$", "", t.s[window + last.start() : code.a]))
            return (
                kind,
                window + last.start(),
                name if kind in ("Luật", "Bộ luật", "Pháp lệnh") and name.lower() != kind.lower() else None,
            )
    listed = re.search(r"(?:,|;|va)\s*(?:so\s*)?$", lead)
    return None, code.a - (len(listed[0]) - 1 if listed and "so" in listed[0] else 0), None


def _subject(t: Text, at: int, after: int) -> str | None:
    tail = t.s[at:after]
    quoted = re.match(r"\s*(?:về\s+)?[“\"]([^”\"]{4,250})[”\"]", tail)
    if quoted:
        return one_line(quoted[1])
    m = re.match(r"[\s,)]*(?:về việc|về|quy định về|hướng dẫn|quy định)\s+(?=\w)", tail)
    if not m:
        return None
    rest = tail[m.end() :]
    end = re.search(
        (
            r"[;.”\")(]|, trong đó|,\s+(?=[A-ZĐ]|ngày\b)|\s+(?:và|đến|được|của)\s+(?=(?:Quy|Nghị|Hướng|"
            r"Chỉ|Kế|Thông|Kết|Quyết|các phòng|các sở))"
        ),
        rest,
    )
    subject = one_line(rest[: end.start()] if end else rest[:200])
    if end:
        return subject if 4 < len(subject) <= 220 else None
    subject = re.sub(
        r"\s+(?:số|Quy định|Hướng dẫn|Nghị định|Luật|Quyết định|Chỉ thị|Kế hoạch)(?: số)?$", "", subject
    ).strip(" ,(")
    if re.search(r"(?:thực hiện|thi hành|triển khai|theo|của|và|số)$", subject):
        return None  # the rest names another document: half a subject says less than none
    return subject if 4 < len(subject) <= 220 else None


_RELATIONS: tuple[tuple[str, str], ...] = (
    ("replaced", r"thay the(?:\s+cho)?\s+(?:cac\s+)?$|bai bo\s+(?:cac\s+)?$|thay cho\s+$"),
    ("amended", r"(?:sua doi, bo sung|sua doi|bo sung)\s+(?:mot so (?:dieu|noi dung) cua\s+)?$"),
    ("continues", r"tiep theo\s+(?:cac\s+)?(?:noi dung\s+(?:tai\s+)?)?$"),
    ("forwards", (r"(?:photo|phô tô|sao gui|sao luc|sao y|gui kem(?: theo)?|chuyen tiep|gui kem|xin gui|gui|"
r"chuyen)\s+(?:kem\s+)?(?:toan van\s+|noi dung\s+|ban sao\s+|den[^.;]{0,80}?\s+)?(?:cac\s+)?$")),
    ("basis", (r"(?:can cu|theo|tren co so|dua tren)\s+(?:dung\s+)?(?:vao\s+)?(?:cac\s+)?(?:(?:quy dinh|noi "
r"dung|huong dan|yeu cau|tinh than|chi dao|nhiem vu|y kien chi dao|de nghi|ke hoach)[^.;,]{0,"
r"60}?(?:cua|tai|theo|trong|neu tai)\s+)?$")),
    ("implements", (r"(?:thuc hien|trien khai|trien khai thuc hien|quan triet|thi hanh|to chuc thuc hien|cu the "
r"hoa)(?:\s+(?:nghiem tuc|nghiem|tot|co hieu qua|hieu qua|dong bo|kip thoi|y kien|"
r"cac))*\s+(?:(?:noi dung|chi dao|quy dinh|ket luan|nhiem vu|y kien|cac quy dinh|cac nhiem "
r"vu)[^.;]{0,80}?(?:cua|tai|trong|theo|neu tai)\s+)?$")),
)  # fmt: skip


def _relation(before: str) -> str:
    """The relation that the words before a citation state."""
    for name, pattern in _RELATIONS:
        if re.search(pattern, before):
            return name
    if re.match(r"\s*(?:[-+]\s*)?(?:can cu\b|(?:xet|theo) de nghi\b)", before) or re.search(
        r"\bcan cu(?!\s+(?:chuc nang|tinh hinh|dieu kien))[^.;]{0,40}$", before
    ):
        return "basis"
    return "cites"


def _listed(between: str) -> bool:
    """Whether two citations stand in one list: «… của Bộ Chính trị … và», «, »."""
    return (
        len(between) < 420
        and re.search(r"(?:,|;|\bva)\s*(?:cac\s+)?$", between) is not None
        and not re.search(r"trong do|dong thoi", between)
    )


def _link(between: str) -> str | None:
    if len(between) > 260 or re.search(
        r"[;,.]\s*(?:thuc hien|trien khai|can cu|tiep theo|theo)\s*$", between
    ):
        return None
    if re.search(r"thay the(?:\s+cho)?\s*$", between) and "phu luc" not in between:
        return "replaces"
    if re.search(
        (
            r"(?:thay the|sua doi|bo sung|bai bo|dinh chinh)\b[^.;]{0,80}(?:phu luc|mot so dieu|mot so "
            r"noi dung|khoan|dieu)?[^.;]{0,60}$"
        ),
        between,
    ):
        return "amends"
    if re.search(
        (
            r"(?:huong dan|trien khai|cu the hoa|thuc hien|thi hanh|quy dinh chi tiet)\s*(?:thuc hien|thi "
            r"hanh|mot so dieu cua|cac noi dung cua)?\s*$"
        ),
        between,
    ):
        return "implements"
    return None


_NAME_ENDS = (
    r"có\b|quy định\b|số\b|và các\b|năm\b|đã\b|được\b|tại\b|theo\b|trong\b|đến\b|để\b|do\b|của\b|"
    r"này\b|khi\b|thì\b"
    r"|là\b|nhưng\b|cho\b|trên\b|với\b|thông qua\b|chưa\b|ngày\b|hiện hành\b|không\b"
)
_LAW_NAME = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh)\s+[A-ZĐ][\wà-ỹ]*(?:(?:[ \-–]+|(?<=Phòng),\s|,\s(?=[a-zà-ỹ ]+ và ))"
    rf"(?!{_NAME_ENDS})[\wà-ỹ]+){{1,14}}"
)


def _law_name(t: Text, a: int) -> tuple[int, int] | None:
    """«Luật Bảo vệ bí mật nhà nước», up to what is no longer its name."""
    m = _LAW_NAME.match(t.s, a)
    if not m:
        return None
    name = re.split(r"\s+và\s+(?=Luật|Nghị|các|Bộ luật)", m[0])[0]
    return a, a + len(name)
