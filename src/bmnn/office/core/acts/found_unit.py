"""A unit is founded: alone, or out of earlier units."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_kind, check_line, check_unit_lives, line
from bmnn.office.core.models import Event, OfficeService, Unit, UnitVersion
from bmnn.vietnamese import fold


@register
class FoundUnit(Act):
    """A new unit in the tree from a day on. `serves`: the bodies that this office works for (shared
    office)."""

    code = "core.found_unit"
    title = "Thêm đơn vị"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        name: str
        kind: str
        tier: str
        since: date
        parent: Unit | None = None
        short_name: str = ""
        code: str = ""
        document: str = ""
        predecessors: tuple[Unit, ...] = ()
        serves: tuple[Unit, ...] = ()

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("name", "tên đơn vị", data.name)
        found += check_line("short_name", "tên viết tắt", data.short_name, 100, required=False)
        found += check_line("code", "mã đơn vị", data.code, 40, required=False)
        found += check_line("document", "văn bản thành lập", data.document, required=False)
        found += check_kind(data.kind, data.tier)
        if data.parent is not None:
            found += check_unit_lives("parent", data.parent, data.since)
        for body in data.serves:
            found += check_unit_lives("serves", body, data.since)
        same = Unit.objects.on(data.since).filter(fold=fold(line(data.name)), parent=data.parent)
        if same.exists():
            found.append(Refusal("name", f"Đã có đơn vị «{same[0].name}» ở cùng cấp trên này."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "unit": str(ctx.new_id()),
            "name": line(data.name),
            "short_name": line(data.short_name),
            "code": line(data.code),
            "kind": data.kind,
            "tier": data.tier,
            "since": data.since.isoformat(),
            "parent": str(data.parent.public_id) if data.parent else None,
            "document": line(data.document),
            "predecessors": [str(u.public_id) for u in data.predecessors],
            "serves": [str(u.public_id) for u in data.serves],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        parent = Unit.objects.get(public_id=body["parent"]) if body["parent"] else None
        since = date.fromisoformat(body["since"])
        said = {k: body[k] for k in ("name", "short_name", "kind", "tier")}
        unit = Unit.objects.create(
            public_id=uuid.UUID(body["unit"]),
            code=body["code"],
            fold=fold(body["name"]),
            parent=parent,
            since=since,
            **said,
        )
        UnitVersion.objects.create(unit=unit, parent=parent, since=since, document=body["document"], **said)
        for earlier in body["predecessors"]:
            Unit.objects.get(public_id=earlier).successors.add(unit)
        for served in body["serves"]:
            OfficeService.objects.create(
                office=unit,
                body=Unit.objects.get(public_id=served),
                since=since,
                document=body["document"],
            )
