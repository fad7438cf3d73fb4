"""The assigner takes a task back, with a reason: the unit was merged away, or it was given by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Due, Task
from bmnn.office.guidance.project import step
from bmnn.office.guidance.rules import GuidanceAct, keeps
from bmnn.office.guidance.words import OWED


@register
class WithdrawTask(GuidanceAct):
    """Dates already closed stay closed; what is still owed is owed no more."""

    code = "guidance.withdraw_task"
    title = "Rút việc đã giao"

    @dataclass(frozen=True)
    class Input:
        task: Task
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.task) or keeps(ctx, data.task.giver)
        found += check_line("reason", "lý do rút việc", data.reason, 1000)
        if not data.task.dues.filter(state__in=(*OWED, "waiting")).exists():
            found.append(Refusal("", "Việc này không còn gì phải làm nên không rút được."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"task": str(self.input.task.public_id), "reason": line(self.input.reason)}

    @classmethod
    def project(cls, event: Event) -> None:
        task = Task.objects.get(public_id=event.data["task"])
        for due in task.dues.filter(state__in=(*OWED, "waiting")):
            step(event, due, "Rút việc", event.data["reason"])
            Due.objects.filter(pk=due.pk).update(state="withdrawn")
