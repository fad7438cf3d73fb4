"""The taker signs for a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Copy, Entry
from bmnn.office.records.project import actor_of, custody, trace


@register
class Acknowledge(RecordAct):
    """By the person to whom it was handed; by the clerk of the giving or taking unit, naming who signed."""

    code = "records.acknowledge"
    title = "Ký nhận"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        copy: Copy
        signed_by: str = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        copy, actor = self.input.copy, ctx.actor
        found = rules.sees(ctx, copy)
        if found or actor is None:
            return found
        if copy.state != "handed":
            found.append(Refusal("", f"Bản số {copy.number} không chờ ký nhận ({copy.state_word.lower()})."))
        if copy.holder_person_id is not None:
            if actor.person_id != copy.holder_person_id:
                found.append(
                    Refusal(
                        "",
                        f"Chỉ {copy.holder_person} được ký nhận bản số {copy.number}.",
                        rules.cite(ctx, "hand_over"),
                    )
                )
        else:
            units = [u for u in (copy.holder_unit, copy.item.unit) if u is not None]
            if not any(rules.holds_role(ctx, "van_thu", unit) for unit in units):
                found.append(Refusal("", "Chỉ văn thư của nơi nhận hoặc nơi giao được ghi việc ký nhận."))
            found += check_line("signed_by", "họ tên người ký nhận trên sổ giấy", self.input.signed_by, 120)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        return {"copy": str(self.input.copy.public_id), "signed_by": line(self.input.signed_by)}

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        copy = Copy.objects.select_related("item", "holder_person", "holder_unit").get(public_id=body["copy"])
        Copy.objects.filter(pk=copy.pk).update(state="received")
        who = body["signed_by"] or actor_of(event).name
        day = date.fromisoformat(event.day)
        last = Entry.objects.filter(copy=copy).order_by("-pk").first()
        if last is not None:
            Entry.objects.filter(pk=last.pk).update(signed=f"{who}, {day:%d/%m/%Y}")
        _sign_in_the_register(copy, f"{copy}: {who}, {day:%d/%m/%Y}")
        custody(event, copy, "received", taker=who)
        trace(event, copy.item)


# What the column of a register holds; with more copies the hand-over book has the rest.
_ROOM = 300
_REST = "; … xem sổ chuyển giao"


def _sign_in_the_register(copy: Copy, words: str) -> None:
    """The receipt also stands in the line of the register by which the item went out or came in."""
    for entry in Entry.objects.filter(item_id=copy.item_id, copy=None, voided=""):
        signed = f"{entry.signed}; {words}" if entry.signed else words
        if len(signed) > _ROOM:
            signed = (
                entry.signed if entry.signed.endswith(_REST) else entry.signed[: _ROOM - len(_REST)] + _REST
            )
        Entry.objects.filter(pk=entry.pk).update(signed=signed)
