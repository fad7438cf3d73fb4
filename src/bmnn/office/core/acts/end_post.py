"""A person leaves a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, line
from bmnn.office.core.models import Delegation, Event, Post


@register
class EndPost(Act):
    """The post ends: `until` is the first day on which it is no longer held. Delegations from it end with
    it."""

    code = "core.end_post"
    title = "Thôi giữ chức vụ"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        post: Post
        until: date
        document: str = ""

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("document", "văn bản", data.document, required=False)
        if data.until <= data.post.since:
            found.append(
                Refusal("until", f"Ngày thôi giữ phải sau ngày nhận chức {data.post.since:%d/%m/%Y}.")
            )
        if data.post.until is not None and data.post.until <= data.until:
            found.append(Refusal("post", f"Chức vụ này đã kết thúc từ ngày {data.post.until:%d/%m/%Y}."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "post": str(data.post.public_id),
            "until": data.until.isoformat(),
            "document": line(data.document),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        until = date.fromisoformat(body["until"])
        Post.objects.filter(public_id=body["post"]).update(until=until)
        for side in ("giver", "taker"):
            Delegation.objects.filter(**{f"{side}__public_id": body["post"]}).exclude(
                until__lte=until
            ).update(until=until)
