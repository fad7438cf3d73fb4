"""A confirmed point turns out to order nothing of this unit: it is not followed, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Point
from bmnn.office.guidance.rules import GuidanceAct, keeps


@register
class DropPoint(GuidanceAct):
    """The point stays readable with the reason; it counts in no coverage."""

    code = "guidance.drop_point"
    title = "Không theo dõi điểm này"

    @dataclass(frozen=True)
    class Input:
        point: Point
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.point) or keeps(ctx, data.point.document.unit)
        found += check_line("reason", "lý do", data.reason, 500)
        if data.point.state != "live":
            found.append(Refusal("", "Điểm này đã không còn theo dõi."))
        if data.point.tasks.exists():
            found.append(Refusal("", "Điểm này đã giao việc; hãy rút việc trước."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"point": str(self.input.point.public_id), "reason": line(self.input.reason)}

    @classmethod
    def project(cls, event: Event) -> None:
        Point.objects.filter(public_id=event.data["point"]).update(state="dropped")
