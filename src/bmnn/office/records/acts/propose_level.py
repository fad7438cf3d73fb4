"""A drafter proposes that something is a secret, and of which level."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, check_unit_lives, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.legal import find_list_item
from bmnn.office.records.models import Item, Proposal
from bmnn.office.records.project import actor_of, interest, trace, unit_of


@register
class ProposeLevel(RecordAct):
    """The five things the law wants: secrecy, level, recipients, number of copies, copying allowed or not.

    A summary is not asked for: it is written when the level is decided, and never at the highest level.
    """

    code = "records.propose_level"
    title = "Đề xuất độ mật"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        kind: str
        series: str
        level: str
        list_code: str
        doc_type: str
        draft_ref: str
        recipients: tuple[str, ...]
        copies: int
        copying: bool
        reason: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = check_unit_lives("unit", data.unit, ctx.day)
        if ctx.actor is None or not any(p.unit_id == data.unit.pk for p in ctx.posts):
            found.append(
                Refusal("unit", f"Bạn không giữ chức vụ trong {data.unit.name} nên không đề xuất ở đây.")
            )
        who = rules.viewer(ctx)
        if who is not None and who.roles("quan_tri"):
            found.append(Refusal("", "Tài khoản quản trị máy không đề xuất và không xem hồ sơ mật."))
        found += rules.check_series_and_level(ctx, data.series, data.level)
        found += rules.check_kind(data.kind, data.doc_type)
        found += check_line("draft_ref", "ký hiệu dự thảo", data.draft_ref, 30)
        if len(data.draft_ref.split()) > 1:
            found.append(
                Refusal("draft_ref", "Ký hiệu dự thảo viết liền, ví dụ DT-03/VP; không ghi nội dung ở đây.")
            )
        found += rules.check_recipients(ctx, data.recipients)
        found += rules.check_copies("copies", data.copies)
        found += check_line("reason", "lý do", data.reason, 1000, required=False)
        if found:
            return found
        if data.series == "bmnn":
            found += find_list_item(ctx.law, data.list_code, data.level).refusals
            found += rules.cleared(ctx.actor, data.level) if ctx.actor else []
        elif data.list_code:
            found.append(
                Refusal("list_code", "Thông tin đã chọn mục danh mục bí mật nhà nước thì là bí mật nhà nước.")
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        text = find_list_item(ctx.law, data.list_code, data.level).text if data.list_code else ""
        return {
            "item": str(ctx.new_id()),
            "proposal": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "kind": data.kind,
            "series": data.series,
            "level": data.level,
            "list_code": data.list_code,
            "list_text": text,
            "doc_type": data.doc_type,
            "draft_ref": line(data.draft_ref),
            "recipients": rules.tidy(data.recipients),
            "copies": data.copies,
            "copying": data.copying,
            "reason": line(data.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit = unit_of(body["unit"])
        drafter = actor_of(event)
        item = Item(
            public_id=uuid.UUID(body["item"]),
            level_rank=rules.rank(body["level"]),
            state="proposed",
            copies_permitted=body["copies"],
            unit=unit,
            **{
                k: body[k]
                for k in (
                    "kind",
                    "series",
                    "level",
                    "list_code",
                    "list_text",
                    "doc_type",
                    "draft_ref",
                    "copying",
                )
            },
        )
        item.save()
        five = {k: body[k] for k in ("level", "list_code", "recipients", "copies", "copying")}
        Proposal.objects.create(
            public_id=uuid.UUID(body["proposal"]),
            item=item,
            drafter=drafter,
            reason=body["reason"],
            proposed_on=date.fromisoformat(event.day),
            digest=rules.digest(item, {"series": item.series, **five}),
            **five,
        )
        interest(item, drafter, "drafter")
        trace(event, item)
