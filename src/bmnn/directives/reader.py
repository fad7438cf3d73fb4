"""Reads a directive: the one door of this room."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bmnn.directives import conflicts, record
from bmnn.directives.citations import Citations, Mention
from bmnn.directives.clauses import build
from bmnn.directives.criticism import criticism
from bmnn.directives.head import read_head, type_from_symbol
from bmnn.directives.layout import Layout, Line, Note, lay_out, measure
from bmnn.directives.lexis import spelled
from bmnn.directives.paragraphs import paragraphs
from bmnn.directives.quality import judge
from bmnn.directives.relations import repeats, within_file
from bmnn.directives.restore import restored
from bmnn.directives.roles import Named
from bmnn.directives.source import Source, load
from bmnn.directives.split import columns_apart, documents, zones
from bmnn.directives.statistics import statistics_in
from bmnn.directives.tables import take_tables
from bmnn.directives.tail import read_tail
from bmnn.directives.tasks import Found, Reader, Task
from bmnn.directives.text import Span, Text, as_read, one_line
from bmnn.directives.values import Head, Tail, Value
from bmnn.vietnamese import nfc

SCHEMA = 1
_NORMATIVE = frozenset(
    ("Quy chế", "Quy định", "Nội quy", "Quy trình", "Luật", "Nghị định", "Thông tư", "Pháp lệnh")
)
"""Types that lay down rules for good; what they lay on named bodies is read as duties."""
Progress = Callable[[str], None]


def read(
    source: Path | str | Source, name: str | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Read a file (a `Path`), a text (a `str`) or a loaded `Source`; gives the contract's object.

    Beside the contract's keys: `fingerprint` (equal for the same text under another name), `quality` (route, shares),
    `notes` (Vietnamese), `repeats` (the same point ordered in two documents of the file), `conflicts`; each document
    carries `evidence`, `conflicts`, `footnotes` and `span`.
    Spans count letters of the decoded file (`text` of the loaded source: UTF-8 without its mark, line ends as \\n).

    Raises:
        UnreadableFile: the file gives no text.
    """
    tell = progress or (lambda _words: None)
    if isinstance(source, Path):
        tell(f"Đang mở {source.name}")
        source = load(source, tell)
    elif isinstance(source, str):
        source = Source(name or "văn bản", source.replace("\r\n", "\n").replace("\r", "\n"), "utf-8")
    return _File(source, tell).read()


class _File:
    def __init__(self, source: Source, tell: Progress) -> None:
        self.source = source
        self.tell = tell
        self.notes: list[str] = list(source.notes)

    def read(self) -> dict[str, Any]:
        whole = Text.of(self.source.text)
        quality = judge(whole.s)
        out: dict[str, Any] = {
            "schema_version": SCHEMA,
            "source": self.source.name,
            "documents": [],
            "relations": [],
            "repeats": [],
            "conflicts": [],
            "quality": {
                "route": quality.route,
                "known": round(quality.known, 3),
                "bare": round(quality.bare, 3),
                "encoding": self.source.encoding,
            },
            "notes": self.notes,
            "fingerprint": _fingerprint(whole),
        }
        if quality.route == "hopeless":
            self.notes.append(
                "Chất lượng chữ quá kém (nhận dạng ảnh hỏng hoặc không phải tiếng Việt): không trích gì. Hãy "
                "quét lại bản gốc rõ hơn."
            )
            return out
        self.lost = quality.route == "restore"
        layout = lay_out(whole)
        if self.lost:
            self.tell("Chữ mất dấu: đang khôi phục để đối chiếu")
            self.notes.append(
                "Văn bản mất dấu hoặc nhận dạng kém: chữ được khôi phục dấu chỉ để đối chiếu; số, ký hiệu, "
                "ngày, tên người giữ nguyên như đọc được và cần người xác nhận."
            )
            restored(layout)
        layout.lines = columns_apart(layout.lines)
        self.tell("Đang tách văn bản và đọc")
        parts = documents(layout.lines)
        found = [d for lines in parts if (d := self._document(lines, layout)) is not None]
        for i, d in enumerate(found, 1):
            d["id"] = f"D{i}"
        out["documents"] = found
        out["relations"] = within_file(found)
        out["repeats"] = repeats(found)
        out["conflicts"] = conflicts.across(found)
        if not found:
            self.notes.append(
                "Không nhận ra văn bản chỉ đạo nào trong tệp (không thấy thể thức, mục đánh số hay câu giao "
                "việc)."
            )
        return out

    def _document(self, lines: list[Line], layout: Layout) -> dict[str, Any] | None:
        zone = zones(lines)
        head = read_head(zone.head, self.lost)
        tail = read_tail(zone.tail, self.lost)
        lines_of_body, rows = take_tables(zone.body)
        joined = paragraphs(lines_of_body, measure(lines_of_body))
        body = build(joined)
        first, last = lines[0].t.start[0], lines[-1].t.end[-1]
        cites = Citations(self.lost, head.code)
        texts = [*body.lead, *_texts(body.roots), *body.closing]
        mentions: dict[int, list[Mention]] = {}
        for i, t in enumerate(texts):
            mentions[t.start[0]] = cites.add(t, i)
        notes = [n for n in layout.notes if n.anchor is not None and first <= n.anchor <= last]
        for n in notes:
            if n.t:
                for m in cites.add(n.t, -1):
                    m.relation = "cites"
        cites.finish()
        kind = head.found.get("document_type")
        normative = (kind is not None and kind.value in _NORMATIVE) or sum(
            n.kind == "article" for n in body.roots
        ) > 12
        reader = Reader(body, cites, _year(head), self.lost, normative)
        found = reader.read(mentions)
        reader.rows(rows)
        if not found.tasks and not _formal(head, tail):
            return None
        self._complete(head, tail, found, body.lead)
        return self._record(head, tail, found, cites, body.lead, notes, (first, last), body.problems)

    def _complete(self, head: Head, tail: Tail, found: Found, lead: list[Text]) -> None:
        """What the letterhead leaves out and the text itself says."""
        symbol = head.found.get("symbol")
        if "document_type" not in head.found and symbol:
            kind = type_from_symbol(str(symbol.value))
            if kind:
                head.found["document_type"] = Value(kind, symbol.span, "symbol_code", 0.9)
        if "document_type" not in head.found and (head.addressees or "subject" in head.found):
            head.found["document_type"] = Value("Công văn", None, "letter_without_type_name", 0.8)
        if "issuing_body" not in head.found:
            issuer = found.issuer or _forwarder(lead, self.lost)
            if issuer:
                name = re.sub(r"^(?:Chánh|Phó Chánh) (?=Văn phòng)", "", issuer.name)
                head.found["issuing_body"] = Value(name, issuer.span, "named_in_text", 0.75)
        if isinstance(tail.signature.get("name"), Value):
            self._as_read(tail.signature["name"])
        if "place" in head.found:
            self._as_read(head.found["place"])

    def _as_read(self, v: Value) -> None:
        """Names of persons and places are given as the file shows them, never restored."""
        if v.span:
            v.value = nfc(one_line(self.source.text[v.span[0] : v.span[1]])).strip(" *,.|")

    def _record(
        self,
        head: Head,
        tail: Tail,
        found: Found,
        cites: Citations,
        lead: list[Text],
        notes: list[Note],
        span: Span,
        problems: list[str],
    ) -> dict[str, Any]:
        evidence = record.Evidence()
        flaws, causes = criticism(lead, None)
        counted = (
            [s for t in [*lead, *(n.t for n in notes if n.t)] for s in statistics_in(t, self.lost)]
            if lead
            else []
        )
        day = head.found.get("date")
        on = date.fromisoformat(str(day.value)) if day else None
        spread = found.dissemination
        if spread is not None:
            evidence.put("dissemination", spread.span(), "dissemination", 0.95)
        return {
            "id": "",
            "header": record.header(head, evidence),
            "signature": record.signature(tail, evidence),
            "recipients": record.recipients(tail, evidence),
            "dissemination": one_line(spread.s) if spread is not None else None,
            "citations": record.citations(cites, evidence),
            "citation_relations": [{"from": x.source, "to": x.target, "type": x.type} for x in cites.links],
            "statistics": record.statistics(counted, evidence),
            "shortcomings": record.flaws(flaws, "shortcomings", evidence),
            "causes": record.flaws(causes, "causes", evidence),
            "tasks": [
                record.task(t, i, self._quote(t), cites, evidence, self.source.text)
                for i, t in enumerate(found.tasks)
            ],
            "footnotes": [{"mark": n.mark, "text": one_line(n.t.s), "anchor": n.anchor} for n in notes],
            "conflicts": [
                *conflicts.same_document(cites.found),
                *conflicts.misfit(cites.found),
                *conflicts.out_of_force(cites.found, on),
                *({"kind": "numbering", "message": p, "spans": [], "number": None} for p in problems),
            ],
            "span": list(span),
            "evidence": evidence.of,
        }

    def _quote(self, t: Task) -> str:
        """First words as the file has them, page furniture left out, one line."""
        return as_read(t.t, self.source.text, 14)


def _fingerprint(whole: Text) -> str:
    """The same for the same words under another name, in another encoding or with other line ends."""
    return hashlib.sha256(re.sub(r"\W+", "", whole.folded).encode()).hexdigest()


def _texts(nodes: list[Any]) -> list[Text]:
    out: list[Text] = []
    for n in nodes:
        out.append(n.t)
        if n.children:
            out += _texts(n.children)
        out += n.more
    return [t for t in out if t]


def _year(head: Head) -> int | None:
    day = head.found.get("date")
    return int(str(day.value)[:4]) if day else None


def _formal(head: Head, tail: Tail) -> bool:
    """Whether head or tail show an official document at all."""
    signs = ("document_type", "number", "symbol", "issuing_body")
    return sum(s in head.found for s in signs) >= 1 and bool(
        head.addressees or tail.to_file or tail.to_know or tail.signature or len(head.found) >= 3
    )


def _forwarder(lead: list[Text], lost: bool) -> Named | None:
    """«Chánh Văn phòng UBND tỉnh photo Văn bản …»: who sends a letter that shows no letterhead."""
    from bmnn.directives.bodies import bodies_at, value_of

    for t in lead[:3]:
        got = bodies_at(t, 0)
        if (
            got
            and len(got.found) == 1
            and re.match(
                r"\s*(?:photo|sao gui|sao luc|gui|chuyen|thong bao|nhan duoc|da nhan duoc)(?!\w)",
                t.folded[got.found[0].b :],
            )
        ):
            return Named(spelled(value_of(t, got.found[0]), lost), t.span(got.found[0].a, got.found[0].b))
        if (
            got
            and got.found
            and (m := re.search(r"\s(?:photo|sao gui|sao luc)(?!\w)", t.folded[:120]))
            and m.start() >= got.found[0].a
        ):
            b = min(got.found[0].b, m.start())
            return Named(spelled(t.s[got.found[0].a : b], lost), t.span(got.found[0].a, b))
    return None
