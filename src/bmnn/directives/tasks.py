"""Tasks: the smallest marked units that order something, with bodies, deadlines, reports, basis."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bmnn.directives.bodies import bodies_at
from bmnn.directives.citations import Citations, Mention
from bmnn.directives.clauses import Body, Node, is_heading
from bmnn.directives.deadlines import deadlines_in, deadlines_of_cell
from bmnn.directives.due_dates import Deadline
from bmnn.directives.heads import verb_at
from bmnn.directives.lexis import spelled
from bmnn.directives.orders import (
    DATE_OF_FORCE,
    ENFORCES,
    heading_only,
    is_assessment,
    late_subject,
    may_order,
    rest_from,
    semicolons,
    sentences,
    stretch,
)
from bmnn.directives.reporting import Report, reports_in
from bmnn.directives.roles import (
    Named,
    Subject,
    advised,
    commanded,
    coordinating,
    led_at,
    named,
    speaker,
    subject_at,
)
from bmnn.directives.tables import Row
from bmnn.directives.tags import is_capitals
from bmnn.directives.text import Span, Text
from bmnn.vietnamese import fold


@dataclass
class Task:
    """One unit that orders something; values with their places in the file."""

    clause: str | None
    t: Text
    responsible: list[Named] = field(default_factory=list)
    inherited: bool = False
    inherited_from: str | None = None
    through: list[Named] = field(default_factory=list)
    coordinating: list[Named] = field(default_factory=list)
    advises: list[Named] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    prohibition: Span | None = None
    mentions: list[Mention] = field(default_factory=list)
    confidence: float = 0.9
    rule: str = ""
    subject_end: int = 0
    due: Text | None = None
    """The cell of a table that holds the time."""
    deadlines_of_due: list[Deadline] = field(default_factory=list)


@dataclass
class Found:
    """All that the body of one document gives."""

    tasks: list[Task] = field(default_factory=list)
    dissemination: Text | None = None
    issuer: Named | None = None
    lead: Subject | None = None


_FORBIDS = re.compile(
    r"(?<!\w)(?:nghiem cam|cam(?= (?:viec|moi|su dung|cac|to chuc|khong))|khong duoc(?! (?:giao|"
    r"cap|phan cong|phep tiep can))|tuyet doi khong(?! de)"
    r"|khong (?:gui|su dung|dang|chia se|luu giu|luu tru|soan thao|ket noi|sao chup|truyen|cung "
    r"cap|phat tan|mang|to chuc|ban hanh|tu y|binh luan|cho phep|giao|bo tri|chap nhan|nhan|thuc "
    r"hien|in|dua)(?!\w))"
)


_DISSEMINATION = re.compile(
    r"(?:chi thi|chuong trinh|quyet dinh|quy che|ke hoach|nghi quyet|ket luan|quy dinh|huong dan|"
    r"thong bao|thong tri|chuong trinh|quyet dinh|cong van|van "
    r"ban|noi dung)(?: nay)?[^.;]{0,30}?\s(?:duoc )?(?:pho bien|quan triet|pho bien, quan triet|"
    r"dang tai|gui|luu hanh)[^.;]{0,60}?\s(?:den|toi|trong)\b"
)


_ANSWERABLE = re.compile(
    r"(?:nguoi dung dau|can bo|bi thu|cap uy|dang vien|cong chuc|[^.;]{3,90}chiu trach nhiem "
    r"(?:truoc|ve|neu|khi|toan dien))"
)
"""Sentences that say who answers for it: they name nobody new to act."""


_ENACTS = re.compile(
    r"(?:thanh lap|ban hanh|phe duyet|kien toan|bo nhiem|cong nhan|cho phep|bai bo|thay the|sua "
    r"doi|bo sung|cong bo|quy dinh|tang|khen thuong|dieu dong|thong qua)(?!\w)"
)


_COMMANDS = re.compile(
    r"(?<!\w)(?:yeu cau|giao|de nghi|chi thi)(?:\s+(?:cac|nguoi|thu truong|giam doc|chu tich|cap|"
    r"dang|ban|so|uy ban|ubnd|truong|cong|don|to|phong|van|moi|toan|nhung|tung|huyen|thanh|bo|"
    r"lanh))?(?!\w)"
)


class Reader:
    """Finds the tasks of one document's body."""

    def __init__(
        self, body: Body, citations: Citations, year: int | None, marks_lost: bool, normative: bool = False
    ) -> None:
        """`normative`: a regulation, not an order; only what it lays on named bodies counts."""
        self.body = body
        self.citations = citations
        self.year = year
        self.lost = marks_lost
        self.normative = normative
        self.found = Found()
        self._mentions: dict[int, list[Mention]] = {}

    def read(self, mentions: dict[int, list[Mention]]) -> Found:
        """`mentions` are keyed by the start place of the text they were found in."""
        self._mentions = mentions
        self._lead()
        for node in self.body.roots:
            self._clause(node, self.found.lead, "lead-in")
        self._closing()
        if not self.body.roots:
            self._letter()
        return self.found

    def _lead(self) -> None:
        for t in reversed(self.body.lead):
            if not _COMMANDS.search(t.folded):
                continue
            for sentence in reversed(sentences(t)):
                subject, issuer = commanded(sentence, self.lost)
                if issuer and self.found.issuer is None:
                    self.found.issuer = issuer
                closes = sentence.s.rstrip().endswith(":") or self.body.roots
                if subject and closes and self.found.lead is None:
                    self.found.lead = subject
                if subject or issuer:
                    break
            if self.found.lead or self.found.issuer:
                break
        if self.found.issuer is None:
            closing = [t for t in self.body.lead if t.s.rstrip().endswith(":")]
            self.found.issuer = speaker(closing[-1], self.lost) if closing else None

    def _clause(self, node: Node, above: Subject | None, source: str, silent: bool = False) -> None:
        """One clause and what hangs under it; `silent`: an assessment, nothing in it is an order."""
        silent = silent or is_assessment(node)
        own = subject_at(node.t, 0, self.lost, head=bool(node.children))
        if node.children:
            inner = own or _command_in(node.t, self.lost) or above
            where = f"clause {node.path}" if inner is not above else source
            if not silent and self._orders_beside_items(node):
                self._task(node.path, node.t, own, above, source)
            for child in node.children:
                self._clause(child, inner, where, silent)
            for i, t in enumerate(node.more, 2):
                self._paragraph(node, f"{node.path}/p{i}", t, inner, where, silent)
            return
        if not silent and not self._empty(node):
            self._task(node.path, node.t, own, above, source)
        inner = own or above
        for i, t in enumerate(node.more, 2):
            self._paragraph(
                node, f"{node.path}/p{i}", t, inner, f"clause {node.path}" if own else source, silent
            )

    def _paragraph(
        self, node: Node, path: str, t: Text, above: Subject | None, source: str, silent: bool
    ) -> None:
        if silent or self._disseminates(t) or heading_only(t) or not may_order(t, self.lost):
            return
        self._task(path, t, subject_at(t, 0, self.lost), above, source)

    def _orders_beside_items(self, node: Node) -> bool:
        """A clause that has items and, before them, whole sentences of its own that order something."""
        s = node.t.s.rstrip()
        if s.endswith((":", ";")) or is_heading(node.t) or len(node.t) < 80 or not re.search(r"[.]$", s):
            return False
        return verb_at(node.t, 0, first=True) is not None or subject_at(node.t, 0, self.lost) is not None

    def _empty(self, node: Node) -> bool:
        t = node.t
        if is_capitals(t.s) and len(t) > 3:
            return True
        if heading_only(t) and not subject_at(t, 0, self.lost) and verb_at(t, 0, first=True) is None:
            return True
        if node.more and (heading_only(t) or re.match(r"ve\s[^.]*:$", t.folded.rstrip())):
            return True
        if node.kind == "article" and _ENACTS.match(t.folded):
            return True
        if DATE_OF_FORCE.match(t.folded) and not ENFORCES.search(t.folded) and "giao" not in t.folded[:6]:
            return True
        if self._disseminates(t):
            return True
        return not may_order(t, self.lost)

    def _disseminates(self, t: Text) -> bool:
        """Takes the sentence of dissemination out; True when nothing else is left."""
        if not _DISSEMINATION.match(t.folded):
            return False
        first = sentences(t)[0]
        if self.found.dissemination is None:
            self.found.dissemination = first
        return len(sentences(t)) == 1

    def _task(
        self, path: str | None, t: Text, own: Subject | None, above: Subject | None, source: str
    ) -> None:
        if _DISSEMINATION.match(t.folded) and len(parts := sentences(t)) > 1:
            self._disseminates(t)
            t = t[len(t) - len(Text.join(parts[1:])) :] if len(parts) == 1 else rest_from(t, parts[1])
            own = subject_at(t, 0, self.lost)
        if self.normative and not _laid_on_bodies(own, above, source):
            return
        task = Task(path, t)
        subject = own or above
        if own:
            task.rule = "named_in_unit"
            task.subject_end = own.end
            task.responsible = list(own.bodies)
            task.through = list(own.through)
            for part in sentences(t)[1:] + semicolons(t):
                more = subject_at(part, 0, self.lost)
                if more and not _ANSWERABLE.match(part.folded):
                    have = {b.name.lower() for b in task.responsible}
                    task.responsible += [b for b in more.bodies if b.name.lower() not in have]
        elif subject:
            task.rule = "inherited"
            task.inherited, task.inherited_from = True, source
            task.responsible = list(subject.bodies)
            task.through = led_at(t, self.lost) or list(subject.through)
            task.confidence = 0.85
        else:
            task.rule = "no_body_named"
            task.confidence = 0.7
        if not own and (late := late_subject(t, self.lost)):
            task.responsible, task.through = late.bodies, late.through
            task.inherited, task.inherited_from, task.rule = False, None, "named_inside_unit"
            task.confidence = 0.85
        self._fill(task)
        self.found.tasks.append(task)

    def _fill(self, task: Task) -> None:
        t = task.t
        have = {b.name.lower() for b in task.responsible}
        task.coordinating = [b for b in coordinating(t, self.lost) if b.name.lower() not in have]
        task.advises = [b for b in advised(t, self.lost) if b.name.lower() not in have]
        task.deadlines = deadlines_in(t, self.year)
        task.reports = reports_in(t, task.deadlines, self.lost)
        m = _FORBIDS.search(t.folded) or re.compile(r"\s*,?\s*khong (?!de|con|co|phai|chi)\w+").match(
            t.folded, task.subject_end or len(t)
        )
        task.prohibition = t.span(*m.span()) if m else None
        a, b = t.span()
        task.mentions = [x for found in self._mentions.values() for x in found if a <= x.span[0] < b]

    def _closing(self) -> None:
        n = 0
        last: Subject | None = None
        for t in self.body.closing:
            for part in self._closing_units(t):
                if not may_order(part, self.lost, closing=True):
                    continue
                n += 1
                own = subject_at(part, 0, self.lost)
                self._task(
                    f"closing/{n}", part, own, last or self.found.lead, "closing" if last else "lead-in"
                )
                last = own or last

    def rows(self, rows: list[Row]) -> None:
        """Tasks of a table of assignments; clause «bảng/1»."""
        for row in rows:
            t = row.cells["task"]
            task = Task(f"bảng/{row.label}", t, rule="table_row", confidence=0.85)
            task.responsible = self._cell_bodies(row.cells.get("lead"))
            self._fill(task)
            have = {b.name.lower() for b in task.coordinating}
            task.coordinating += [
                b for b in self._cell_bodies(row.cells.get("with")) if b.name.lower() not in have
            ]
            due = row.cells.get("due")
            if due is not None:
                task.due = due
                task.deadlines_of_due = deadlines_of_cell(due, self.year)
            self.found.tasks.append(task)

    def _cell_bodies(self, t: Text | None) -> list[Named]:
        """Bodies of a cell; a name that no list knows is taken as it stands."""
        if t is None:
            return []
        out: list[Named] = []
        for part in t.split(r"[;\n]|(?<=\s)-\s"):
            got = bodies_at(part, 0)
            bare = part.strip(" ,.-")
            out += (
                [named(part, b, self.lost) for b in got.found]
                if got
                else [Named(spelled(bare.s, self.lost), bare.span())]
            )
        return [n for n in out if len(n.name) > 1]

    def _closing_units(self, t: Text) -> list[Text]:
        """A closing paragraph gives one unit, or one for each sentence with its own bodies or a condition."""
        units: list[Text] = []
        for sentence in sentences(t):
            if _DISSEMINATION.match(sentence.folded) and not re.match(r"(?:giao|yeu cau)", sentence.folded):
                if self.found.dissemination is None:
                    self.found.dissemination = sentence
                continue
            fresh = subject_at(sentence, 0, self.lost) is not None or re.match(
                r"(?:trong qua trinh|qua trinh|neu|khi|truong hop)(?!\w)", sentence.folded
            )
            if units and not fresh:
                units[-1] = stretch(t, units[-1], sentence)
            else:
                units.append(sentence)
        return units

    def _letter(self) -> None:
        """A letter without clauses: each paragraph that orders something."""
        forwarded: list[Text] = []
        for t in self.body.lead:
            if re.search(
                r"(?<!\w)(?:photo|sao gui|sao luc|gui kem|chuyen)\s", t.folded[:160]
            ) and not re.match(r"(?:yeu cau|giao|de nghi)", t.folded):
                forwarded.append(t)
                continue
            for part in self._closing_units(t):
                start = re.match(r"(?:giao|yeu cau|de nghi|phan cong|nghiem cam)(?!\w)", part.folded)
                inner = None if start else _issuer_commands(part, self.lost)
                if (
                    start
                    or inner
                    or re.match(
                        r"(?:trong qua trinh|neu co|truong hop)[^.]*(?:kip thoi|de nghi|bao cao|phan anh)",
                        part.folded,
                    )
                ):
                    own = subject_at(part, 0, self.lost) or inner
                    self._task(None, part, own, self.found.lead, "lead-in")
        if not self.found.tasks:
            for t in forwarded:
                if re.search(r"(?:de|biet|thuc hien|trien khai|nghien cuu)(?!\w)", t.folded[60:]):
                    self._task(None, t, _forwarded_to(t, self.lost), self.found.lead, "lead-in")


_ANYBODY = re.compile(
    r"(?:cac )?(?:ca nhan|to chuc|ho so|bo ho so|nguoi|ban|doanh nghiep|cong dan)(?!\w)(?! (?:chi|"
    r"quan|to chuc|tuyen))"
)


def _laid_on_bodies(own: Subject | None, above: Subject | None, source: str) -> bool:
    """In a regulation: duties of named bodies («Công an tỉnh có trách nhiệm …»), not rules for anybody."""
    subject = own or (above if source.startswith("clause") else None)
    return subject is not None and not any(_ANYBODY.match(fold(b.name)) for b in subject.bodies)


def _issuer_commands(t: Text, lost: bool) -> Subject | None:
    subject, issuer = commanded(t, lost)
    return subject if issuer else None


def _forwarded_to(t: Text, lost: bool) -> Subject | None:
    for m in re.finditer(r"(?<!\w)(?:den|toi|gui)\s+(?=\w)", t.folded):
        got = bodies_at(t, m.end())
        if got:
            return Subject([named(t, b, lost) for b in got.found], end=got.end)
    return None


def _command_in(t: Text, lost: bool) -> Subject | None:
    """A clause head that is itself a lead-in: «Chủ tịch … yêu cầu Giám đốc các sở:»."""
    if not _COMMANDS.search(t.folded):
        return None
    return commanded(t, lost)[0]
