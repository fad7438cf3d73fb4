"""Two persons confirm that the machine's clock, which looked wrong, is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, check_second, line
from bmnn.office.core.models import Account


@register
class ConfirmClock(Act):
    """The administrator does it, a leader (who has signed in anew beside them) agrees; the log goes on from
    this hour."""

    code = "core.confirm_clock"
    title = "Xác nhận đồng hồ máy"
    stream = "admin"
    clock_exempt = True

    @dataclass(frozen=True)
    class Input:
        second: Account
        reason: str

    def check(self, ctx: Context) -> list[Refusal]:
        found = by_administrator(ctx) + check_line("reason", "lý do", self.input.reason)
        found += check_second(ctx, self.input.second)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"second": str(self.input.second.public_id), "reason": line(self.input.reason)}
