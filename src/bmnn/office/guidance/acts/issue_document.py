"""A unit enters its own directive, plan or regulation, and which points of upper documents it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.confirmed import DocumentIn, body_of, check_document
from bmnn.office.guidance.models import Answer, Point
from bmnn.office.guidance.project import add_document
from bmnn.office.guidance.rules import GuidanceAct, keeps


@register
class IssueDocument(GuidanceAct):
    """The unit's own document; `answers` are points of other units' documents."""

    code = "guidance.issue_document"
    title = "Ghi văn bản của cơ quan"

    @dataclass(frozen=True)
    class Input:
        document: DocumentIn
        answers: tuple[Point, ...] = ()

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.document.unit) or check_document(ctx, data.document)
        for point in data.answers:
            found += sees(ctx, point)
            if point.document.unit_id == data.document.unit.pk and point.document.direction == "issued":
                found.append(
                    Refusal("answers", f"{point} là điểm của chính cơ quan mình, không cần trả lời.")
                )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            **body_of(ctx, data.document),
            "answers": sorted(str(p.public_id) for p in data.answers),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        made = add_document(event, "issued")
        for public_id in event.data["answers"]:
            Answer.objects.create(
                point=Point.objects.get(public_id=public_id),
                document=made,
                unit=made.unit,
                day=date.fromisoformat(event.day),
            )
