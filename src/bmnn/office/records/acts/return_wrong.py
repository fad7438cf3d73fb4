"""A wrong delivery goes back to its sender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Copy, Item
from bmnn.office.records.project import actor_of, custody, trace


@register
class ReturnWrong(RecordAct):
    """Handed inside the agency: back to the clerk. Arrived from outside: back to the issuer."""

    code = "records.return_wrong"
    title = "Trả lại vì gửi nhầm"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        copy: Copy
        reason: str

    def examine(self, ctx: Context) -> list[Refusal]:
        copy, actor = self.input.copy, ctx.actor
        found = rules.sees(ctx, copy)
        if found or actor is None:
            return found
        clerk = rules.holds_role(ctx, "van_thu", copy.item.unit)
        if copy.state == "handed":
            if not clerk and actor.person_id != copy.holder_person_id:
                found.append(Refusal("", f"Chỉ {copy.holder} hoặc văn thư được trả lại bản này."))
        elif copy.item.state == "received" and copy.state == "held":
            if not clerk:
                found.append(Refusal("", "Chỉ văn thư được trả lại văn bản cho nơi gửi."))
        else:
            found.append(Refusal("", f"Bản số {copy.number} đã ký nhận nên không trả lại vì gửi nhầm."))
        found += check_line("reason", "lý do trả lại", self.input.reason, 500)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        copy = self.input.copy
        return {
            "copy": str(copy.public_id),
            "outside": copy.state == "held",
            "reason": line(self.input.reason),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        copy = Copy.objects.select_related("item__unit").get(public_id=body["copy"])
        item = copy.item
        who = actor_of(event).name
        copy.holder_person = None
        if body["outside"]:
            copy.state, copy.holder_unit, copy.holder_text = "returned", None, item.issuer
            taker = item.issuer
        else:
            copy.state, copy.holder_unit, copy.holder_text = "held", item.unit, ""
            taker = item.unit.name
        copy.save()
        if body["outside"] and not item.copies.exclude(state="returned").exists():
            Item.objects.filter(pk=item.pk).update(state="returned")
        trace(event, item)
        custody(event, copy, "returned", giver=who, taker=taker, note=body["reason"])
