"""A person says of a finding: secret, not secret, or cannot tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.law.vocabulary import LEVELS
from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import actor_of, sees
from bmnn.office.oversight.models import ScanFinding
from bmnn.office.oversight.rules import OversightAct, oversees
from bmnn.office.oversight.words import ANSWERS


@register
class JudgeFinding(OversightAct):
    """A later answer takes the place of the earlier one; both stay in the log. After minutes it stands."""

    code = "oversight.judge_finding"
    title = "Kết luận về mục tìm thấy"

    @dataclass(frozen=True)
    class Input:
        finding: ScanFinding
        answer: str
        level: str = ""
        reason: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.finding) or oversees(ctx, data.finding.of.unit)
        if found:
            return found
        if data.finding.removal_id:
            return [Refusal("", "Mục này đã có trong biên bản gỡ bỏ, không đổi kết luận được.")]
        if data.answer not in ANSWERS or data.answer == "open":
            found.append(Refusal("answer", "Hãy chọn: mật, không mật hoặc chưa rõ."))
        if data.answer == "secret" and data.level not in LEVELS:
            found.append(Refusal("level", "Hãy chọn độ mật của tài liệu."))
        must = data.answer != "secret"
        return found + check_words((("reason", "lý do", data.reason, 1000, must),))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "finding": str(data.finding.public_id),
            "answer": data.answer,
            "level": data.level if data.answer == "secret" else "",
            "reason": line(data.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        who = actor_of(event)
        ScanFinding.objects.filter(public_id=body["finding"]).update(
            answer=body["answer"],
            said_level=body["level"],
            reason=body["reason"],
            answered_by=who.name if who else "",
            answered_on=date.fromisoformat(event.day),
            by_memory=False,
        )
