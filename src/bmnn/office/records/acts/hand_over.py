"""A copy is handed to a unit or a person; the hand-over book takes a line."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, check_unit_lives, line
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Copy
from bmnn.office.records.project import add_entry, custody, interest, taken, trace, unit_of


@register
class HandOver(RecordAct):
    """To a person of the agency, or to another body (by its name). The taker signs by `acknowledge`."""

    code = "records.hand_over"
    title = "Chuyển giao"

    @dataclass(frozen=True)
    class Input:
        copy: Copy
        book: Book
        to_person: Person | None = None
        to_unit: Unit | None = None
        to_text: str = ""
        note: str = ""

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        copy, book = data.copy, data.book
        found = rules.sees(ctx, copy)
        found += rules.keeps_register(ctx, book.unit, copy.item.level)
        if found:
            return found
        found += rules.check_open(ctx, book, "so_chuyen_giao")
        if copy.item.unit_id != book.unit_id or copy.item.series != book.series:
            found.append(Refusal("book", f"{book} không dùng cho hồ sơ này: khác cơ quan hoặc khác loại."))
        if copy.item.state not in ("registered", "received"):
            found.append(
                Refusal(
                    "",
                    "Phải đăng ký vào sổ trước khi chuyển giao.",
                    rules.cite(ctx, "register_out"),
                )
            )
        if copy.state == "handed":
            found.append(Refusal("", f"Bản số {copy.number} đã giao và đang chờ ký nhận."))
        elif copy.state in ("held", "received"):
            found += rules.check_holds(ctx, copy)
        else:
            found.append(Refusal("", f"Bản số {copy.number} đã trả lại nơi gửi."))
        found += check_line("to_text", "nơi nhận", data.to_text, required=False)
        if not (data.to_person or data.to_unit or data.to_text.strip()):
            found.append(Refusal("to_person", "Hãy chọn người nhận hoặc nhập nơi nhận."))
        if data.to_unit is not None:
            found += check_unit_lives("to_unit", data.to_unit, ctx.day)
        if data.to_person is not None:
            if not data.to_person.posts_on(ctx.day).exists():
                found.append(
                    Refusal(
                        "to_person", f"{data.to_person} không giữ chức vụ nào vào ngày {ctx.day:%d/%m/%Y}."
                    )
                )
            if data.to_person.pk == copy.holder_person_id:
                found.append(Refusal("to_person", f"{data.to_person} đang giữ bản này."))
            needed = rules.rank(copy.item.level)
            if needed and not any(a.ceiling_rank >= needed for a in data.to_person.accounts.all()):
                found.append(
                    Refusal(
                        "to_person",
                        f"{data.to_person} chưa được giao xử lý độ {copy.item.level_word}.",
                        rules.cite(ctx, "hand_over"),
                    )
                )
        found += check_line("note", "ghi chú", data.note, 500, required=False)
        return found

    def number(self, ctx: Context) -> None:
        book = self.input.book
        name = f"order/{book.unit.public_id}/so_chuyen_giao/{book.series}"
        ctx.take("Số thứ tự", name, str(book.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "entry": str(ctx.new_id()),
            "copy": str(data.copy.public_id),
            "book": str(data.book.public_id),
            "giver": data.copy.holder,
            "to_person": str(data.to_person.public_id) if data.to_person else None,
            "to_unit": str(data.to_unit.public_id) if data.to_unit else None,
            "to_text": line(data.to_text),
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        copy = Copy.objects.select_related("item").get(public_id=body["copy"])
        book = Book.objects.select_related("unit").get(public_id=body["book"])
        day = date.fromisoformat(event.day)
        person = Person.objects.get(public_id=body["to_person"]) if body["to_person"] else None
        unit = unit_of(body["to_unit"])
        copy.holder_person, copy.holder_unit, copy.holder_text = person, unit, body["to_text"]
        copy.state = "handed"
        copy.save()
        if person is not None:
            interest(copy.item, person, "holder")
        add_entry(
            book,
            copy.item,
            public_id=uuid.UUID(body["entry"]),
            copy=copy,
            order_no=taken(event)["Số thứ tự"],
            day=day,
            reference=copy.item.reference,
            document_day=copy.item.day,
            issuer=copy.item.issuer,
            recipients=copy.holder,
            copies=1,
            keeper=str(copy),
            note=body["note"],
        )
        trace(event, copy.item)
        custody(event, copy, "handed", giver=body["giver"], taker=copy.holder, note=body["note"])
