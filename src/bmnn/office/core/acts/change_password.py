"""A person sets their own password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.models import Account, Event


@register
class ChangePassword(Act):
    """That it was changed is in the log, not the password."""

    code = "core.change_password"
    title = "Đổi mật khẩu"
    stream = "admin"
    in_recovery = True

    @dataclass(frozen=True)
    class Input:
        pass

    def check(self, ctx: Context) -> list[Refusal]:
        return [] if ctx.actor is not None else [Refusal("", "Chưa đăng nhập nên không đổi được mật khẩu.")]

    def event(self, ctx: Context) -> dict[str, Any]:
        return {}

    @classmethod
    def project(cls, event: Event) -> None:
        Account.objects.filter(public_id=event.actor).update(must_change=False)
