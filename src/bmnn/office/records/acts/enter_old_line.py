"""A line of an old paper book, as it stands there."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, check_unit_lives, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.acts.register_in import term_of_arrival
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Copy, Entry, Item
from bmnn.office.records.project import add_entry, custody, day_of, trace

_LARGEST = 999_999


@register
class EnterOldLine(RecordAct):
    """Its numbers are taken from the paper: unused in the book, but neither given nor made gapless here."""

    code = "records.enter_old_line"
    title = "Nhập dòng sổ cũ"

    @dataclass(frozen=True)
    class Input:
        book: Book
        order_no: int | None
        reference: str
        document_day: date | None
        doc_type: str
        abstract: str
        level: str
        arrival_no: int | None = None
        day: date | None = None
        issuer: str = ""
        signer: str = ""
        recipients: str = ""
        signed: str = ""
        keeper: str = ""
        copies: int = 1
        note: str = ""
        voided: str = ""

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        book = data.book
        found = rules.keeps_register(ctx, book.unit, data.level if data.level in rules.LEVELS else "")
        if found:
            return found
        if not book.old or book.closed_on is not None:
            found.append(Refusal("book", f"{book} không phải sổ cũ đang nhập."))
        found += rules.check_series_and_level(ctx, book.series, data.level)
        found += rules.check_kind("document", data.doc_type)
        found += check_line("reference", "số, ký hiệu", data.reference, 130)
        found += rules.check_abstract(ctx, data.level, data.abstract)
        found += rules.check_copies("copies", data.copies)
        found += self._check_numbers() + self._check_days(ctx)
        incoming = book.code == "so_den"
        found += check_line("issuer", "cơ quan ban hành", data.issuer, required=incoming)
        found += check_line("signer", "người ký", data.signer, 120, required=not incoming)
        for name, label, limit in (
            ("recipients", "nơi nhận", 300),
            ("signed", "ký nhận", 300),
            ("keeper", "đơn vị lưu", 300),
            ("note", "ghi chú", 500),
            ("voided", "lý do hủy số", 500),
        ):
            found += check_line(name, label, getattr(data, name), limit, required=False)
        return found

    def _check_numbers(self) -> list[Refusal]:
        data, found = self.input, []
        for name, label in (("order_no", "Số thứ tự"), ("arrival_no", "Số đến")):
            value = getattr(data, name)
            if value is None:
                if name == "order_no" or data.book.code == "so_den":
                    found.append(Refusal(name, f"Chưa nhập {label.lower()}."))
            elif not 1 <= value <= _LARGEST:
                found.append(Refusal(name, f"{label} phải từ 1 đến {_LARGEST}."))
            elif Entry.objects.filter(book=data.book, **{name: value}).exists():
                found.append(Refusal(name, f"{label} {value:02d} đã có trong {data.book}."))
        return found

    def _check_days(self, ctx: Context) -> list[Refusal]:
        data, book = self.input, self.input.book
        found = rules.check_day("document_day", "ngày văn bản", data.document_day, ctx, None)
        day = data.day or data.document_day
        if book.code == "so_den":
            found += rules.check_day("day", "ngày đến", data.day, ctx, None)
        if day is None or found:
            return found
        field = "day" if book.code == "so_den" else "document_day"
        if day.year != book.year:
            found.append(Refusal(field, f"Ngày {day:%d/%m/%Y} không thuộc năm {book.year} của sổ."))
        elif data.document_day and data.document_day > day:
            found.append(
                Refusal("day", f"Ngày đến {day:%d/%m/%Y} trước ngày văn bản {data.document_day:%d/%m/%Y}.")
            )
        return found or check_unit_lives(field, book.unit, day)

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        if data.document_day is None:
            raise ValueError("thiếu ngày văn bản")
        incoming = data.book.code == "so_den"
        body: dict[str, Any] = {
            "item": str(ctx.new_id()),
            "entry": str(ctx.new_id()),
            "copies": [str(ctx.new_id()) for _ in range(data.copies)] if incoming else [],
            "count": data.copies,
            "book": str(data.book.public_id),
            "series": data.book.series,
            "day": (data.day or data.document_day).isoformat(),
            "document_day": data.document_day.isoformat(),
            "term_until": None,
        }
        if data.book.series == "bmnn":
            body["term_until"] = term_of_arrival(ctx, data.level, data.document_day).isoformat()
        for one in fields(data):
            value = getattr(data, one.name)
            if isinstance(value, str):
                body[one.name] = line(value)
        return body | {
            "abstract": line(data.abstract) or None,
            "order_no": data.order_no,
            "arrival_no": data.arrival_no,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        book = Book.objects.select_related("unit").get(public_id=body["book"])
        secret = body["series"] == "bmnn"
        document_day = date.fromisoformat(body["document_day"])
        incoming = book.code == "so_den"
        item = Item.objects.create(
            public_id=uuid.UUID(body["item"]),
            unit=book.unit,
            kind="document",
            level_rank=rules.rank(body["level"]),
            symbol=body["reference"][:60],
            day=document_day,
            state="voided" if body["voided"] else "received" if incoming else "registered",
            term_from=document_day if secret else None,
            term_until=day_of(body["term_until"]),
            copies_permitted=body["count"],
            issuer=body["issuer"] or book.unit.name_on(document_day),
            **{k: body[k] for k in ("series", "level", "doc_type", "abstract", "signer")},
        )
        add_entry(
            book,
            item,
            public_id=uuid.UUID(body["entry"]),
            order_no=body["order_no"],
            arrival_no=body["arrival_no"],
            day=date.fromisoformat(body["day"]),
            document_day=document_day,
            issuer=item.issuer,
            copies=body["count"],
            **{
                k: body[k]
                for k in ("reference", "signer", "recipients", "signed", "keeper", "note", "voided")
            },
        )
        trace(event, item)
        for number, public_id in enumerate(body["copies"], 1):
            copy = Copy.objects.create(
                public_id=uuid.UUID(public_id), item=item, number=number, holder_unit=book.unit
            )
            custody(event, copy, "made", giver=body["issuer"], taker=book.unit.name)
