"""A person is appointed to a post."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import (
    by_administrator,
    check_line,
    check_post,
    check_span,
    check_unit_lives,
    line,
)
from bmnn.office.core.models import Event, Person, Post, Unit


@register
class Appoint(Act):
    """A post in a unit from a day on. A person may hold several posts in several units."""

    code = "core.appoint"
    title = "Bổ nhiệm, phân công chức vụ"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        person: Person
        unit: Unit
        post: str
        since: date
        deputy: bool = False
        title: str = ""
        document: str = ""
        until: date | None = None

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_post(data.post)
        found += check_line("title", "chức danh", data.title, 200, required=False)
        found += check_line("document", "văn bản bổ nhiệm", data.document, required=False)
        found += check_unit_lives("unit", data.unit, data.since)
        found += check_span(data.since, data.until)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "id": str(ctx.new_id()),
            "person": str(data.person.public_id),
            "unit": str(data.unit.public_id),
            "post": data.post,
            "deputy": data.deputy,
            "title": line(data.title),
            "since": data.since.isoformat(),
            "until": data.until.isoformat() if data.until else None,
            "document": line(data.document),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Post.objects.create(
            public_id=uuid.UUID(body["id"]),
            person=Person.objects.get(public_id=body["person"]),
            unit=Unit.objects.get(public_id=body["unit"]),
            post=body["post"],
            deputy=body["deputy"],
            title=body["title"],
            since=date.fromisoformat(body["since"]),
            until=date.fromisoformat(body["until"]) if body["until"] else None,
            document=body["document"],
        )
