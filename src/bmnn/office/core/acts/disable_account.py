"""An account is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, line
from bmnn.office.core.models import Account, Event


@register
class DisableAccount(Act):
    """The account opens nothing any more, from this moment; its past acts keep its name."""

    code = "core.disable_account"
    title = "Khóa tài khoản"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        account: Account
        reason: str

    def check(self, ctx: Context) -> list[Refusal]:
        found = by_administrator(ctx) + check_line("reason", "lý do", self.input.reason)
        if not self.input.account.is_active:
            found.append(Refusal("account", "Tài khoản này đã khóa."))
        if ctx.actor is not None and ctx.actor.pk == self.input.account.pk:
            found.append(Refusal("account", "Không ai tự khóa tài khoản của mình."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"account": str(self.input.account.public_id), "reason": line(self.input.reason)}

    @classmethod
    def project(cls, event: Event) -> None:
        Account.objects.filter(public_id=event.data["account"]).update(is_active=False)
