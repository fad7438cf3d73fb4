"""Letters, minutes, plans and reports as PDF, in the layout of the State or of the Party."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bmnn.printing.model import (
    Block,
    Document,
    Facts,
    Head,
    Heading,
    Items,
    Paragraph,
    PrintError,
    Signature,
    Table,
)
from bmnn.printing.registers import checkpoint_data, headings, prepared_rows, rooms, tall_rows
from bmnn.printing.render import pdf
from bmnn.printing.stamps import drawing
from bmnn.printing.text import clean, soften, width_em

# A4 without the margins of document.typ, in millimetres, and the size of the letters in tables.
_WIDTH = {False: 165.0, True: 252.0}
_HEIGHT = {False: 250.0, True: 165.0}
_TABLE_PT = 12.0
# A line of 14 pt text across the page, in type sizes.
_LINE_EM = 32.0
_DOTS = "......"
# A name of a body too long for its corner is broken before the name of its place, as clerks do.
_CORNER_EM = 13.6
_PLACES = re.compile(r" (?=(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã|thị trấn) )", re.IGNORECASE)


def document_pdf(document: Document) -> bytes:
    """The document as PDF. Raises PrintError (a table row with another number of cells, no agency)."""
    return pdf("document", document_data(document))


def document_data(document: Document) -> dict[str, Any]:
    """The document in plain words: what both the PDF sheet and the DOCX template are filled with."""
    if not document.head.agency.strip():
        raise PrintError("Văn bản chưa có tên cơ quan ban hành.")
    head = document.head
    letter = not document.kind
    body = [_block(b, document.landscape) for b in document.body]
    if document.end:
        _close(body, "." if head.style == "party" else "./.")
    return {
        "title": clean(document.subject or document.kind),
        "size": 14,
        "style": head.style,
        "landscape": document.landscape,
        "parent": corner(head.parent),
        "agency": corner(head.agency),
        "number": clean(number_line(head)),
        "place_day": clean(place_and_day(head)),
        "letter": letter,
        "kind": clean(document.kind),
        "subject": clean(_subject(document)),
        "to": _words(document.to),
        "basis": _words(document.basis),
        "body": body,
        "signatures": [_signature(s) for s in document.signatures],
        "recipients": _words(document.recipients),
        "drafter": clean(document.drafter),
        "stamp": drawing(document.stamp) if document.stamp else None,
        "urgency": clean(document.urgency),
        "limits": _words(document.limits),
        "checkpoint": checkpoint_data(document.checkpoint),
        "trace": clean(document.trace),
        "mark": clean(document.mark),
        "annexes": [_table(t, document.landscape) for t in document.annexes],
    }


def corner(name: str) -> str:
    """The name of a body for the left corner, with a new line before its place where it is long."""
    words = clean(name)
    if width_em(words.upper()) <= _CORNER_EM:
        return words
    return soften(_PLACES.sub("\n", words, count=1), _CORNER_EM)


def number_line(head: Head) -> str:
    """ "Số: 12/BB-UBND" (State) or "Số 12-BB/ĐU" (Party); an unknown number is left as dots."""
    if not head.symbol and not head.number:
        return ""
    number = head.number or _DOTS
    if head.style == "party":
        return f"Số {number}-{head.symbol}" if head.symbol else f"Số {number}"
    return f"Số: {number}/{head.symbol}" if head.symbol else f"Số: {number}"


def place_and_day(head: Head) -> str:
    """ "Mẫu Một, ngày 05 tháng 01 năm 2026": a zero before days below 10 and months 1 and 2 (NĐ 30/2020)."""
    day: date | None = head.day
    place = f"{head.place}, " if head.place else ""
    if day is None:
        return f"{place}ngày ...... tháng ...... năm ......"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{place}ngày {day.day:02d} tháng {month} năm {day.year}"


def _subject(document: Document) -> str:
    """What a letter is about stands under its number: "V/v …" (State), "về việc …" (Party)."""
    subject = document.subject
    if document.kind or not subject:
        return subject
    return f"về việc {subject}" if document.head.style == "party" else f"V/v {subject}"


def _words(lines: Sequence[str]) -> list[str]:
    return [_long(line) for line in lines]


def _long(text: str) -> str:
    return soften(clean(text), _LINE_EM)


def _signature(s: Signature) -> dict[str, str]:
    return {
        "role": clean(s.role),
        "name": clean(s.name),
        "authority": clean(s.authority),
        "note": clean(s.note),
    }


def _block(block: Block, landscape: bool) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": _long(block.text),
                "bold": block.bold,
                "italic": block.italic,
            }
        case Heading():
            return {"kind": "heading", "text": _long(block.text), "level": block.level}
        case Facts():
            return {"kind": "facts", "pairs": [[_long(label), _long(value)] for label, value in block.pairs]}
        case Items():
            return {"kind": "items", "texts": _words(block.texts)}
        case Table():
            return {"kind": "table", **_table(block, landscape)}


def _table(table: Table, landscape: bool) -> dict[str, Any]:
    if not table.columns:
        raise PrintError("Biểu trong văn bản không có cột nào.")
    room = rooms(table.columns, _WIDTH[landscape], _TABLE_PT)
    rows = prepared_rows(table.columns, table.rows, room)
    return {
        "caption": clean(table.caption),
        "widths": [c.width for c in table.columns],
        "aligns": [c.align for c in table.columns],
        "headings": headings(table.columns, _WIDTH[landscape], _TABLE_PT),
        "rows": rows,
        "tall": tall_rows(rows, room, _HEIGHT[landscape], _TABLE_PT),
    }


def _close(body: list[dict[str, Any]], end: str) -> None:
    """The closing mark after the last words, unless they carry it or end in a table."""
    if not body:
        return
    last = body[-1]
    if last["kind"] == "paragraph":
        last["text"] = _ended(last["text"], end)
    elif last["kind"] == "items" and last["texts"]:
        last["texts"][-1] = _ended(last["texts"][-1], end)


def _ended(text: str, end: str) -> str:
    bare = text.rstrip()
    return bare if bare.endswith("./.") else bare.rstrip(".") + end
