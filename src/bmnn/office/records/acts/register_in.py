"""The clerk registers what arrived."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.legal import term_end
from bmnn.office.records.models import Book, Copy, Entry, Item
from bmnn.office.records.project import add_entry, custody, taken, trace


@register
class RegisterIn(RecordAct):
    """Takes the order number and the arrival number. The level is the issuer's; nobody here changes it."""

    code = "records.register_in"
    title = "Đăng ký đến"

    @dataclass(frozen=True)
    class Input:
        book: Book
        level: str
        issuer: str
        reference: str
        document_day: date | None
        arrived: date | None
        doc_type: str
        abstract: str
        receiver: str
        copies: int = 1
        copy_no: int = 1
        kind: str = "document"
        note: str = ""

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        book = data.book
        found = rules.check_series_and_level(ctx, book.series, data.level)
        if found:
            return found
        found += rules.keeps_register(ctx, book.unit, data.level)
        if found:
            return found
        found += rules.check_open(ctx, book, "so_den")
        found += rules.check_kind(data.kind, data.doc_type)
        found += check_line("issuer", "cơ quan ban hành", data.issuer)
        found += check_line("reference", "số, ký hiệu", data.reference, 130)
        found += rules.check_day("document_day", "ngày văn bản", data.document_day, ctx, None)
        found += rules.check_day("arrived", "ngày đến", data.arrived, ctx, book.unit)
        if data.document_day and data.arrived and data.arrived < data.document_day:
            found.append(
                Refusal(
                    "arrived",
                    f"Ngày đến {data.arrived:%d/%m/%Y} trước ngày văn bản {data.document_day:%d/%m/%Y}.",
                )
            )
        found += rules.check_abstract(ctx, data.level, data.abstract)
        found += check_line("receiver", "đơn vị nhận", data.receiver)
        found += rules.check_copies("copies", data.copies) + rules.check_copies("copy_no", data.copy_no)
        found += check_line("note", "ghi chú", data.note, 500, required=False)
        if not found:
            known = Entry.objects.filter(
                book__unit=book.unit,
                book__code="so_den",
                reference=line(data.reference),
                document_day=data.document_day,
                issuer=line(data.issuer),
                voided="",
                item__copies__number=data.copy_no,
            ).first()
            if known:
                found.append(
                    Refusal(
                        "reference",
                        f"Bản số {data.copy_no} của văn bản này đã đăng ký, số thứ tự {known.order_no}, "
                        f"ngày {known.day:%d/%m/%Y}.",
                    )
                )
        return found

    def number(self, ctx: Context) -> None:
        book = self.input.book
        owner = str(book.unit.public_id)
        ctx.take("Số thứ tự", f"order/{owner}/so_den/{book.series}", str(book.year))
        ctx.take("Số đến", f"arrival/{owner}/{book.series}", str(book.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        if data.document_day is None or data.arrived is None:
            raise ValueError("thiếu ngày")
        until = None
        if data.book.series == "bmnn":
            until = term_of_arrival(ctx, data.level, data.document_day).isoformat()
        return {
            "item": str(ctx.new_id()),
            "entry": str(ctx.new_id()),
            "copies": [str(ctx.new_id()) for _ in range(data.copies)],
            "book": str(data.book.public_id),
            "series": data.book.series,
            "level": data.level,
            "kind": data.kind,
            "issuer": line(data.issuer),
            "reference": line(data.reference),
            "document_day": data.document_day.isoformat(),
            "arrived": data.arrived.isoformat(),
            "doc_type": data.doc_type,
            "abstract": line(data.abstract) or None,
            "receiver": line(data.receiver),
            "copy_no": data.copy_no,
            "term_until": until,
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        numbers = taken(event)
        book = Book.objects.select_related("unit").get(public_id=body["book"])
        secret = body["series"] == "bmnn"
        day = date.fromisoformat(body["document_day"])
        item = Item.objects.create(
            public_id=uuid.UUID(body["item"]),
            unit=book.unit,
            level_rank=rules.rank(body["level"]),
            symbol=body["reference"][:60],
            day=day,
            state="received",
            term_from=day if secret else None,
            term_until=date.fromisoformat(body["term_until"]) if body["term_until"] else None,
            copies_permitted=len(body["copies"]),
            **{k: body[k] for k in ("kind", "series", "level", "doc_type", "abstract", "issuer")},
        )
        add_entry(
            book,
            item,
            public_id=uuid.UUID(body["entry"]),
            order_no=numbers["Số thứ tự"],
            arrival_no=numbers["Số đến"],
            day=date.fromisoformat(body["arrived"]),
            reference=body["reference"],
            document_day=day,
            issuer=body["issuer"],
            recipients=body["receiver"],
            copies=len(body["copies"]),
            note=body["note"],
        )
        trace(event, item)
        for offset, public_id in enumerate(body["copies"]):
            copy = Copy.objects.create(
                public_id=uuid.UUID(public_id),
                item=item,
                number=body["copy_no"] + offset,
                holder_unit=book.unit,
            )
            custody(event, copy, "made", giver=body["issuer"], taker=book.unit.name)


def term_of_arrival(ctx: Context, level: str, day: date) -> date:
    """The last day of protection, by the law of the day of determination.

    A document older than the oldest law we hold is protected by the law of the day of registration.
    """
    from bmnn.office.core.lawview import law_on

    try:
        return term_end(law_on(day), level, day).until
    except LookupError:
        return term_end(ctx.law, level, day).until
