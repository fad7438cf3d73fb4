"""A point or an item of the plan is given to units or to a person, with its kind of deadline."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.core.rules import day_of, iso, sees
from bmnn.office.guidance.models import PlanItem, Point, Task
from bmnn.office.guidance.project import add_due, step
from bmnn.office.guidance.rules import GuidanceAct, actor_of, check_below, check_person, keeps
from bmnn.office.guidance.words import DATED, DEADLINES, PERIODS


@register
class GiveTask(GuidanceAct):
    """One task a unit. A conditional one waits for its event; a periodic one gets its dates one by one."""

    code = "guidance.give_task"
    title = "Giao việc"

    @dataclass(frozen=True)
    class Input:
        giver: Unit
        units: tuple[Unit, ...]
        action: str
        deadline: str
        point: Point | None = None
        plan_item: PlanItem | None = None
        person: Person | None = None
        day: date | None = None
        period: str = ""
        trigger: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.giver)
        origin = data.point or data.plan_item
        if origin is None:
            return [*found, Refusal("", "Chưa chọn điểm chỉ đạo hoặc mục kế hoạch.")]
        found += sees(ctx, origin)
        if data.point is not None and data.point.state != "live":
            found.append(Refusal("", "Điểm này không còn theo dõi riêng; hãy giao ở điểm đã gộp."))
        if not data.units:
            found.append(Refusal("units", "Chưa chọn đơn vị thực hiện."))
        for unit in data.units:
            found += check_below(ctx, data.giver, unit)
        if data.person is not None and len(data.units) == 1:
            found += check_person(ctx, data.units[0], data.person)
        elif data.person is not None:
            found.append(Refusal("person", "Chỉ giao cho một người khi chọn một đơn vị."))
        found += check_line("action", "việc phải làm", data.action, 1000)
        return found + self._deadline(ctx)

    def _deadline(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = []
        if data.deadline not in DEADLINES:
            return [Refusal("deadline", "Hãy chọn loại thời hạn.")]
        if data.deadline in DATED and data.day is None:
            found.append(Refusal("day", f"Thời hạn {DEADLINES[data.deadline]}: chưa nhập ngày đến hạn."))
        if data.day is not None and data.day < ctx.day:
            found.append(Refusal("day", f"Hạn {data.day:%d/%m/%Y} đã qua; hôm nay là {ctx.day:%d/%m/%Y}."))
        if data.deadline == "periodic" and data.period not in PERIODS:
            found.append(Refusal("period", "Hãy chọn kỳ lặp lại."))
        if data.deadline == "conditional":
            found += check_line("trigger", "sự việc phải chờ", data.trigger)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "point": str(data.point.public_id) if data.point else None,
            "plan_item": str(data.plan_item.public_id) if data.plan_item else None,
            "giver": str(data.giver.public_id),
            "tasks": [
                {"task": str(ctx.new_id()), "due": str(ctx.new_id()), "unit": str(unit.public_id)}
                for unit in data.units
            ],
            "person": str(data.person.public_id) if data.person else None,
            "action": line(data.action),
            "deadline": data.deadline,
            "day": iso(data.day),
            "period": data.period if data.deadline == "periodic" else "",
            "trigger": line(data.trigger) if data.deadline == "conditional" else "",
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        for one in body["tasks"]:
            task = Task.objects.create(
                public_id=uuid.UUID(one["task"]),
                point=Point.objects.get(public_id=body["point"]) if body["point"] else None,
                plan_item=PlanItem.objects.get(public_id=body["plan_item"]) if body["plan_item"] else None,
                giver=Unit.objects.get(public_id=body["giver"]),
                given_by=actor_of(event),
                given_on=date.fromisoformat(event.day),
                unit=Unit.objects.get(public_id=one["unit"]),
                person=Person.objects.get(public_id=body["person"]) if body["person"] else None,
                action=body["action"],
                deadline=body["deadline"],
                trigger=body["trigger"],
                period=body["period"],
            )
            waiting = body["deadline"] == "conditional"
            due = add_due(task, one["due"], day_of(body["day"]), "waiting" if waiting else "open")
            step(event, due, f"Giao cho {task.unit.name_on(task.given_on)}")
