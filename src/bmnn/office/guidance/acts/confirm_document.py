"""A person confirms, beside the original, what a received document says."""

from __future__ import annotations

from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.models import Event
from bmnn.office.guidance.confirmed import DocumentIn, body_of, check_document
from bmnn.office.guidance.project import add_document
from bmnn.office.guidance.rules import GuidanceAct, keeps


@register
class ConfirmDocument(GuidanceAct):
    """The corrected reading; only from here on can its points be given out as tasks."""

    code = "guidance.confirm_document"
    title = "Xác nhận nội dung đã đọc"
    Input = DocumentIn

    def examine(self, ctx: Context) -> list[Refusal]:
        return keeps(ctx, self.input.unit) or check_document(ctx, self.input)

    def event(self, ctx: Context) -> dict[str, Any]:
        return body_of(ctx, self.input)

    @classmethod
    def project(cls, event: Event) -> None:
        add_document(event, "received")
