"""Somebody looks at secret data: written before the page is sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.clock import moment_of
from bmnn.office.core.models import Account, Event, Reading

_GIVEN = ("at", "kind", "target", "count", "purpose")
# Every page of the registers waits for this row: one statement, which finds the account by itself.
_INSERT = (
    f"INSERT INTO core_reading (account_id, {', '.join(_GIVEN)}) "  # noqa: S608  fixed words only
    f"SELECT id, {', '.join(['%s'] * len(_GIVEN))} FROM core_account WHERE public_id = %s"
)


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
        target = uuid.UUID(body["target"]) if body["target"] else None
        values = (moment_of(event.at), body["kind"], target, body["count"], body["purpose"])
        given = [
            Reading._meta.get_field(name).get_db_prep_save(value, connection)
            for name, value in zip(_GIVEN, values, strict=True)
        ]
        actor = Account._meta.get_field("public_id").get_db_prep_save(uuid.UUID(event.actor), connection)
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [*given, actor])
            if cursor.rowcount != 1:
                raise Account.DoesNotExist(event.actor)
