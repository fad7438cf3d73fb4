"""An account is opened for a person."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator
from bmnn.office.core.models import Account, Event, Person


@register
class OpenAccount(Act):
    """A login without any role or clearance yet; its password is set apart (`core.passwords`) and never in
    the log."""

    code = "core.open_account"
    title = "Mở tài khoản"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        person: Person
        username: str

    def check(self, ctx: Context) -> list[Refusal]:
        found = by_administrator(ctx)
        name = self.input.username
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,59}", name):
            found.append(
                Refusal(
                    "username", "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch."
                )
            )
        elif Account.objects.filter(username=name).exists():
            found.append(Refusal("username", f"Tên đăng nhập {name} đã có người dùng."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {
            "account": str(ctx.new_id()),
            "person": str(self.input.person.public_id),
            "username": self.input.username,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Account.objects.create(
            public_id=uuid.UUID(body["account"]),
            person=Person.objects.get(public_id=body["person"]),
            username=body["username"],
            password="!",  # noqa: S106  no password opens it until one is set
        )
