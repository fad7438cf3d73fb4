"""A competent person does not accept a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records.acts.determine import check_decision, settle
from bmnn.office.records.base import RecordAct
from bmnn.office.records.models import Item, Proposal
from bmnn.office.records.project import actor_of, interest, trace


@register
class Refuse(RecordAct):
    """The proposal goes back to the drafter with the reason."""

    code = "records.refuse"
    title = "Không chấp nhận đề xuất"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        proposal: Proposal
        digest: str
        answer: str

    _basis = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        standing = check_decision(ctx, self.input.proposal, self.input.digest, "determine")
        self._basis = standing.basis
        return standing.refusals + check_line("answer", "lý do", self.input.answer, 1000)

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "proposal": str(data.proposal.public_id),
            "digest": data.digest,
            "basis": self._basis,
            "answer": line(data.answer),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        proposal = Proposal.objects.select_related("item").get(public_id=event.data["proposal"])
        settle(proposal, event, "refused")
        Item.objects.filter(pk=proposal.item_id).update(state="refused")
        interest(proposal.item, actor_of(event), "decider")
        trace(event, proposal.item)
