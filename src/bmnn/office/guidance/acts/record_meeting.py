"""A meeting of a committee and what it concluded."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Body, Document, Meeting
from bmnn.office.guidance.rules import GuidanceAct, check_text, keeps


@register
class RecordMeeting(GuidanceAct):
    """Conclusions that order something are entered as a document of the unit and named here."""

    code = "guidance.record_meeting"
    title = "Ghi cuộc họp"

    @dataclass(frozen=True)
    class Input:
        body: Body
        day: date | None
        subject: str
        conclusions: str = ""
        reference: str = ""
        document: Document | None = None

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.body) or keeps(ctx, data.body.unit)
        found += check_line("subject", "nội dung họp", data.subject)
        found += check_text("conclusions", "kết luận", data.conclusions, required=False)
        found += check_line("reference", "thông báo kết luận", data.reference, 100, required=False)
        if data.day is None:
            found.append(Refusal("day", "Chưa nhập ngày họp."))
        elif data.day > ctx.day:
            found.append(Refusal("day", f"Ngày họp {data.day:%d/%m/%Y} ở tương lai."))
        elif not data.body.holds(data.day):
            found.append(Refusal("day", f"{data.body} chưa có hoặc đã kiện toàn lại vào ngày này."))
        if data.document is not None:
            found += sees(ctx, data.document)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "meeting": str(ctx.new_id()),
            "body": str(data.body.public_id),
            "day": data.day.isoformat() if data.day else None,
            "subject": line(data.subject),
            "conclusions": data.conclusions.strip(),
            "reference": line(data.reference),
            "document": str(data.document.public_id) if data.document else None,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Meeting.objects.create(
            public_id=uuid.UUID(body["meeting"]),
            body=Body.objects.get(public_id=body["body"]),
            day=date.fromisoformat(body["day"]),
            subject=body["subject"],
            conclusions=body["conclusions"],
            reference=body["reference"],
            document=Document.objects.get(public_id=body["document"]) if body["document"] else None,
        )
