"""Something must be put right: by whom and until when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event, Person
from bmnn.office.core.rules import iso, sees
from bmnn.office.equipment.models import Finding, Remedy
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class GiveRemedy(EquipmentAct):
    """For a finding that is accepted or still open; its owner works in the unit."""

    code = "equipment.give_remedy"
    title = "Giao việc khắc phục"

    @dataclass(frozen=True)
    class Input:
        finding: Finding
        text: str
        owner: Person | None
        due: date | None

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        unit = data.finding.of.unit
        found = sees(ctx, data.finding) or keeps(ctx, unit, ("van_thu", "thu_truong", "kiem_tra"))
        if found:
            return found
        if data.finding.state == "explained":
            found.append(Refusal("", "Phát hiện này đã được giải trình, không còn gì phải khắc phục."))
        found += check_words((("text", "việc phải làm", data.text, 500, True),))
        if data.owner is None:
            found.append(Refusal("owner", "Hãy chọn người chịu trách nhiệm khắc phục."))
        elif not data.owner.posts_on(ctx.day).filter(unit=unit).exists():
            found.append(Refusal("owner", f"{data.owner.name} không giữ chức vụ nào tại {unit.name}."))
        if data.due is None:
            found.append(Refusal("due", "Chưa nhập hạn khắc phục."))
        elif data.due < ctx.day:
            found.append(Refusal("due", f"Hạn {data.due:%d/%m/%Y} đã qua; hôm nay là {ctx.day:%d/%m/%Y}."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "remedy": str(ctx.new_id()),
            "finding": str(data.finding.public_id),
            "text": line(data.text),
            "owner": str(data.owner.public_id) if data.owner else None,
            "due": iso(data.due),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        finding = Finding.objects.select_related("of__unit").get(public_id=body["finding"])
        Remedy.objects.create(
            public_id=uuid.UUID(body["remedy"]),
            finding=finding,
            unit=finding.of.unit,
            text=body["text"],
            owner=Person.objects.get(public_id=body["owner"]),
            due=date.fromisoformat(body["due"]),
            given_on=date.fromisoformat(event.day),
        )
