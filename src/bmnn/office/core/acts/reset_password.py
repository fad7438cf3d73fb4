"""The administrator gives an account a passing password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, leader_agrees, line
from bmnn.office.core.models import Account, Event


@register
class ResetPassword(Act):
    """The password itself is never in the log; that it was given, by whom and why, is. It opens nothing but
    the page where the person sets their own. For an account that may see secrets a leader agrees."""

    code = "core.reset_password"
    title = "Cấp mật khẩu tạm"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        account: Account
        reason: str
        second: Account | None = None

    def check(self, ctx: Context) -> list[Refusal]:
        found = by_administrator(ctx) + check_line("reason", "lý do", self.input.reason)
        if self.input.account.ceiling:
            found += leader_agrees(ctx, self.input.second, self.input.account, "Cấp mật khẩu tạm")
        if not self.input.account.is_active:
            found.append(Refusal("account", "Tài khoản này đã khóa."))
        if ctx.actor is not None and ctx.actor.pk == self.input.account.pk:
            found.append(Refusal("account", "Mật khẩu của chính mình thì đổi ở trang «Đổi mật khẩu»."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "account": str(data.account.public_id),
            "reason": line(data.reason),
            "second": str(data.second.public_id) if data.second else None,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        Account.objects.filter(public_id=event.data["account"]).update(must_change=True)
