"""A line of a book is corrected: the earlier words stay in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Entry, Item
from bmnn.office.records.project import fold_of, trace

# What may be corrected, with its name and greatest length; numbers, level and days have acts of their own.
FIELDS: dict[str, tuple[str, int]] = {
    "abstract": ("trích yếu", 1000),
    "issuer": ("cơ quan ban hành", 300),
    "reference": ("số, ký hiệu", 130),
    "signer": ("người ký", 120),
    "recipients": ("nơi nhận", 300),
    "keeper": ("đơn vị lưu", 300),
    "note": ("ghi chú", 500),
}


@register
class Correct(RecordAct):
    """One field of one line, with the reason. The reference of an outgoing document follows its number."""

    code = "records.correct"
    title = "Đính chính dòng sổ"

    @dataclass(frozen=True)
    class Input:
        entry: Entry
        field: str
        value: str
        reason: str

    def stream_for(self, ctx: Context) -> str:
        return self.input.entry.book.stream

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        entry = data.entry
        found = rules.sees(ctx, entry) + rules.keeps_register(ctx, entry.book.unit, entry.level)
        if found:
            return found
        if entry.voided:
            found.append(Refusal("", f"Số {entry.order_no} đã hủy nên không đính chính."))
        if data.field not in FIELDS or (data.field == "reference" and entry.document_no is not None):
            found.append(
                Refusal("field", "Không đính chính được cột này. Nếu số sai, hãy hủy số và đăng ký lại.")
            )
            return found
        name, limit = FIELDS[data.field]
        if data.field == "abstract":
            found += rules.check_abstract(ctx, entry.level, data.value)
            if entry.level and not found and not data.value.strip():
                found.append(
                    Refusal("field", "Bí mật nhà nước độ Tuyệt mật không có trích yếu để đính chính.")
                )
        else:
            found += check_line("value", name, data.value, limit, required=data.field != "note")
        found += check_line("reason", "lý do đính chính", data.reason, 500)
        return [Refusal("value" if r.field == "abstract" else r.field, r.message, r.citation) for r in found]

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "entry": str(data.entry.public_id),
            "level": data.entry.level,
            "field": data.field,
            "before": getattr(data.entry, data.field) or "",
            "value": line(data.value),
            "reason": line(data.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        entry = Entry.objects.get(public_id=body["entry"])
        setattr(entry, body["field"], body["value"])
        entry.fold = fold_of(vars(entry))
        entry.save()
        trace(event, entry.item_id)
        if body["field"] in ("abstract", "issuer", "signer"):
            Item.objects.filter(pk=entry.item_id).update(**{body["field"]: body["value"]})
