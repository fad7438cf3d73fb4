"""The unit reports that a date was met, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import sees
from bmnn.office.guidance.models import Document, Due, Evidence
from bmnn.office.guidance.project import due_of, step
from bmnn.office.guidance.rules import GuidanceAct, works_in
from bmnn.office.guidance.words import EVIDENCE_KINDS


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: an answering document, a figure of another room (`source`, `value`), a note."""

    kind: str
    text: str
    document: Document | None = None
    source: str = ""
    value: int | None = None


@register
class ReportDone(GuidanceAct):
    """Submitted for review; the one who gave the task closes or returns it."""

    code = "guidance.report_done"
    title = "Báo cáo đã thực hiện"

    @dataclass(frozen=True)
    class Input:
        due: Due
        proofs: tuple[Proof, ...]

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = sees(ctx, data.due)
        if found:
            return found
        task = data.due.task
        mine = ctx.actor is not None and task.person_id == ctx.actor.person_id
        if not (mine or works_in(ctx, task.unit)):
            found.append(Refusal("", f"Việc này giao cho {task.unit.name}; chỉ đơn vị đó được báo cáo."))
        if data.due.state not in ("open", "returned"):
            found.append(
                Refusal("", f"Việc này đang ở trạng thái «{data.due.state_word}», không báo cáo được.")
            )
        if not data.proofs:
            found.append(
                Refusal("proofs", "Chưa có bằng chứng. Hãy ghi văn bản trả lời, số liệu hoặc diễn giải.")
            )
        for proof in data.proofs:
            if proof.kind not in EVIDENCE_KINDS:
                found.append(Refusal("proofs", "Hãy chọn loại bằng chứng."))
            found += check_line("proofs", "bằng chứng", proof.text, 1000)
            if proof.document is not None:
                found += sees(ctx, proof.document)
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "due": str(data.due.public_id),
            "proofs": [
                {
                    "kind": p.kind,
                    "text": line(p.text),
                    "document": str(p.document.public_id) if p.document else None,
                    "source": p.source,
                    "value": p.value,
                }
                for p in data.proofs
            ],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        due = due_of(body)
        person = step(event, due, "Báo cáo đã thực hiện")
        Due.objects.filter(pk=due.pk).update(
            state="submitted",
            submitted_by=person,
            submitted_on=date.fromisoformat(event.day),
            reviewed_by=None,
        )
        for one in body["proofs"]:
            Evidence.objects.create(
                due=due,
                kind=one["kind"],
                text=one["text"],
                document=Document.objects.get(public_id=one["document"]) if one["document"] else None,
                source=one["source"],
                value=one["value"],
            )
