"""Tasks: the smallest marked units that order something, with bodies, deadlines, reports, basis."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from bmnn.directives.bodies import bodies_at, verb_at
from bmnn.directives.citations import Citations, Mention
from bmnn.directives.clauses import Body, Node, is_heading
from bmnn.directives.deadlines import Deadline, deadlines_in
from bmnn.directives.reporting import Report, reports_in
from bmnn.directives.roles import Named, Subject, advised, commanded, coordinating, led_at, named, subject_at
from bmnn.directives.tags import is_capitals
from bmnn.directives.text import Span, Text, one_line
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
    r"(?:chi thi|ke hoach|nghi quyet|ket luan|quy dinh|huong dan|thong bao|thong tri|cong van|van "
    r"ban|noi dung)(?: nay)?[^.;]{0,30}?\s(?:duoc )?(?:pho bien|quan triet|pho bien, quan triet|"
    r"dang tai|gui|luu hanh)[^.;]{0,60}?\s(?:den|toi|trong)\b"
)
_NOT_ORDERS = re.compile(
    r"(?:danh gia|tinh hinh|ket qua|ton tai|han che|nguyen nhan|uu diem|thuc trang|boi canh|muc "
    r"dich|muc tieu|quan diem|can cu|co so phap ly|pham vi|doi tuong|thanh phan|dac diem|giai "
    r"thich|thong tin van ban|tom tat|tham khao|ghi nhan|nhan xet)"
)
_ASSESSES = re.compile(
    r"(?:trong \d|trong (?:nam|thoi gian|nhung nam)|ben canh|tuy nhien|thoi gian qua|nhin chung|"
    r"den nay|qua (?!trinh)\w+|hien nay|nhung (?:ket qua|han che|ton tai)|mot so (?:co quan|don vi|noi|dia "
    r"phuong)\b[^.;]{0,80}(?:con|chua|da)\b|nguyen nhan|viec [^.;]{4,160}(?:con|chua)\b|cong tac "
    r"[^.;]{4,200}?(?:da|con|chua|duoc)\s|co hieu luc|hieu luc thi hanh)"
)
_ORDER_START = re.compile(
    r"(?:giao|yeu cau|de nghi|phan cong|nghiem cam|cam|khong|tuyet doi|chi (?:soan|su dung|duoc|"
    r"cho)|doi voi|khi|neu|truong hop|hang nam|hang nam|dinh ky|truoc ngay|"
    r"trong thoi han|cham nhat|tren co so|can cu|cung voi|song song|dong thoi|ngoai ra|rieng|doi "
    r"moi|coi|lay|day|lam|trong qua trinh|qua trinh)(?!\w)"
)
_ANSWERABLE = re.compile(
    r"(?:nguoi dung dau|can bo|bi thu|cap uy|dang vien|cong chuc|[^.;]{3,90}chiu trach nhiem "
    r"(?:truoc|ve|neu|khi|toan dien))"
)
"""Sentences that say who answers for it: they name nobody new to act."""
_DATE_OF_FORCE = re.compile(
    r"(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|quy che|quy dinh|ke hoach|luat) nay "
    r"(?:co hieu luc|thay the|duoc ban hanh)|(?:ban hanh|phe duyet) kem theo|co hieu luc (?:thi "
    r"hanh )?(?:ke )?tu ngay"
)
_ENACTS = re.compile(
    r"(?:thanh lap|ban hanh|phe duyet|kien toan|bo nhiem|cong nhan|cho phep|bai bo|thay the|sua "
    r"doi|bo sung|cong bo|quy dinh|tang|khen thuong|dieu dong|thong qua)(?!\w)"
)
_ENFORCES = re.compile(r"(?:chiu trach nhiem thi hanh|co trach nhiem thi hanh|chiu trach nhiem thuc hien)")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ“\"])")
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
            for sentence in reversed(_sentences(t)):
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

    def _clause(self, node: Node, above: Subject | None, source: str, silent: bool = False) -> None:
        """One clause and what hangs under it; `silent`: an assessment, nothing in it is an order."""
        silent = silent or _is_assessment(node)
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
        if silent or _heading_only(t) or not _may_order(t, self.lost):
            return
        if self._disseminates(t):
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
        if _heading_only(t) and not subject_at(t, 0, self.lost) and verb_at(t, 0, first=True) is None:
            return True
        if node.more and (_heading_only(t) or re.match(r"ve\s[^.]*:$", t.folded.rstrip())):
            return True
        if node.kind == "article" and _ENACTS.match(t.folded):
            return True
        if _DATE_OF_FORCE.match(t.folded) and not _ENFORCES.search(t.folded) and "giao" not in t.folded[:6]:
            return True
        if self._disseminates(t):
            return True
        return not _may_order(t, self.lost)

    def _disseminates(self, t: Text) -> bool:
        """Takes the sentence of dissemination out; True when nothing else is left."""
        if not _DISSEMINATION.match(t.folded):
            return False
        first = _sentences(t)[0]
        if self.found.dissemination is None:
            self.found.dissemination = first
        return len(_sentences(t)) == 1

    def _task(
        self, path: str | None, t: Text, own: Subject | None, above: Subject | None, source: str
    ) -> None:
        if _DISSEMINATION.match(t.folded) and len(parts := _sentences(t)) > 1:
            self._disseminates(t)
            t = t[len(t) - len(Text.join(parts[1:])) :] if len(parts) == 1 else _from(t, parts[1])
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
            for part in _sentences(t)[1:] + _semicolons(t):
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
        if not own and (late := _late_subject(t, self.lost)):
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
                if not _may_order(part, self.lost, closing=True):
                    continue
                n += 1
                own = subject_at(part, 0, self.lost)
                self._task(
                    f"closing/{n}", part, own, last or self.found.lead, "closing" if last else "lead-in"
                )
                last = own or last

    def _closing_units(self, t: Text) -> list[Text]:
        """A closing paragraph gives one unit, or one for each sentence with its own bodies or a condition."""
        sentences = _sentences(t)
        units: list[Text] = []
        for sentence in sentences:
            if _DISSEMINATION.match(sentence.folded) and not re.match(r"(?:giao|yeu cau)", sentence.folded):
                if self.found.dissemination is None:
                    self.found.dissemination = sentence
                continue
            fresh = subject_at(sentence, 0, self.lost) is not None or re.match(
                r"(?:trong qua trinh|qua trinh|neu|khi|truong hop)(?!\w)", sentence.folded
            )
            if units and not fresh:
                units[-1] = _through(t, units[-1], sentence)
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


_OPENING = re.compile(
    r"(?:truoc|cham nhat|trong (?:thang|quy|nam|thoi han|qua trinh)|dinh ky|hang|ve |doi voi|can "
    r"cu|tren co so|khi "
    r"|truong hop|nhan duoc|qua trinh|tren day)"
)


def _late_subject(t: Text, lost: bool) -> Subject | None:
    """«Trước ngày 15/12, Sở Nội vụ …», «Quá trình thực hiện, nếu …, các đơn vị …»: a body after a short opening."""
    if not _OPENING.match(t.folded) and t.s[:4].lower() != "nếu ":
        return None
    for m in itertools.islice(re.finditer(r"[,:]\s+(?=\w)", t.folded[:220]), 4):
        if verb_at(t, m.end()):
            assigns = re.match(r"(?:giao|yeu cau|de nghi)\s", t.folded[m.end() :])
            return subject_at(t[m.end() :], 0, lost) if assigns else None
        if found := subject_at(t[m.end() :], 0, lost):
            return found
    return None


def _heading_only(t: Text) -> bool:
    return is_heading(t) or (
        len(t) < 70 and not re.search(r"[.;]$", t.s) and verb_at(t, 0, first=True) is None
    )


def _is_assessment(node: Node) -> bool:
    """A section that tells and does not order: «I. ĐÁNH GIÁ CHUNG», «Mục đích, yêu cầu»."""
    t = node.t
    if (
        (node.children or (node.more and len(t) < 90))
        and len(t) < 160
        and _NOT_ORDERS.match(t.folded)
        and subject_at(t, 0, False, head=True) is None
    ):
        return not re.search(r"nhiem vu|giai phap|yeu cau cac|thuc hien cac", t.folded)
    return False


def _may_order(t: Text, lost: bool, closing: bool = False) -> bool:
    """Whether a unit can be an order: it begins with a verb, an order word, or a body that is to act."""
    if _ASSESSES.match(t.folded) or (_DATE_OF_FORCE.match(t.folded) and not _ENFORCES.search(t.folded)):
        return False
    if re.match(r"(?:dieu khoan|noi nhan|phu luc)", t.folded) or _INFORMS.match(t.folded):
        return False
    if re.match(r"(?:dong y|thong nhat)(?!\w)", t.folded) and not re.search(
        r"(?<!\w)(?:giao|yeu cau) \w", t.folded
    ):
        return False
    if verb_at(t, 0, first=True) or _ORDER_START.match(t.folded):
        return True
    if subject_at(t, 0, lost):
        return True
    if _late_subject(t, lost):
        return True
    if re.search(
        (
            r"(?<!\w)(?:phai|can|co trach nhiem|chiu trach nhiem|yeu cau|nghiem cam|khong duoc|bao dam|"
            r"dam bao)(?!\w)"
        ),
        t.folded,
    ):
        return True
    return not closing and re.match(r"\w+", t.folded) is not None and _second_verb(t)


_INFORMS = re.compile(r"[^.;:]{3,80}?\s(?:xin )?thong bao (?:de|den|toi|cho)\s[^.]*?(?:biet|thuc hien)")
"""«Văn phòng … thông báo để các cơ quan biết, thực hiện»: the formula that closes a notice."""


def _second_verb(t: Text) -> bool:
    """«100% cơ quan hoàn thành …», «Việc kiểm tra phải …»: no; «Nghiêm túc tổ chức …»: a verb within the
    first words.
    """
    at = 0
    for _ in range(3):
        m = re.compile(r"\s*\w+,?\s*").match(t.s, at)
        if not m:
            return False
        at = m.end()
        if verb_at(t, at):
            return True
    return False


def _sentences(t: Text) -> list[Text]:
    out, at = [], 0
    for m in _SENTENCES.finditer(t.s):
        if re.search(r"(?:\bTP|\bThS|\bTS|\bNĐ|\bsố|\.\.)\.$", t.s[: m.start()]):
            continue
        out.append(t[at : m.start()].strip())
        at = m.end()
    out.append(t[at:].strip())
    return [s for s in out if s]


def _semicolons(t: Text) -> list[Text]:
    return t.split(r";")[1:]


def _from(t: Text, part: Text) -> Text:
    """The rest of t from where `part` begins."""
    at = next((i for i in range(len(t)) if t.start[i] >= part.start[0]), 0)
    return t[at:]


def _through(t: Text, first: Text, last: Text) -> Text:
    """The stretch of t from the beginning of one part to the end of another."""
    a = next((i for i in range(len(t)) if t.start[i] >= first.start[0]), 0)
    b = next((i for i in range(len(t) - 1, -1, -1) if t.end[i] <= last.end[-1]), len(t) - 1)
    return t[a : b + 1]


def orders(t: Text) -> list[str]:
    """The separate orders inside a unit: sentences, and within them parts between semicolons; each shortened."""
    out = []
    for sentence in _sentences(t):
        for piece in sentence.split(r";|\./\.?$"):
            words = one_line(piece.s).strip(" .,;")
            if len(words) > 12:
                out.append(shortened(words, 140))
    return out


def shortened(words: str, most: int) -> str:
    """At most so many letters, cut between words."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def plain(words: str) -> str:
    """For comparing names."""
    return fold(words)
