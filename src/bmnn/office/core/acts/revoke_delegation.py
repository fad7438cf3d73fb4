"""A delegation is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Delegation, Event


@register
class RevokeDelegation(Act):
    """The delegation ends before its day: `until` is the first day without it."""

    code = "core.revoke_delegation"
    title = "Thu hồi ủy quyền"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        delegation: Delegation
        until: date
        document: str

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = check_line("document", "văn bản thu hồi", data.document)
        own = ctx.actor is not None and ctx.actor.person_id == data.delegation.giver.person_id
        if not (own or ctx.actor is None or ctx.actor.has_role("quan_tri", ctx.day)):
            found.append(Refusal("", "Chỉ người ủy quyền hoặc người quản trị máy được thu hồi ủy quyền."))
        if data.delegation.until is not None and data.delegation.until <= data.until:
            found.append(Refusal("until", f"Ủy quyền này đã hết từ ngày {data.delegation.until:%d/%m/%Y}."))
        if data.until < ctx.day:
            found.append(Refusal("until", "Không thu hồi ủy quyền lùi về ngày đã qua."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "delegation": str(data.delegation.public_id),
            "until": data.until.isoformat(),
            "document": line(data.document),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Delegation.objects.filter(public_id=body["delegation"]).update(
            until=date.fromisoformat(body["until"]), revoked_by=body["document"]
        )
