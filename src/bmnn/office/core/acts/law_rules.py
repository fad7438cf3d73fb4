"""The agency compares a rule of law with the original text: it confirms the rule, or corrects its value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.lawview import rule_named
from bmnn.office.core.models import Event, LawRule


class _Compared(Act):
    """What both acts share: who may compare, and the row that comes of it."""

    stream = "admin"

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = check_line("citation", "điều, khoản của bản gốc", data.citation)
        found += check_line("note", "ghi chú", data.note, required=False)
        actor = ctx.actor
        if actor is not None and not any(actor.has_role(r, ctx.day) for r in ("van_thu", "thu_truong")):
            found.append(Refusal("", "Chỉ văn thư hoặc thủ trưởng được xác nhận, sửa quy định theo bản gốc."))
        found += self.check_rule(ctx)
        return found

    def check_rule(self, ctx: Context) -> list[Refusal]:
        """The rule must exist; the law's own loader answers."""
        if rule_named(self.input.rule, ctx.day) is None:
            return [Refusal("rule", f"Không có quy định mang mã {self.input.rule}.")]
        return []

    def event(self, ctx: Context) -> dict[str, Any]:
        rule = rule_named(self.input.rule, ctx.day)
        assert rule is not None
        return {
            "rule": rule.address,
            "citation": line(self.input.citation),
            "note": line(self.input.note),
            "person": ctx.actor.person.name if ctx.actor else "",
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        LawRule.objects.create(
            rule=body["rule"],
            confirmed="value" not in body,
            value=body.get("value", ""),
            citation=body["citation"],
            note=body["note"],
            person=body["person"],
            day=date.fromisoformat(event.day),
            event=event.id,
        )


@register
class ConfirmLawRule(_Compared):
    """The rule stands in the original as the program has it."""

    code = "core.confirm_law_rule"
    title = "Xác nhận quy định đúng bản gốc"

    @dataclass(frozen=True)
    class Input:
        rule: str
        citation: str
        note: str = ""

    def check_rule(self, ctx: Context) -> list[Refusal]:
        """A rule of which nothing is known has nothing to confirm."""
        rule = rule_named(self.input.rule, ctx.day)
        if rule is not None and ctx.law.overlay.apply(rule).value is None:
            return [Refusal("", f"Quy định này chưa có nội dung. Hãy dùng «{CorrectLawRule.title}».")]
        return super().check_rule(ctx)


@register
class CorrectLawRule(_Compared):
    """The original says otherwise: `value` (JSON text) holds from now on in place of the program's."""

    code = "core.correct_law_rule"
    title = "Sửa quy định theo bản gốc"

    @dataclass(frozen=True)
    class Input:
        rule: str
        citation: str
        value: str
        note: str = ""

    def check_rule(self, ctx: Context) -> list[Refusal]:
        from bmnn import law

        rule = rule_named(self.input.rule, ctx.day)
        if rule is None:
            return super().check_rule(ctx)
        try:
            value = json.loads(self.input.value)
            json.dumps(value, allow_nan=False)
        except (ValueError, RecursionError):
            words = "Giá trị không đọc được. Hãy nhập số, hoặc chữ trong dấu ngoặc kép."
            return [Refusal("value", words)]
        wrong = law.check_value(rule.shape, value, rule.codes)
        return [Refusal("value", f"Giá trị {wrong}.")] if wrong else []

    def event(self, ctx: Context) -> dict[str, Any]:
        # As text: a measure in millimetres may have a fraction, which canonical JSON does not take as a number.
        value = json.dumps(json.loads(self.input.value), ensure_ascii=False, sort_keys=True)
        return super().event(ctx) | {"value": value}
