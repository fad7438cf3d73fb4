"""The clerk opens a book for a working year, with its first volume."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_unit_lives
from bmnn.office.core.models import Event, Unit
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.legal import form_version
from bmnn.office.records.models import Book, Volume
from bmnn.office.records.project import unit_of
from bmnn.office.records.words import BOOKS, SERIES


@register
class OpenBook(RecordAct):
    """`last_order`: the last number of the paper book that this one continues within the same year."""

    code = "records.open_book"
    title = "Mở sổ"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        code: str
        series: str = "bmnn"
        term: str = ""
        last_order: int = 0

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = rules.keeps_register(ctx, data.unit)
        found += check_unit_lives("unit", data.unit, ctx.day)
        if data.code not in BOOKS:
            found.append(Refusal("code", "Hãy chọn loại sổ."))
        if data.series not in SERIES:
            found.append(Refusal("series", "Hãy chọn loại thông tin."))
        if not 0 <= data.last_order <= 1_000_000:
            found.append(Refusal("last_order", "Số thứ tự cuối của sổ giấy phải từ 0 đến 1.000.000."))
        if data.term:
            years = re.fullmatch(r"(\d{4})-(\d{4})", data.term)
            if years is None or not int(years[1]) <= ctx.day.year <= int(years[2]):
                found.append(Refusal("term", f"Nhiệm kỳ ghi như 2025-2030 và phải gồm năm {ctx.day.year}."))
        same = Book.objects.filter(unit=data.unit, code=data.code, series=data.series, year=ctx.day.year)
        if same.exists():
            found.append(Refusal("code", f"{same[0]} đã mở ngày {same[0].opened_on:%d/%m/%Y}."))
        return found

    def number(self, ctx: Context) -> None:
        if self.input.last_order:
            data = self.input
            name = f"order/{data.unit.public_id}/{data.code}/{data.series}"
            ctx.start_series(name, str(ctx.day.year), data.last_order)

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "book": str(ctx.new_id()),
            "volume": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "code": data.code,
            "series": data.series,
            "year": ctx.day.year,
            "term": data.term,
            "form": form_version(ctx.law, data.code) if data.series == "bmnn" else "",
            "last_order": data.last_order,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        opened = date.fromisoformat(event.day)
        book = Book.objects.create(
            public_id=uuid.UUID(body["book"]),
            unit=unit_of(body["unit"]),
            opened_on=opened,
            **{k: body[k] for k in ("code", "series", "year", "term", "form")},
        )
        Volume.objects.create(book=book, public_id=uuid.UUID(body["volume"]), number=1, opened_on=opened)
