"""Minutes of removal (biên bản gỡ bỏ) take their number and all confirmed findings that wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.minutes import MinutesAct, MinutesInput
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.oversight.models import Removal, Scan, ScanFinding
from bmnn.office.oversight.rules import OversightAct, oversees


@register
class IssueRemoval(MinutesAct, OversightAct):
    """Each copy is followed until it is gone."""

    code = "oversight.issue_removal"
    title = "Lập biên bản gỡ bỏ"
    series = "removal"
    names = ("removal", "scan")
    labels = {
        "team": "thành phần lập biên bản",
        "present": "người quản lý nơi có tài liệu",
        "conclusion": "yêu cầu, kiến nghị",
    }

    @dataclass(frozen=True)
    class Input(MinutesInput):
        of: Scan

    def may(self, ctx: Context) -> list[Refusal]:
        return sees(ctx, self.input.of) or oversees(ctx, self.input.of.unit)

    def ready(self, ctx: Context) -> list[Refusal]:
        if _waiting(self.input.of).exists():
            return []
        return [Refusal("", "Không có mục nào được kết luận là mật mà chưa lập biên bản.")]

    def more(self, ctx: Context) -> dict[str, Any]:
        return {"findings": [str(f.public_id) for f in _waiting(self.input.of)]}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        removal = Removal.objects.create(of=Scan.objects.get(public_id=body["scan"]), **cls.written(event))
        ScanFinding.objects.filter(public_id__in=body["findings"]).update(removal=removal)


def _waiting(scan: Scan) -> Any:
    return scan.findings.filter(answer="secret", removal=None)
