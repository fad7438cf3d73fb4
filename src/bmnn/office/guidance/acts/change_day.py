"""The assigner changes a deadline, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Due
from bmnn.office.guidance.project import due_of, step
from bmnn.office.guidance.rules import GuidanceAct, keeps
from bmnn.office.guidance.words import OWED


@register
class ChangeDay(GuidanceAct):
    """The first date stays on record beside the new one."""

    code = "guidance.change_day"
    title = "Đổi thời hạn"

    @dataclass(frozen=True)
    class Input:
        due: Due
        day: date | None
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.due)
        if found:
            return found
        giver = data.due.task.giver
        if keeps(ctx, giver):
            found.append(Refusal("", f"Chỉ nơi giao việc ({giver.name}) được đổi thời hạn."))
        found += check_line("reason", "lý do đổi thời hạn", data.reason, 1000)
        if data.due.state not in OWED:
            found.append(Refusal("", f"Việc này «{data.due.state_word}», không đổi thời hạn được."))
        if data.day is None:
            found.append(Refusal("day", "Chưa nhập thời hạn mới."))
        elif data.day < ctx.day:
            found.append(Refusal("day", f"Thời hạn mới {data.day:%d/%m/%Y} đã qua."))
        elif data.day == data.due.day:
            found.append(Refusal("day", "Thời hạn mới trùng thời hạn cũ."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "due": str(data.due.public_id),
            "day": data.day.isoformat() if data.day else None,
            "reason": line(data.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        due = due_of(event.data)
        day = date.fromisoformat(event.data["day"])
        before = f"{due.day:%d/%m/%Y}" if due.day else "chưa có hạn"
        step(event, due, f"Đổi thời hạn từ {before} thành {day:%d/%m/%Y}", event.data["reason"])
        Due.objects.filter(pk=due.pk).update(day=day, first_day=due.first_day or day)
