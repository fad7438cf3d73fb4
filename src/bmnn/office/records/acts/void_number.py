"""A number is voided: it stays in the book with the reason and is never given again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Entry, Item
from bmnn.office.records.project import trace


@register
class VoidNumber(RecordAct):
    """Only while every copy is still with the clerk."""

    code = "records.void_number"
    title = "Hủy số"

    @dataclass(frozen=True)
    class Input:
        entry: Entry
        reason: str

    def stream_for(self, ctx: Context) -> str:
        return self.input.entry.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        entry = self.input.entry
        found = rules.sees(ctx, entry) + rules.keeps_register(ctx, entry.book.unit, entry.level)
        if found:
            return found
        if entry.voided:
            found.append(Refusal("", f"Số {entry.order_no} đã hủy trước đó: {entry.voided}"))
        if entry.book.code == "so_chuyen_giao":
            found.append(Refusal("", "Việc chuyển giao không hủy số; hãy trả lại hoặc đính chính."))
        elif entry.item.copies.exclude(state="held").exists():
            found.append(Refusal("", "Có bản đã giao đi, không hủy số được. Hãy thu các bản về trước."))
        found += check_line("reason", "lý do hủy số", self.input.reason, 500)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        entry = self.input.entry
        return {
            "entry": str(entry.public_id),
            "number": entry.order_no,
            "reason": line(self.input.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        entry = Entry.objects.get(public_id=body["entry"])
        Entry.objects.filter(pk=entry.pk).update(voided=body["reason"])
        Item.objects.filter(pk=entry.item_id).update(state="voided")
        trace(event, entry.item_id)
