"""A finished scan is put on file: its totals and every item that a person must look at."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, numbers_of, register
from bmnn.office.core.clean import check_unit_lives, check_words, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.core.rules import actor_of
from bmnn.office.oversight.models import Scan, ScanFinding
from bmnn.office.oversight.rules import OversightAct, oversees


@register
class RecordScan(OversightAct):
    """`result` is `results.reduce(…)`; `job` names the folder that holds names and pictures for a while.

    What was said to be no secret before is remembered by the content's hash and by the mark of its text.
    """

    code = "oversight.record_scan"
    title = "Đưa kết quả rà soát vào hồ sơ"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        title: str
        place: str
        result: dict[str, Any]
        job: str

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = oversees(ctx, data.unit)
        if found:
            return found
        found += check_unit_lives("unit", data.unit, ctx.day)
        if not data.result["totals"]["items"]:
            found.append(Refusal("", "Không có tệp nào được rà soát. Hãy kiểm tra lại nơi cần rà soát."))
        return found + check_words(
            (
                ("title", "tên lần rà soát", data.title, 200, True),
                ("place", "nơi rà soát", data.place, 300, True),
            )
        )

    def number(self, ctx: Context) -> None:
        ctx.take("Số lần rà soát", f"scan/{self.input.unit.public_id}", str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "scan": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "title": line(data.title),
            "place": line(data.place),
            "totals": data.result["totals"],
            "findings": [{"id": str(ctx.new_id()), **row} for row in data.result["findings"]],
            "job": data.job,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        day = date.fromisoformat(event.day)
        unit = Unit.objects.get(public_id=body["unit"])
        scan = Scan.objects.create(
            public_id=uuid.UUID(body["scan"]),
            unit=unit,
            number=numbers_of(event)["Số lần rà soát"],
            year=day.year,
            title=body["title"],
            place=body["place"],
            day=day,
            by=actor_of(event),
            totals=body["totals"],
            job=uuid.UUID(body["job"]),
        )
        for rank, row in enumerate(body["findings"], 1):
            known = _remembered(unit, row)
            values = {k: v for k, v in row.items() if k != "id"}
            if known is not None:
                values |= {"answer": "not_secret", "reason": known.reason, "by_memory": True}
                values |= {"answered_by": known.answered_by, "answered_on": known.answered_on}
            ScanFinding.objects.create(public_id=uuid.UUID(row["id"]), of=scan, rank=rank, **values)


def _remembered(unit: Unit, row: dict[str, Any]) -> ScanFinding | None:
    said = ScanFinding.objects.filter(of__unit=unit, answer="not_secret", by_memory=False).order_by("-id")
    by_hash = said.filter(sha256=row["sha256"]).first() if row["sha256"] else None
    return by_hash or (said.filter(mark=row["mark"]).first() if row["mark"] else None)
