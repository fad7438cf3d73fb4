"""A head delegates acts in writing to a deputy."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, check_span, line
from bmnn.office.core.models import Delegation, Event, Post
from bmnn.office.core.models.accounts import LEVEL_RANK


@register
class Delegate(Act):
    """A written delegation: which acts, which levels, from when until when. Recorded by the giver or the
    administrator."""

    code = "core.delegate"
    title = "Ủy quyền bằng văn bản"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        giver: Post
        taker: Post
        since: date
        document: str
        acts: tuple[str, ...] = ()
        levels: tuple[str, ...] = ()
        until: date | None = None

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = check_line("document", "số, ngày văn bản ủy quyền", data.document)
        found += check_span(data.since, data.until)
        own = ctx.actor is not None and ctx.actor.person_id == data.giver.person_id
        if not (own or ctx.actor is None or ctx.actor.has_role("quan_tri", ctx.day)):
            found.append(Refusal("", "Chỉ người ủy quyền hoặc người quản trị máy được ghi việc ủy quyền."))
        if data.giver.person_id == data.taker.person_id:
            found.append(Refusal("taker", "Không thể tự ủy quyền cho mình."))
        for field, post, who in (
            ("giver", data.giver, "Người ủy quyền"),
            ("taker", data.taker, "Người được ủy quyền"),
        ):
            if not post.holds(data.since):
                found.append(Refusal(field, f"{who} không giữ chức vụ này vào ngày {data.since:%d/%m/%Y}."))
        if data.giver.deputy:
            found.append(Refusal("giver", "Cấp phó không được ủy quyền tiếp."))
        unknown = [level for level in data.levels if not LEVEL_RANK.get(level)]
        if unknown:
            found.append(Refusal("levels", f"Không có độ mật {', '.join(unknown)}."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "id": str(ctx.new_id()),
            "giver": str(data.giver.public_id),
            "taker": str(data.taker.public_id),
            "acts": sorted(data.acts),
            "levels": sorted(data.levels),
            "since": data.since.isoformat(),
            "until": data.until.isoformat() if data.until else None,
            "document": line(data.document),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Delegation.objects.create(
            public_id=uuid.UUID(body["id"]),
            giver=Post.objects.get(public_id=body["giver"]),
            taker=Post.objects.get(public_id=body["taker"]),
            acts=body["acts"],
            levels=body["levels"],
            since=date.fromisoformat(body["since"]),
            until=date.fromisoformat(body["until"]) if body["until"] else None,
            document=body["document"],
        )
