"""A book is closed at the end of the working year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Entry, Volume


@register
class CloseBook(RecordAct):
    """No line is added any more; the closing line names the first and last number."""

    code = "records.close_book"
    title = "Khóa sổ"

    @dataclass(frozen=True)
    class Input:
        book: Book

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        book = self.input.book
        found = rules.keeps_register(ctx, book.unit)
        if book.closed_on is not None:
            found.append(Refusal("", f"{book} đã khóa ngày {book.closed_on:%d/%m/%Y}."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        book = self.input.book
        return {"book": str(book.public_id), "entries": Entry.objects.filter(book=book).count()}

    @classmethod
    def project(cls, event: Event) -> None:
        day = date.fromisoformat(event.day)
        book = Book.objects.get(public_id=event.data["book"])
        Volume.objects.filter(book=book, closed_on__isnull=True).update(closed_on=day)
        Book.objects.filter(pk=book.pk).update(closed_on=day)
