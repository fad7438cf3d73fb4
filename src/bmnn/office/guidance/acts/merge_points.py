"""Two upper bodies ordered the same thing: it is followed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Point
from bmnn.office.guidance.rules import GuidanceAct, keeps


@register
class MergePoints(GuidanceAct):
    """`double` is answered through `point` from now on: its tasks, evidence and coverage count for both."""

    code = "guidance.merge_points"
    title = "Gộp điểm trùng"

    @dataclass(frozen=True)
    class Input:
        point: Point
        double: Point

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.point) or sees(ctx, data.double) or keeps(ctx, data.double.document.unit)
        if data.point.pk == data.double.pk:
            found.append(Refusal("point", "Không gộp một điểm với chính nó."))
        if data.point.document.unit_id != data.double.document.unit_id:
            found.append(Refusal("point", "Hai điểm phải nằm trong sổ chỉ đạo của cùng một cơ quan."))
        if data.point.state != "live" or data.double.state != "live":
            found.append(Refusal("point", "Chỉ gộp hai điểm đang theo dõi."))
        if data.double.tasks.exists():
            found.append(
                Refusal("point", f"{data.double} đã giao việc riêng; hãy rút việc đó trước khi gộp.")
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {"point": str(data.point.public_id), "double": str(data.double.public_id)}

    @classmethod
    def project(cls, event: Event) -> None:
        point = Point.objects.get(public_id=event.data["point"])
        Point.objects.filter(public_id=event.data["double"]).update(state="merged", same_as=point)
