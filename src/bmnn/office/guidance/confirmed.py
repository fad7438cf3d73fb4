"""What a person confirms of a document: its points and relations as typed values, and their checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Unit
from bmnn.office.core.rules import iso, sees
from bmnn.office.guidance.models import Document, Source
from bmnn.office.guidance.rules import check_text
from bmnn.office.guidance.words import KINDS, RELATIONS


@dataclass(frozen=True)
class PointIn:
    """One confirmed point. `deadlines` and `reporting` have the shape of the reader's output."""

    text: str
    action: str
    clause: str = ""
    responsible: tuple[str, ...] = ()
    deadlines: tuple[dict[str, Any], ...] = ()
    reporting: tuple[dict[str, Any], ...] = ()
    prohibition: bool = False


@dataclass(frozen=True)
class RelationIn:
    """One relation, to a document of the registers or to one known by its number only; `in_file` where that one is
    in the same file and may be confirmed later."""

    kind: str
    target: Document | None = None
    text: str = ""
    in_file: str = ""


@dataclass(frozen=True)
class DocumentIn:
    """A document as confirmed or typed. `source` and `in_file` say where it was read, if it was."""

    unit: Unit
    kind: str
    issuer: str
    subject: str
    number: str = ""
    symbol: str = ""
    day: date | None = None
    source: Source | None = None
    in_file: str = ""
    points: tuple[PointIn, ...] = ()
    relations: tuple[RelationIn, ...] = ()
    citations: tuple[dict[str, Any], ...] = ()
    contents: tuple[str, ...] = field(default=())


def check_document(ctx: Context, data: DocumentIn) -> list[Refusal]:
    """Refusals of the values themselves; who may confirm is the act's question."""
    found: list[Refusal] = []
    if data.kind not in KINDS:
        found.append(Refusal("kind", "Hãy chọn tên loại văn bản."))
    found += check_line("issuer", "cơ quan ban hành", data.issuer)
    found += check_line("subject", "trích yếu", data.subject, 1000)
    found += check_line("number", "số", data.number, 20, required=False)
    found += check_line("symbol", "ký hiệu", data.symbol, 60, required=False)
    if data.day is not None and data.day > ctx.day:
        found.append(Refusal("day", f"Ngày văn bản {data.day:%d/%m/%Y} ở tương lai."))
    for n, point in enumerate(data.points, 1):
        found += check_text(f"point-{n}", f"nguyên văn điểm {n}", point.text)
        found += check_line(f"point-{n}", f"tóm tắt điểm {n}", point.action, 1000)
        for body in point.responsible:
            found += check_line(f"point-{n}", f"cơ quan thực hiện điểm {n}", body)
    for relation in data.relations:
        if relation.kind not in RELATIONS:
            found.append(Refusal("relations", "Hãy chọn quan hệ giữa hai văn bản."))
        if relation.target is not None:
            found += sees(ctx, relation.target)
        else:
            found += check_line("relations", "văn bản liên quan", relation.text)
    if data.source is not None:
        found += sees(ctx, data.source)
        if data.source.documents.filter(source_id_in_file=data.in_file).exists():
            found.append(Refusal("", "Văn bản này trong tệp đã được xác nhận."))
    same = twin(data)
    if same is not None:
        found.append(
            Refusal("number", f"{same} ngày {same.day:%d/%m/%Y} của {same.issuer} đã có trong sổ chỉ đạo.")
        )
    return found


def twin(data: DocumentIn) -> Document | None:
    """The same document already in the unit's register: number, symbol, day and issuer together, since numbers
    alone are not unique."""
    if not data.number or data.day is None:
        return None
    return Document.objects.filter(
        unit=data.unit,
        number=line(data.number),
        symbol=line(data.symbol),
        day=data.day,
        issuer=line(data.issuer),
    ).first()


def body_of(ctx: Context, data: DocumentIn) -> dict[str, Any]:
    """The canonical body of the event."""
    return {
        "document": str(ctx.new_id()),
        "unit": str(data.unit.public_id),
        "source": str(data.source.public_id) if data.source else None,
        "in_file": data.in_file,
        "kind": data.kind,
        "number": line(data.number),
        "symbol": line(data.symbol),
        "day": iso(data.day),
        "issuer": line(data.issuer),
        "subject": line(data.subject),
        "points": [
            {
                "id": str(ctx.new_id()),
                "clause": line(p.clause),
                "text": p.text.strip(),
                "action": line(p.action),
                "responsible": [line(b) for b in p.responsible],
                "deadlines": list(p.deadlines),
                "reporting": list(p.reporting),
                "prohibition": p.prohibition,
            }
            for p in data.points
        ],
        "relations": [
            {
                "kind": r.kind,
                "target": str(r.target.public_id) if r.target else None,
                "text": line(r.text),
                "in_file": r.in_file,
            }
            for r in data.relations
        ],
        "citations": list(data.citations),
        "contents": list(data.contents),
    }
