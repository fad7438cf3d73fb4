"""A steering committee or a secrecy team is set up, or its membership renewed by a new decision."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, check_unit_lives, line
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.guidance.models import Body, Member
from bmnn.office.guidance.rules import GuidanceAct, keeps
from bmnn.office.guidance.words import BODY_KINDS


@dataclass(frozen=True)
class Place:
    """A place on the body: its role, the post the decision names, who holds it."""

    role: str
    post: str
    person: Person | None = None


@register
class SetUpBody(GuidanceAct):
    """The earlier body of the same kind ends the day the new decision takes force."""

    code = "guidance.set_up_body"
    title = "Thành lập, kiện toàn"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        kind: str
        decision: str
        since: date
        places: tuple[Place, ...]
        rules: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = keeps(ctx, data.unit)
        if data.kind not in BODY_KINDS:
            found.append(Refusal("kind", "Hãy chọn Ban Chỉ đạo hoặc Tổ bảo mật."))
        found += check_line("decision", "quyết định thành lập", data.decision)
        found += check_line("rules", "quy chế làm việc", data.rules, required=False)
        found += check_unit_lives("since", data.unit, data.since)
        if data.since > ctx.day:
            found.append(Refusal("since", f"Ngày {data.since:%d/%m/%Y} ở tương lai."))
        if not data.places:
            found.append(Refusal("places", "Chưa có thành viên nào."))
        for place in data.places:
            found += check_line("places", "vai trò", place.role, 100)
            found += check_line("places", "chức vụ", place.post, 200)
        last = Body.objects.filter(unit=data.unit, kind=data.kind).first()
        if last is not None and data.since <= last.since:
            found.append(
                Refusal("since", f"Đã có {last} từ {last.since:%d/%m/%Y}; ngày mới phải sau ngày đó.")
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "body": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "kind": data.kind,
            "decision": line(data.decision),
            "rules": line(data.rules),
            "since": data.since.isoformat(),
            "places": [
                {
                    "role": line(p.role),
                    "post": line(p.post),
                    "person": str(p.person.public_id) if p.person else None,
                }
                for p in data.places
            ],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit, since = Unit.objects.get(public_id=body["unit"]), date.fromisoformat(body["since"])
        Body.objects.filter(unit=unit, kind=body["kind"], until__isnull=True).update(until=since)
        made = Body.objects.create(
            public_id=uuid.UUID(body["body"]),
            unit=unit,
            kind=body["kind"],
            decision=body["decision"],
            rules=body["rules"],
            since=since,
        )
        for order, one in enumerate(body["places"], 1):
            Member.objects.create(
                body=made,
                order=order,
                role=one["role"],
                post=one["post"],
                person=Person.objects.get(public_id=one["person"]) if one["person"] else None,
            )
