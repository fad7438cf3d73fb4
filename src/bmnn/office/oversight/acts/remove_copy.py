"""A copy named in the minutes is gone: how, when, by what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.oversight.models import ScanFinding
from bmnn.office.oversight.rules import OversightAct, oversees
from bmnn.office.oversight.words import METHODS


@register
class RemoveCopy(OversightAct):
    """Closes one copy; the minutes are fulfilled when the last one is closed."""

    code = "oversight.remove_copy"
    title = "Ghi đã gỡ bỏ"

    @dataclass(frozen=True)
    class Input:
        finding: ScanFinding
        method: str
        day: date | None
        evidence: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.finding) or oversees(ctx, data.finding.of.unit)
        if found:
            return found
        if data.finding.removal is None:
            return [Refusal("", "Hãy lập biên bản gỡ bỏ trước khi ghi đã gỡ.")]
        if data.finding.removed_on:
            return [Refusal("", f"Bản này đã ghi gỡ ngày {data.finding.removed_on:%d/%m/%Y}.")]
        if data.method not in METHODS:
            found.append(Refusal("method", "Hãy chọn cách gỡ bỏ."))
        if data.day is None:
            found.append(Refusal("day", "Chưa nhập ngày gỡ bỏ."))
        elif data.day > ctx.day:
            found.append(
                Refusal("day", f"Ngày {data.day:%d/%m/%Y} ở tương lai; hôm nay là {ctx.day:%d/%m/%Y}.")
            )
        elif data.day < data.finding.of.day:
            found.append(Refusal("day", f"Ngày gỡ bỏ trước ngày rà soát {data.finding.of.day:%d/%m/%Y}."))
        return found + check_words((("evidence", "bằng chứng đã gỡ", data.evidence, 500, True),))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        assert data.day is not None
        return {
            "finding": str(data.finding.public_id),
            "method": data.method,
            "day": data.day.isoformat(),
            "evidence": line(data.evidence),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        ScanFinding.objects.filter(public_id=body["finding"]).update(
            removed_on=date.fromisoformat(body["day"]), method=body["method"], evidence=body["evidence"]
        )
