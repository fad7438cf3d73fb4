"""The event a conditional task was waiting for has happened: the work is owed from now on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Due
from bmnn.office.guidance.project import add_due, due_of, step
from bmnn.office.guidance.rules import GuidanceAct, keeps, works_in


@register
class EventHappened(GuidanceAct):
    """Each event gives one date; the task goes on waiting for the next."""

    code = "guidance.event_happened"
    title = "Sự việc đã xảy ra"

    @dataclass(frozen=True)
    class Input:
        due: Due
        what: str
        day: date | None = None

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.due)
        if found:
            return found
        task = data.due.task
        if not works_in(ctx, task.unit) and keeps(ctx, task.giver):
            found.append(Refusal("", "Chỉ nơi giao việc hoặc nơi nhận việc được ghi sự việc này."))
        if data.due.state != "waiting":
            found.append(Refusal("", "Việc này không chờ sự việc nào."))
        found += check_line("what", "sự việc", data.what)
        if data.day is not None and data.day < ctx.day:
            found.append(Refusal("day", f"Hạn {data.day:%d/%m/%Y} đã qua."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "due": str(data.due.public_id),
            "made": str(ctx.new_id()),
            "what": line(data.what),
            "day": data.day.isoformat() if data.day else None,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        waiting = due_of(body)
        no = waiting.task.dues.count() + 1
        day = date.fromisoformat(body["day"]) if body["day"] else None
        made = add_due(waiting.task, str(uuid.UUID(body["made"])), day, "open", no)
        step(event, made, "Sự việc đã xảy ra", body["what"])
