"""A person is added."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, line
from bmnn.office.core.models import Event, Person
from bmnn.vietnamese import fold, sort_key


@register
class AddPerson(Act):
    """A person of the agency, or of another one (`outside`) who takes part in its acts."""

    code = "core.add_person"
    title = "Thêm người"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        name: str
        code: str = ""
        outside: bool = False
        note: str = ""

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("name", "họ và tên", data.name, 120)
        found += check_line("code", "số hiệu", data.code, 40, required=False)
        found += check_line("note", "ghi chú", data.note, required=False)
        if data.code and Person.objects.filter(code=line(data.code)).exists():
            found.append(Refusal("code", f"Số hiệu {line(data.code)} đã có người dùng."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "person": str(ctx.new_id()),
            "name": line(data.name),
            "code": line(data.code),
            "outside": data.outside,
            "note": line(data.note),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Person.objects.create(
            public_id=uuid.UUID(body["person"]),
            name=body["name"],
            fold=fold(body["name"]),
            sort=sort_key(body["name"]),
            code=body["code"],
            outside=body["outside"],
            note=body["note"],
        )
