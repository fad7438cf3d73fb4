"""The tree of clauses, and from it the units that may order something, each with the paths by which it
inherits its bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bmnn.directives.paragraphs import Paragraph
from bmnn.directives.tags import is_capitals
from bmnn.directives.text import Text

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DEPTH = {"part": 0, "roman": 1, "article": 1, "number": 2, "decimal": 3, "letter": 4, "dash": 5, "plus": 6}


@dataclass
class Node:
    """A clause: its label, own text, further unnumbered paragraphs, children in order."""

    kind: str
    label: str
    t: Text
    depth: int
    more: list[Text] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    number: int = 0
    """Place among the marked items of its parent, for items without a label of their own."""
    duplicate: bool = False

    @property
    def path(self) -> str:
        """«4.2», «1/3», «6.c/2»: as the contract writes clause paths."""
        if self.parent is None:
            return self.label
        if self.kind == "article":
            return f"Điều {self.label}"
        above = self.parent.path
        if self.kind in ("dash", "plus"):
            return f"{above}/{self.number}" if above else f"/{self.number}".lstrip("/")
        if self.kind == "decimal":
            return self._decimal(above)
        if self.kind == "part" or not above:
            return self.label
        return f"{above}.{self.label}"

    def _decimal(self, above: str) -> str:
        """«4.1» holds its parent's number already: it is written once, also under «IV.» or «II.4»."""
        held = self.label.rpartition(".")[0]
        if above == held or (above in _ROMAN[1:] and str(_ROMAN.index(above)) == held):
            return self.label
        if above.endswith(f".{held}"):
            return above.removesuffix(held) + self.label
        return f"{above}.{self.label}" if above and above[0].isalpha() else self.label


@dataclass
class Body:
    """A body cut up: paragraphs before the first clause, the clauses, unnumbered paragraphs after the last one."""

    lead: list[Text]
    roots: list[Node]
    closing: list[Text]
    problems: list[str]


def build(paragraphs: list[Paragraph]) -> Body:
    """Build the clause tree of one document."""
    top = Node("top", "", Text.join([]), -1)
    lead: list[Text] = []
    current: Node | None = None
    first_number = _first_clause(paragraphs)
    for i, p in enumerate(paragraphs):
        if first_number is None or i < first_number:
            lead.append(
                p.whole if p.mark and p.mark.kind not in ("dash", "plus") else (p.t if p.mark else p.whole)
            )
            continue
        if p.mark is None:
            if current is None:
                lead.append(p.t)
            else:
                _unnumbered(current, p.t)
            continue
        current = _hang(top, current, p)
    closing = _closing(top)
    problems = _numbering(top)
    return Body(lead, top.children, closing, problems)


def _first_clause(paragraphs: list[Paragraph]) -> int | None:
    for i, p in enumerate(paragraphs):
        if p.mark and p.mark.kind in ("roman", "article", "number", "decimal", "part"):
            if (
                p.mark.kind == "number"
                and p.mark.label not in ("1", "01")
                and i > 0
                and not any(q.mark and q.mark.kind in ("number", "decimal") for q in paragraphs[i + 1 :])
            ):
                continue
            return i
    marked = [i for i, p in enumerate(paragraphs) if p.mark and p.mark.kind in ("dash", "letter", "plus")]
    return marked[0] if len(marked) >= 2 else None


def _hang(top: Node, current: Node | None, p: Paragraph) -> Node:
    assert p.mark is not None
    depth = _DEPTH[p.mark.kind]
    kind, label = p.mark.kind, p.mark.label
    parent = current or top
    if kind == "decimal":
        depth = 2 + label.count(".")
    while parent is not top and parent.depth >= depth:
        parent = parent.parent or top
    if kind == "number":
        parent = _above_number(top, current, label)
        depth = max(2, parent.depth + 1) if parent is not top else 2
    node = Node(kind, label, p.t, depth, parent=parent)
    if kind in ("dash", "plus"):
        node.number = 1 + sum(c.kind in ("dash", "plus") for c in parent.children)
    parent.children.append(node)
    return node


def _above_number(top: Node, current: Node | None, label: str) -> Node:
    """A plain number under a letter or a decimal begins again at 1; otherwise it goes on where numbers were."""
    node = current
    while node is not None and node is not top:
        if node.kind == "number":
            return node.parent or top
        if node.kind in ("roman", "article", "part"):
            return node
        if (
            node.kind in ("decimal", "letter")
            and label == "1"
            and not any(c.kind == "number" for c in node.children)
        ):
            up = node.parent
            while up is not None and up is not top and up.kind != "number":
                up = up.parent
            if up is not None and up is not top:
                return node
        node = node.parent
    return top


def _unnumbered(current: Node, t: Text) -> None:
    """A paragraph without a mark goes to the nearest numbered clause above."""
    node = current
    while node.kind in ("dash", "plus", "letter") and node.parent is not None and node.parent.kind != "top":
        node = node.parent
    node.more.append(t)


_OWN = re.compile(
    r"(?:giao|yeu cau|de nghi|phan cong|chi thi nay|chuong trinh nay|quy che nay|ke hoach nay|"
    r"cong dien nay|quyet dinh nay|"
    r"nghi quyet nay|ket luan nay|huong dan nay|thong bao nay|cong van nay|quy dinh nay|can cu|"
    r"nhan duoc|trong qua trinh"
    r"|qua trinh|tren day|tren co so|trong thoi gian|(?:cac |thu truong |giam doc |chu tich |van "
    r"phong |uy ban |so |cong an |ban |dang uy |chanh )[^.;:]{3,160}?(?:chiu trach nhiem|can cu|"
    r"yeu cau|theo doi|thong bao)|noi dung chi thi|neu co|moi y kien"
    r"|(?:chi thi|ke hoach|cong dien|thong bao|ket luan)\b[^.]{0,60}duoc (?:pho bien|quan triet))"
)


def _closing(top: Node) -> list[Text]:
    """Unnumbered paragraphs after the last clause that speak for the whole document."""
    if not top.children:
        return []
    node = top.children[-1]
    closing: list[Text] = []
    chain = [node]
    while node.children:
        node = node.children[-1]
        chain.append(node)
    for holder in reversed(chain):
        cut = len(holder.more)
        for i, t in enumerate(holder.more):
            if _OWN.match(t.folded) or (i and cut <= i):
                cut = min(cut, i)
        if (holder.children and cut == 0) or holder.more:
            if holder.children and holder.kind not in ("decimal",):
                cut = 0 if all(not _continues_clause(t) for t in holder.more) else cut
            closing += holder.more[cut:]
            holder.more = holder.more[:cut]
    return closing


def _continues_clause(t: Text) -> bool:
    return t.s[0].islower()


def _numbering(top: Node) -> list[str]:
    """What is wrong with the numbers: twice the same, or one left out."""
    problems: list[str] = []

    def walk(node: Node) -> None:
        labels = [c for c in node.children if c.kind in ("number", "decimal", "article")]
        seen: dict[str, int] = {}
        last = 0
        for c in labels:
            seen[c.label] = seen.get(c.label, 0) + 1
            tail = int(re.split(r"\.", c.label)[-1])
            if seen[c.label] > 1:
                c.duplicate = True
                problems.append(f"Mục {c.path} được đánh số hai lần.")
            elif tail != last + 1 and c.kind != "article":
                problems.append(f"Sau mục {last or 'mở đầu'} là mục {c.path}: đánh số không liên tục.")
            last = tail
        for c in node.children:
            walk(c)

    walk(top)
    return problems


def is_heading(t: Text) -> bool:
    """A clause text that is only a heading: capitals, or a few words without an order."""
    return is_capitals(t.s) or (len(t) < 90 and t.s.rstrip().endswith(":") and len(t.s.split()) < 14)
