"""The clerk registers a determined item before it leaves."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Copy, Item
from bmnn.office.records.project import add_entry, custody, taken, trace
from bmnn.office.records.words import DOCUMENT_TYPES


def series_of(book: Book, item: Item) -> tuple[str, str]:
    """The counter of document numbers and its period: by kind and term where the book names a term."""
    name = f"document/{book.unit.public_id}/{book.series}"
    if book.term:
        return f"{name}/{DOCUMENT_TYPES[item.doc_type]}", book.term
    return name, str(book.year)


@register
class RegisterOut(RecordAct):
    """Takes the order number and the document's number, makes the numbered copies.

    Document numbers run by year for State bodies; by kind and five-year term where the book names a term.
    """

    code = "records.register_out"
    title = "Đăng ký đi"

    @dataclass(frozen=True)
    class Input:
        item: Item
        book: Book
        symbol: str
        document_day: date | None
        abstract: str
        signer: str
        keeper: str
        note: str = ""

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        item, book = data.item, data.book
        found = rules.keeps_register(ctx, book.unit, item.level) + rules.sees(ctx, item)
        if found:
            return found
        if item.state != "determined":
            found.append(
                Refusal(
                    "",
                    f"Hồ sơ đang ở trạng thái «{item.state_word}»; chỉ đăng ký đi khi đã xác định độ mật.",
                    rules.cite(ctx, "register_out"),
                )
            )
        if item.unit_id != book.unit_id or item.series != book.series:
            found.append(Refusal("book", f"{book} không dùng cho hồ sơ này: khác cơ quan hoặc khác loại."))
        found += rules.check_open(ctx, book, "so_di")
        found += check_line("symbol", "ký hiệu", data.symbol, 60)
        if re.match(r"\s*\d+\s*[/-]", data.symbol):
            found.append(
                Refusal("symbol", "Chỉ ghi ký hiệu, ví dụ KH-UBND. Số văn bản do hệ thống cấp khi ghi sổ.")
            )
        found += rules.check_abstract(ctx, item.level, data.abstract)
        found += rules.check_day("document_day", "ngày văn bản", data.document_day, ctx, book.unit)
        if data.document_day and item.term_from and data.document_day < item.term_from:
            found.append(
                Refusal(
                    "document_day",
                    f"Ngày văn bản trước ngày xác định độ mật ({item.term_from:%d/%m/%Y}).",
                    rules.cite(ctx, "register_out"),
                )
            )
        found += check_line("signer", "người ký", data.signer, 120)
        found += check_line("keeper", "đơn vị lưu", data.keeper)
        found += check_line("note", "ghi chú", data.note, 500, required=False)
        return found

    def number(self, ctx: Context) -> None:
        book, item = self.input.book, self.input.item
        owner = str(book.unit.public_id)
        ctx.take("Số thứ tự", f"order/{owner}/so_di/{book.series}", str(book.year))
        if item.kind == "document":
            ctx.take("Số văn bản", *series_of(book, item))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        if data.document_day is None:
            raise ValueError("thiếu ngày văn bản")
        return {
            "entry": str(ctx.new_id()),
            "copies": [str(ctx.new_id()) for _ in range(data.item.copies_permitted)],
            "item": str(data.item.public_id),
            "book": str(data.book.public_id),
            "level": data.item.level,
            "symbol": line(data.symbol),
            "document_day": data.document_day.isoformat(),
            "abstract": line(data.abstract) or None,
            "signer": line(data.signer),
            "keeper": line(data.keeper),
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        numbers = taken(event)
        book = Book.objects.select_related("unit").get(public_id=body["book"])
        item = Item.objects.get(public_id=body["item"])
        # A number below ten is written with a zero before it, in State and in Party documents.
        item.number = f"{numbers['Số văn bản']:02d}" if "Số văn bản" in numbers else ""
        item.symbol = body["symbol"]
        item.day = date.fromisoformat(body["document_day"])
        item.abstract = body["abstract"]
        item.signer = body["signer"]
        item.issuer = book.unit.name_on(item.day)
        item.state = "registered"
        item.save()
        proposal = item.proposals.filter(status="determined").first()
        add_entry(
            book,
            item,
            public_id=uuid.UUID(body["entry"]),
            order_no=numbers["Số thứ tự"],
            document_no=numbers.get("Số văn bản"),
            day=date.fromisoformat(event.day),
            reference=item.reference,
            document_day=item.day,
            issuer=item.issuer,
            signer=item.signer,
            recipients=proposal.recipients_text if proposal else "",
            keeper=body["keeper"],
            copies=len(body["copies"]),
            note=body["note"],
        )
        trace(event, item)
        for number, public_id in enumerate(body["copies"], 1):
            copy = Copy.objects.create(
                public_id=uuid.UUID(public_id), item=item, number=number, holder_unit=book.unit
            )
            custody(event, copy, "made", taker=book.unit.name)
