"""A file with directives is taken in: its text and what the reader understood, before anybody confirms."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Context, Refusal, register
from bmnn.office.core.clean import check_line, line
from bmnn.office.core.models import Event, Unit
from bmnn.office.guidance.models import Source
from bmnn.office.guidance.rules import GuidanceAct, actor_of, works_in
from bmnn.office.guidance.similar import fingerprint

# 300 pages of text; what is longer is no directive.
MAX_TEXT = 3_000_000


@register
class ReceiveSource(GuidanceAct):
    """`text` and `reading` come from the reader (`directives.read`); numbers in `reading` are whole."""

    code = "guidance.receive_source"
    title = "Nạp văn bản chỉ đạo"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        name: str
        sha256: str
        text: str
        reading: dict[str, Any]

    def examine(self, ctx: Context) -> list[Refusal]:
        data = self.input
        if not works_in(ctx, data.unit):
            return [Refusal("unit", f"Bạn không làm việc tại {data.unit.name} nên không nạp được văn bản.")]
        found = check_line("file", "tên tệp", data.name)
        documents = data.reading.get("documents") or []
        if not documents:
            found.append(
                Refusal(
                    "file", f"Tệp «{data.name}» không có văn bản chỉ đạo nào đọc được. Hãy kiểm tra lại tệp."
                )
            )
        if len(data.text) > MAX_TEXT:
            found.append(Refusal("file", f"Tệp «{data.name}» quá dài ({len(data.text)} ký tự)."))
        marks = {m for d in documents if (m := d.get("header", {}).get("secrecy_mark"))}
        if marks:
            found.append(
                Refusal(
                    "file",
                    f"Văn bản mang độ mật ({', '.join(sorted(marks))}): không nạp nội dung vào đây. "
                    "Hãy đăng ký văn bản này vào sổ đến bí mật nhà nước.",
                )
            )
        same = Source.objects.filter(unit=data.unit, fingerprint=fingerprint(data.text)).first()
        if same is not None:
            found.append(
                Refusal(
                    "file",
                    f"Văn bản này đã được nạp ngày {same.received_on:%d/%m/%Y} với tên «{same.name}».",
                )
            )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "source": str(ctx.new_id()),
            "unit": str(data.unit.public_id),
            "name": line(data.name),
            "sha256": data.sha256,
            "fingerprint": fingerprint(data.text),
            "text": data.text,
            "reading": data.reading,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        Source.objects.create(
            public_id=uuid.UUID(body["source"]),
            unit=Unit.objects.get(public_id=body["unit"]),
            name=body["name"],
            sha256=body["sha256"],
            fingerprint=body["fingerprint"],
            text=body["text"],
            reading=body["reading"],
            received_on=date.fromisoformat(event.day),
            read_by=actor_of(event),
        )
