"""An act for the tests of the engine alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register


@register
class Note(Act):
    """Writes a numbered line into the log of a book."""

    code = "test.note"
    title = "Ghi một dòng"

    @dataclass(frozen=True)
    class Input:
        text: str
        book: str

    def stream_for(self, ctx: Context) -> str:
        return f"test/{self.input.book}"

    def check(self, ctx: Context) -> list[Refusal]:
        return [] if self.input.text else [Refusal("text", "Chưa có nội dung.")]

    def number(self, ctx: Context) -> None:
        ctx.take("số", self.input.book, str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        if self.input.text.startswith("hỏng"):
            from bmnn.office.core.act import Refused

            raise Refused(Refusal("text", "Hỏng giữa chừng."))
        return {"text": self.input.text}
