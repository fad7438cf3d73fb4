"""A paper book of an earlier year is taken into the system, to be typed or read in line by line."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event, Unit
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Volume
from bmnn.office.records.project import unit_of
from bmnn.office.records.words import BOOKS, SERIES

OLD_BOOKS = {code: BOOKS[code] for code in ("so_di", "so_den")}
_FIRST_YEAR = 2000


@register
class OpenOldBook(RecordAct):
    """The numbers of its lines are those that stand on paper; the system gives none there."""

    code = "records.open_old_book"
    title = "Nhận sổ giấy cũ"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        code: str
        year: int
        series: str = "bmnn"

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = rules.keeps_register(ctx, data.unit)
        if data.code not in OLD_BOOKS:
            found.append(Refusal("code", "Chỉ nhập lại sổ đi, sổ đến."))
        if data.series not in SERIES:
            found.append(Refusal("series", "Hãy chọn loại thông tin."))
        if not _FIRST_YEAR <= data.year < ctx.day.year:
            found.append(
                Refusal(
                    "year",
                    f"Năm của sổ cũ phải từ {_FIRST_YEAR} đến {ctx.day.year - 1}; sổ năm nay thì mở mới.",
                )
            )
        elif data.unit.since.year > data.year:
            found.append(Refusal("year", f"{data.unit.name} chưa thành lập vào năm {data.year}."))
        same = Book.objects.filter(unit=data.unit, code=data.code, series=data.series, year=data.year).first()
        if same is not None:
            found.append(Refusal("year", f"{same} đã có trong hệ thống."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "book": str(ctx.new_id()),
            "volume": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "code": data.code,
            "series": data.series,
            "year": data.year,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        first = date(body["year"], 1, 1)
        book = Book.objects.create(
            public_id=uuid.UUID(body["book"]),
            unit=unit_of(body["unit"]),
            opened_on=first,
            form="",
            old=True,
            **{k: body[k] for k in ("code", "series", "year")},
        )
        Volume.objects.create(book=book, public_id=uuid.UUID(body["volume"]), number=1, opened_on=first)
