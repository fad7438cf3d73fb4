"""Minutes of removal (biên bản gỡ bỏ) take their number and all confirmed findings that wait for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, numbers_of, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.oversight.models import Removal, Scan, ScanFinding
from bmnn.office.oversight.rules import OversightAct, oversees


@register
class IssueRemoval(OversightAct):
    """The text is drawn from the findings as they stand when it is printed; each copy is followed until it is gone."""

    code = "oversight.issue_removal"
    title = "Lập biên bản gỡ bỏ"

    @dataclass(frozen=True)
    class Input:
        of: Scan
        place: str
        team: tuple[str, ...]
        present: tuple[str, ...]
        basis: str = ""
        conclusion: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.of) or oversees(ctx, data.of.unit)
        if found:
            return found
        if not _waiting(data.of).exists():
            found.append(Refusal("", "Không có mục nào được kết luận là mật mà chưa lập biên bản."))
        if not any(m.strip() for m in data.team):
            found.append(Refusal("team", "Hãy ghi thành phần lập biên bản, mỗi người một dòng."))
        if not any(m.strip() for m in data.present):
            found.append(Refusal("present", "Hãy ghi người quản lý nơi có tài liệu, mỗi người một dòng."))
        return found + check_words(
            (
                ("place", "địa điểm", data.place, 200, True),
                ("basis", "căn cứ", data.basis, 300, False),
                ("conclusion", "yêu cầu, kiến nghị", " ".join(data.conclusion.split()), 2000, False),
                *(("team", "thành phần lập biên bản", m, 200, False) for m in data.team),
                *(("present", "người quản lý nơi có tài liệu", m, 200, False) for m in data.present),
            )
        )

    def number(self, ctx: Context) -> None:
        ctx.take("Số biên bản", f"removal/{self.input.of.unit.public_id}", str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "removal": str(ctx.new_id()),
            "scan": str(data.of.public_id),
            "findings": [str(f.public_id) for f in _waiting(data.of)],
            "place": line(data.place),
            "basis": line(data.basis),
            "team": [line(m) for m in data.team if m.strip()],
            "present": [line(m) for m in data.present if m.strip()],
            "conclusion": "\n".join(line(p) for p in data.conclusion.splitlines() if p.strip()),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        removal = Removal.objects.create(
            public_id=uuid.UUID(body["removal"]),
            of=Scan.objects.get(public_id=body["scan"]),
            number=numbers_of(event)["Số biên bản"],
            day=date.fromisoformat(event.day),
            **{k: body[k] for k in ("place", "basis", "team", "present", "conclusion")},
        )
        ScanFinding.objects.filter(public_id__in=body["findings"]).update(removal=removal)


def _waiting(scan: Scan) -> Any:
    return scan.findings.filter(answer="secret", removal=None)
