"""Somebody looks at secret data: written before the page is sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.clock import moment_of
from bmnn.office.core.models import Account, Event, Reading


@register
class RecordRead(Act):
    """Who looked at which object (public id, never its text), how many rows, for what purpose."""

    code = "core.record_read"
    title = "Xem thông tin mật"
    stream = "access"

    @dataclass(frozen=True)
    class Input:
        kind: str
        target: uuid.UUID | None = None
        count: int = 1
        purpose: str = ""

    def check(self, ctx: Context) -> list[Refusal]:
        found = check_line("purpose", "mục đích", self.input.purpose, 200, required=False)
        if ctx.actor is None:
            found.append(Refusal("", "Chưa đăng nhập nên không được xem."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "kind": data.kind,
            "target": str(data.target) if data.target else None,
            "count": data.count,
            "purpose": line(data.purpose),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        # Every page of the registers waits for this row: the account is found in the same statement.
        account = Account.objects.filter(public_id=event.actor).values("pk")
        Reading.objects.create(
            account_id=Subquery(account),
            at=moment_of(event.at),
            kind=body["kind"],
            target=uuid.UUID(body["target"]) if body["target"] else None,
            count=body["count"],
            purpose=body["purpose"],
        )
