"""A full volume is closed; the next one goes on with the following number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Book, Volume


@register
class CloseVolume(RecordAct):
    """The closing line says how many entries the volume holds."""

    code = "records.close_volume"
    title = "Khóa quyển"

    @dataclass(frozen=True)
    class Input:
        book: Book

    def stream_for(self, ctx: Context) -> str:
        return self.input.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        book = self.input.book
        found = rules.keeps_register(ctx, book.unit)
        volume = book.open_volume
        if volume is None:
            found.append(Refusal("", f"{book} không có quyển nào đang dùng."))
        elif volume.first_no is None:
            found.append(Refusal("", f"Quyển số {volume.number} chưa có dòng nào nên chưa khóa được."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        volume = self.input.book.open_volume
        if volume is None:
            raise ValueError("không có quyển đang mở")
        return {
            "book": str(self.input.book.public_id),
            "volume": str(volume.public_id),
            "number": volume.number,
            "first": volume.first_no,
            "last": volume.last_no,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        Volume.objects.filter(public_id=event.data["volume"]).update(closed_on=date.fromisoformat(event.day))
