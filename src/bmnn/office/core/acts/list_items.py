"""The agency enters an item of a list of state secrets from the decision itself, or takes back its own entry.

The program ships the items of published lists only as far as they are known, and none of the lists on defence,
public security and cipher: those an agency enters on its own machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn import law
from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event, LawRule

_SHORT = {"TUYET_MAT": "TM", "TOI_MAT": "ToM", "MAT": "M"}


def _who(ctx: Context) -> list[Refusal]:
    actor = ctx.actor
    if actor is not None and not any(actor.has_role(r, ctx.day) for r in ("van_thu", "thu_truong")):
        return [Refusal("", "Chỉ văn thư hoặc thủ trưởng được nhập mục danh mục theo bản gốc.")]
    return []


def _row(event: Event, rule: str, value: str) -> None:
    body = event.data
    LawRule.objects.create(
        rule=rule,
        confirmed=False,
        value=value,
        citation=body["citation"],
        note=body["note"],
        person=body["person"],
        day=date.fromisoformat(event.day),
        event=event.id,
    )


@register
class AddListItem(Act):
    """An item of a list in force, restated briefly: never the content of a secret."""

    code = "core.add_list_item"
    title = "Nhập mục danh mục theo bản gốc"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        """`decision` is the key of the list; `place` its article, clause and point."""

        decision: str
        level: str
        place: str
        text: str
        ends_when: str = ""
        note: str = ""

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = check_line("place", "điều, khoản, điểm", data.place)
        found += check_line("text", "nội dung", data.text)
        found += check_line("ends_when", "điều kiện hết mật", data.ends_when, required=False)
        found += check_line("note", "ghi chú", data.note, required=False)
        if data.level not in _SHORT:
            found.append(Refusal("level", "Hãy chọn độ mật."))
        if self._list(ctx) is None:
            found.append(Refusal("decision", "Hãy chọn quyết định danh mục đang có hiệu lực."))
        return found + _who(ctx)

    def _list(self, ctx: Context) -> law.SecretList | None:
        return next((one for one in ctx.law.lists() if one.key == self.input.decision), None)

    def event(self, ctx: Context) -> dict[str, Any]:
        data, one = self.input, self._list(ctx)
        assert one is not None
        stem = f"{one.number.split('/')[0] or one.key}-{_SHORT[data.level]}-dv"
        # Withdrawn codes stay used, so that a document can never be read against another item.
        since = f"@{one.rule.in_force_from.isoformat()}"
        used = LawRule.objects.filter(rule__startswith=f"list.item.{stem}", value__gt="").count()
        code = f"{stem}{used + 1}"
        value = {
            "code": code,
            "decision": one.key,
            "level": data.level,
            "place": line(data.place),
            "text": line(data.text),
            "ends_when": line(data.ends_when),
        }
        return {
            "rule": f"list.item.{code}{since}",
            "value": json.dumps(value, ensure_ascii=False, sort_keys=True),
            "citation": f"{line(data.place)} {one.citation}",
            "note": line(data.note),
            "person": ctx.actor.person.name if ctx.actor else "",
        }

    @classmethod
    def project(cls, event: Event) -> None:
        _row(event, event.data["rule"], event.data["value"])


@register
class WithdrawListItem(Act):
    """Takes back an item the agency entered; documents determined under it keep it."""

    code = "core.withdraw_list_item"
    title = "Rút mục danh mục đã nhập"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        rule: str
        reason: str

    def check(self, ctx: Context) -> list[Refusal]:
        found = check_line("reason", "lý do", self.input.reason)
        if self.input.rule not in ctx.law.overlay.added:
            found.append(Refusal("rule", "Không có mục tự nhập nào như vậy."))
        return found + _who(ctx)

    def event(self, ctx: Context) -> dict[str, Any]:
        own = ctx.law.overlay.added[self.input.rule]
        return {
            "rule": self.input.rule,
            "citation": own.citation,
            "note": line(self.input.reason),
            "person": ctx.actor.person.name if ctx.actor else "",
        }

    @classmethod
    def project(cls, event: Event) -> None:
        _row(event, event.data["rule"], "")
