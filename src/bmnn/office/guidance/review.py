"""What closing and returning a report share: the giver's side reviews, never the one who reported."""

from __future__ import annotations

from bmnn.office.core.act import Context, Refusal
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Due
from bmnn.office.guidance.rules import keeps


def check_review(ctx: Context, due: Due) -> list[Refusal]:
    """The report waits, the actor keeps the register of the unit that gave the task, and is another person."""
    found = sees(ctx, due) or keeps(ctx, due.task.giver)
    if found:
        return found
    if due.state != "submitted":
        found.append(Refusal("", "Việc này chưa có báo cáo chờ duyệt."))
    if ctx.actor is not None and due.submitted_by_id == ctx.actor.person_id:
        found.append(Refusal("", "Người báo cáo không được tự duyệt báo cáo của mình."))
    return found
