"""A book is printed or exported: who, what, how many lines, for what purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.clock import moment_of
from bmnn.office.core.models import Account, Event, Reading
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book

FORMATS = {"pdf": "Bản in PDF", "xlsx": "Bảng tính XLSX"}


@register
class ExportBook(RecordAct):
    """Written before the file is made: paper and files leave the system's control."""

    code = "records.export_book"
    title = "In, xuất sổ"
    stream = "access"

    @dataclass(frozen=True)
    class Input:
        book: Book
        format: str
        volume: int | None
        count: int
        purpose: str

    def examine(self, ctx: Context) -> list[Refusal]:
        found = rules.sees(ctx, self.input.book)
        if self.input.format not in FORMATS:
            found.append(Refusal("format", "Hãy chọn bản in PDF hoặc bảng tính XLSX."))
        found += check_line("purpose", "mục đích", self.input.purpose, 200)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "book": str(data.book.public_id),
            "format": data.format,
            "volume": data.volume,
            "count": data.count,
            "purpose": line(data.purpose),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Reading.objects.create(
            account=Account.objects.get(public_id=event.actor),
            at=moment_of(event.at),
            kind=f"export-{body['format']}",
            target=body["book"],
            count=body["count"],
            purpose=body["purpose"],
        )
