"""A document already in the register is named as the answer to a point of an upper document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Answer, Document, Point
from bmnn.office.guidance.rules import GuidanceAct, keeps


@register
class AnswerPoint(GuidanceAct):
    """The chain from province to commune and back hangs on these answers."""

    code = "guidance.answer_point"
    title = "Trả lời bằng văn bản của cơ quan"

    @dataclass(frozen=True)
    class Input:
        point: Point
        document: Document

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.point) or keeps(ctx, data.document.unit)
        if data.document.direction != "issued":
            found.append(
                Refusal("document", "Chỉ văn bản do cơ quan mình ban hành mới trả lời được điểm chỉ đạo.")
            )
        if Answer.objects.filter(point=data.point, document=data.document).exists():
            found.append(Refusal("document", f"{data.document} đã được ghi là trả lời điểm này."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {"point": str(data.point.public_id), "document": str(data.document.public_id)}

    @classmethod
    def project(cls, event: Event) -> None:
        document = Document.objects.get(public_id=event.data["document"])
        Answer.objects.create(
            point=Point.objects.get(public_id=event.data["point"]),
            document=document,
            unit=document.unit,
            day=date.fromisoformat(event.day),
        )
