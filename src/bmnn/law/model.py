"""What the law room answers with: rules, decisions, forms, stamps, lists, penalties. Plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

# How a rule was read. The last three are not settled law and carry the badge until the agency confirms them.
MARKS: dict[str, str] = {
    "text": "Đọc từ nguyên văn",
    "text*": "Suy từ nguyên văn của văn bản cùng loại",
    "secondary": "Đọc từ bài viết, thông báo về văn bản",
    "draft": "Đọc từ tin về dự thảo",
    "memory": "Theo hiểu biết chung, chưa kiểm",
    "gap": "Chưa có bản gốc",
}
UNVERIFIED = frozenset({"draft", "memory", "gap"})
BADGE = "chưa đối chiếu"


class LawDataError(ValueError):
    """Rule data that cannot be used. The text names file, key and field, in Vietnamese."""


class NotEncoded(KeyError):
    """No rule of this key, or no rule at all, for the day asked. The text is Vietnamese."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


@dataclass(frozen=True)
class Place:
    """A place in an instrument: its key and the words "Điều 4 khoản 1 điểm a" (empty: the whole)."""

    instrument: str
    article: str


@dataclass(frozen=True)
class Confirmation:
    """The agency compared a rule with the original. `corrected`: its own value stands in the rule."""

    corrected: bool
    citation: str
    by: str
    on: str
    note: str = ""


@dataclass(frozen=True)
class Rule:
    """One version of one rule of law.

    `value` has the shape the rule's file declares; None: not known. `until` is the last day of force (None:
    still in force). `carried`: the value is that of the earlier regime, believed inherited, because the new
    text was not read. `citation` is written out; `places` are its parts.
    """

    key: str
    topic: str
    title: str
    shape: str
    value: Any
    unit: str
    says: str
    citation: str
    places: tuple[Place, ...]
    mark: str
    source: str
    regime: str
    in_force_from: date
    in_force_until: date | None
    note: str = ""
    carried: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    confirmation: Confirmation | None = None

    @property
    def address(self) -> str:
        """Names this version whatever the day: `term.mat@2026-03-01`."""
        return f"{self.key}@{self.in_force_from.isoformat()}"

    @property
    def unverified(self) -> bool:
        """Whether the rule still waits to be compared with the original."""
        return self.mark in UNVERIFIED and self.confirmation is None

    @property
    def badge(self) -> str:
        """The words shown beside an unverified rule; empty otherwise."""
        return BADGE if self.unverified else ""

    @property
    def mark_words(self) -> str:
        """How the rule is known, in words; a confirmation replaces the mark."""
        if self.confirmation is not None:
            return "Đã sửa theo bản gốc" if self.confirmation.corrected else "Đã đối chiếu bản gốc"
        return MARKS[self.mark]

    def in_force(self, day: date) -> bool:
        """Whether this version holds on the day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True)
class Holder:
    """Who wants to act: a post in a body of a tier. `deputy`: deputy of that post; `delegated`: has a written
    delegation (or assignment) that reaches this act and level on the day."""

    body_type: str
    tier: str
    post: str
    deputy: bool = False
    delegated: bool = False


@dataclass(frozen=True)
class Decision:
    """Whether a holder may do an act. `rule` stands behind the answer; None only where no rule is encoded."""

    allowed: bool
    rule: Rule | None
    reason: str

    @property
    def citation(self) -> str:
        """The article behind the answer."""
        return self.rule.citation if self.rule else ""

    @property
    def badge(self) -> str:
        """`chưa đối chiếu` where the rule behind the answer is not settled."""
        return self.rule.badge if self.rule else ""


@dataclass(frozen=True)
class AuthorityRow:
    """Who may do an act at a level."""

    act: str
    level: str
    body_type: str
    tier: str
    post: str
    may_delegate: bool
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class Column:
    """A column of a register: its number, heading, how to fill it, and the field of an entry it shows."""

    number: int
    heading: str
    fill: str
    field: str


@dataclass(frozen=True)
class RegisterForm:
    """A register as its form says. `official`: the columns were read in the form; otherwise they are the data to
    keep so that the official layout can be printed later. `page`: paper and orientation."""

    code: str
    version: str
    title: str
    form: str
    columns: tuple[Column, ...]
    cover: tuple[str, ...]
    page: str
    official: bool
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class StampLine:
    """A line of text of a stamp: `style` is font size in points, capitals, bold."""

    text: str
    size_pt: float
    capitals: bool
    bold: bool


@dataclass(frozen=True)
class Stamp:
    """A stamp. All measures in mm; None: not known. `borders`: how many lines, `gap_mm` apart."""

    code: str
    version: str
    title: str
    form: str
    shape: str
    width_mm: float | None
    height_mm: float | None
    borders: int | None
    gap_mm: float | None
    padding_mm: float | None
    colour: str
    font: str
    lines: tuple[StampLine, ...]
    anchor: str
    use: str
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class ListItem:
    """An item of a list of state secrets, restated briefly. `ends_when`: the condition under which it naturally
    ceases to be secret. `own`: entered by the agency from the original."""

    code: str
    decision: str
    level: str
    place: str
    text: str
    ends_when: str
    mark: str
    own: bool
    citation: str
    rule: Rule


@dataclass(frozen=True)
class SecretList:
    """A decision of the Prime Minister with its items. `state`: in_force | to_check. `public`: published;
    where False the program holds no items and the agency enters its own."""

    key: str
    number: str
    signed: date | None
    field: str
    state: str
    public: bool
    replaces: tuple[str, ...]
    items: tuple[ListItem, ...]
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class Prohibited:
    """A prohibited act. `number`: its clause where known."""

    number: int | None
    text: str
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class Penalty:
    """A penalty. `kind`: administrative | criminal. `least`, `most` in `unit`; None: not known."""

    kind: str
    act: str
    least: float | None
    most: float | None
    unit: str
    says: str
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class Duty:
    """A duty: who must do what, when (free words; empty: no time named)."""

    who: str
    text: str
    when: str
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class CheckRow:
    """A line of a checklist."""

    code: str
    group: str
    text: str
    evidence: str


@dataclass(frozen=True)
class Checklist:
    """A checklist of practice: data, not law."""

    name: str
    title: str
    rows: tuple[CheckRow, ...]
    citation: str
    mark: str
    rule: Rule


@dataclass(frozen=True)
class Instrument:
    """A legal instrument. `until` is the last day of force (None: still in force); `replaced_by` holds symbols."""

    key: str
    symbol: str
    kind: str
    issuer: str
    title: str
    issued: date | None
    in_force_from: date | None
    in_force_until: date | None
    replaced_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    mark: str
    source: str
    note: str = ""

    def in_force(self, day: date) -> bool | None:
        """Whether it holds on the day; None where its day of force is not known."""
        if self.in_force_from is None:
            return False if self.in_force_until is not None and day > self.in_force_until else None
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def full_name(self) -> str:
        """`Luật 117/2025/QH15`."""
        return f"{self.kind} {self.symbol}".strip()
