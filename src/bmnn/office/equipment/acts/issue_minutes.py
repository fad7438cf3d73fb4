"""Minutes of a check (biên bản kiểm tra) take their number."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, numbers_of, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.equipment.models import Check, Minutes
from bmnn.office.equipment.rules import EquipmentAct, keeps


@register
class IssueMinutes(EquipmentAct):
    """One a check; the text is drawn from the findings as they stand when it is printed."""

    code = "equipment.issue_minutes"
    title = "Lập biên bản kiểm tra"

    @dataclass(frozen=True)
    class Input:
        of: Check
        place: str
        team: tuple[str, ...]
        present: tuple[str, ...]
        basis: str = ""
        conclusion: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.of) or keeps(ctx, data.of.unit, ("van_thu", "thu_truong", "kiem_tra"))
        if found:
            return found
        if data.of.minutes.exists():
            found.append(Refusal("", "Lần kiểm tra này đã có biên bản."))
        if not any(m.strip() for m in data.team):
            found.append(Refusal("team", "Hãy ghi thành phần kiểm tra, mỗi người một dòng."))
        if not any(m.strip() for m in data.present):
            found.append(Refusal("present", "Hãy ghi đại diện đơn vị được kiểm tra, mỗi người một dòng."))
        return found + check_words(
            (
                ("place", "địa điểm", data.place, 200, True),
                ("basis", "căn cứ", data.basis, 300, False),
                ("conclusion", "kết luận, kiến nghị", " ".join(data.conclusion.split()), 2000, False),
                *(("team", "thành phần kiểm tra", m, 200, False) for m in data.team),
                *(("present", "đại diện đơn vị", m, 200, False) for m in data.present),
            )
        )

    def number(self, ctx: Context) -> None:
        ctx.take("Số biên bản", f"machine_minutes/{self.input.of.unit.public_id}", str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "minutes": str(ctx.new_id()),
            "check": str(data.of.public_id),
            "place": line(data.place),
            "basis": line(data.basis),
            "team": [line(m) for m in data.team if m.strip()],
            "present": [line(m) for m in data.present if m.strip()],
            "conclusion": "\n".join(line(p) for p in data.conclusion.splitlines() if p.strip()),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Minutes.objects.create(
            public_id=uuid.UUID(body["minutes"]),
            of=Check.objects.get(public_id=body["check"]),
            number=numbers_of(event)["Số biên bản"],
            day=date.fromisoformat(event.day),
            **{k: body[k] for k in ("place", "basis", "team", "present", "conclusion")},
        )
