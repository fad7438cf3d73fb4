"""The next volume of a book is opened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Volume


@register
class OpenVolume(RecordAct):
    """Numbers run on; a book has one volume in use at a time."""

    code = "records.open_volume"
    title = "Mở quyển mới"

    @dataclass(frozen=True)
    class Input:
        book: Book

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        book = self.input.book
        found = rules.keeps_register(ctx, book.unit)
        if book.closed_on is not None or (book.year != ctx.day.year and not book.old):
            found.append(Refusal("", f"{book} đã hết năm công tác hoặc đã khóa, không mở thêm quyển."))
        if book.open_volume is not None:
            found.append(
                Refusal("", f"Quyển số {book.open_volume.number} đang dùng. Hãy khóa quyển đó trước.")
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {
            "book": str(self.input.book.public_id),
            "volume": str(ctx.new_id()),
            "number": self.input.book.volumes.count() + 1,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Volume.objects.create(
            public_id=uuid.UUID(body["volume"]),
            book=Book.objects.get(public_id=body["book"]),
            number=body["number"],
            opened_on=date.fromisoformat(event.day),
        )
