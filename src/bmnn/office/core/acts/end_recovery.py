"""Two persons settle, from the paper books, the last numbers given before a restore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core import recovery
from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, check_second, line
from bmnn.office.core.models import Account


@dataclass(frozen=True)
class LastNumber:
    """The last number in one series as the paper book has it."""

    name: str
    period: str
    value: int


@register
class EndRecovery(Act):
    """The numbers lost with the events stay used; the log says which they are. Then acts are done again."""

    code = "core.end_recovery"
    title = "Kết thúc phục hồi"
    stream = "admin"
    in_recovery = True

    @dataclass(frozen=True)
    class Input:
        second: Account
        reason: str
        series: tuple[LastNumber, ...]

    def check(self, ctx: Context) -> list[Refusal]:
        second = self.input.second
        found = by_administrator(ctx) + check_line("reason", "nội dung đối chiếu", self.input.reason)
        if recovery.state() is None:
            found.append(Refusal("", "Hệ thống không ở trạng thái phục hồi."))
        found += check_second(ctx, second)
        return found

    def number(self, ctx: Context) -> None:
        for last in self.input.series:
            ctx.skip_lost(last.name, last.period, last.value)

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"second": str(self.input.second.public_id), "reason": line(self.input.reason)}
