"""A competent person determines the level that was proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.records import rules
from bmnn.office.records.base import RecordAct
from bmnn.office.records.legal import find_list_item, term_end
from bmnn.office.records.models import Item, Proposal
from bmnn.office.records.project import actor_of, day_of, interest, trace


def check_decision(ctx: Context, proposal: Proposal, digest: str, act: str) -> rules.Authority:
    """What determining and refusing share: still open, unchanged, another person, competent."""
    found = rules.sees(ctx, proposal)
    if proposal.status != "waiting":
        found.append(Refusal("", "Đề xuất này đã được quyết định."))
    if digest != proposal.digest:
        found.append(Refusal("", "Đề xuất đã khác với nội dung bạn xem. Hãy tải lại trang và xem lại."))
    if ctx.actor is not None and ctx.actor.person_id == proposal.drafter_id:
        found.append(
            Refusal(
                "",
                "Người đề xuất không được tự quyết định đề xuất của mình.",
                rules.cite(ctx, "authority"),
            )
        )
    if found:
        return rules.Authority("", found)
    return rules.authority(ctx, act, proposal.level, proposal.item.unit)


@register
class Determine(RecordAct):
    """The level, recipients, copies and copying are decided exactly as proposed; the term starts today."""

    code = "records.determine"
    title = "Xác định độ mật"
    stream = "records"

    @dataclass(frozen=True)
    class Input:
        proposal: Proposal
        digest: str
        term_until: date | None = None
        answer: str = ""

    _basis = ""

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        standing = check_decision(ctx, data.proposal, data.digest, "determine")
        self._basis = standing.basis
        found = list(standing.refusals)
        found += check_line("answer", "ý kiến", data.answer, 1000, required=False)
        item = data.proposal.item
        if item.series != "bmnn":
            if data.term_until is not None:
                found.append(Refusal("term_until", "Chỉ bí mật nhà nước có thời hạn bảo vệ."))
            return found
        found += find_list_item(ctx.law, data.proposal.list_code, data.proposal.level).refusals
        if data.term_until is not None:
            longest = term_end(ctx.law, data.proposal.level, ctx.day)
            if data.term_until <= ctx.day:
                found.append(Refusal("term_until", "Thời hạn bảo vệ phải kết thúc sau hôm nay."))
            elif data.term_until > longest.until:
                found.append(
                    Refusal(
                        "term_until",
                        f"Thời hạn bảo vệ của độ này dài nhất đến ngày {longest.until:%d/%m/%Y}.",
                        longest.citation,
                    )
                )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        proposal = data.proposal
        until, citation = None, ""
        if proposal.item.series == "bmnn":
            term = term_end(ctx.law, proposal.level, ctx.day)
            until, citation = data.term_until or term.until, term.citation
        return {
            "proposal": str(proposal.public_id),
            "digest": proposal.digest,
            "level": proposal.level,
            "basis": self._basis,
            "term_until": until.isoformat() if until else None,
            "term_basis": citation,
            "answer": line(data.answer),
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        proposal = Proposal.objects.select_related("item").get(public_id=body["proposal"])
        decider = actor_of(event)
        settle(proposal, event, "determined")
        secret = proposal.item.series == "bmnn"
        Item.objects.filter(pk=proposal.item_id).update(
            state="determined",
            term_from=date.fromisoformat(event.day) if secret else None,
            term_until=day_of(body["term_until"]),
        )
        interest(proposal.item, decider, "decider")
        trace(event, proposal.item)


def settle(proposal: Proposal, event: Event, status: str) -> None:
    """Write the answer on the proposal."""
    body = event.data
    Proposal.objects.filter(pk=proposal.pk).update(
        status=status,
        decider=actor_of(event),
        decided_on=date.fromisoformat(event.day),
        answer=body["answer"],
        basis=body["basis"],
    )
