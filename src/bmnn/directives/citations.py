"""Documents that a document cites: number, date, issuer, subject, in what relation, and how the cited relate
to one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bmnn.directives.bodies import bodies_at, value_of
from bmnn.directives.citation_words import (
    ISSUER_STOP,
    NAMED,
    NESTED,
    in_one_list,
    law_name_at,
    link_between,
    relation_before,
    subject_after,
    type_before,
)
from bmnn.directives.codes import Code, Day, codes_in, dates_in
from bmnn.directives.lexis import spelled
from bmnn.directives.text import Span, Text, sentence_start

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
        kind, a, name = type_before(t, code, before)
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
            got = bodies_at(t, end + lead.end(), ISSUER_STOP)
            if got:
                body = got.found[0]
                m.issuer = spelled(value_of(t, body), self.marks_lost)
                at = body.b
        m.subject = subject_after(t, at, after)

    def _relate(self, t: Text, m: Mention, earlier: list[Mention]) -> None:
        start = sentence_start(t, m.a)
        before = t.folded[start : m.a]
        m.relation = relation_before(before)
        same = [x for x in earlier if x.a >= start]
        if not same:
            return
        if NESTED.search(t.folded[same[-1].b : m.a]):
            m.relation = "nested"
            return
        last = next((x for x in reversed(same) if x.relation != "nested"), None)
        if (
            m.relation == "cites"
            and last
            and last.relation != "cites"
            and in_one_list(t.folded[last.b : m.a])
        ):
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
        for m in NAMED.finditer(t.s):
            if any(x.a <= m.start() < x.b for x in mentions):
                continue
            name = law_name_at(t, m.start())
            if name is None:
                continue
            a, b = name
            if any(x.code and b <= x.code.a <= b + 12 for x in mentions):
                continue
            value = spelled(t.s[a:b], self.marks_lost)
            kind = next(k for k in ("Bộ luật", "Luật", "Pháp lệnh") if value.startswith(k))
            day = next((d.day for d in dates_in(t) if b <= d.a <= b + 3), None)
            same = next((c for c in self.found if c.best("name") == value), None)
            stated = "cites" if paragraph < 0 else relation_before(t.folded[max(0, a - 80) : a])
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
                kind = link_between(between)
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


def _key(number: str) -> str:
    return re.sub(r"[\s.]", "", number).upper()
