"""A unit is renamed, moved under another, or changes its kind or tier, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_kind, check_line, check_unit_lives, line
from bmnn.office.core.models import Event, Unit, UnitVersion
from bmnn.vietnamese import fold


@register
class ChangeUnit(Act):
    """From `since` the unit is called, placed and classed as given; what it was before stays readable for its
    days."""

    code = "core.change_unit"
    title = "Đổi tên, chuyển cấp đơn vị"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        unit: Unit
        since: date
        document: str
        name: str
        kind: str
        tier: str
        parent: Unit | None
        short_name: str = ""

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("name", "tên đơn vị", data.name)
        found += check_line("short_name", "tên viết tắt", data.short_name, 100, required=False)
        found += check_line("document", "văn bản làm căn cứ", data.document)
        found += check_kind(data.kind, data.tier)
        found += check_unit_lives("unit", data.unit, data.since)
        newest = data.unit.versions.order_by("-since").first()
        if newest is not None and data.since <= newest.since:
            found.append(
                Refusal(
                    "since",
                    f"Đơn vị đã có thay đổi từ ngày {newest.since:%d/%m/%Y}; ngày mới phải sau ngày ấy.",
                )
            )
        if data.parent is not None:
            found += check_unit_lives("parent", data.parent, data.since)
            if Unit.objects.all().under(data.unit, data.since).filter(pk=data.parent.pk).exists():
                found.append(
                    Refusal("parent", "Không thể đặt đơn vị dưới chính nó hoặc dưới đơn vị trực thuộc.")
                )
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "unit": str(data.unit.public_id),
            "since": data.since.isoformat(),
            "document": line(data.document),
            "name": line(data.name),
            "short_name": line(data.short_name),
            "kind": data.kind,
            "tier": data.tier,
            "parent": str(data.parent.public_id) if data.parent else None,
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        unit = Unit.objects.get(public_id=body["unit"])
        parent = Unit.objects.get(public_id=body["parent"]) if body["parent"] else None
        since = date.fromisoformat(body["since"])
        said = {k: body[k] for k in ("name", "short_name", "kind", "tier")}
        UnitVersion.objects.filter(unit=unit, until=None).update(until=since)
        UnitVersion.objects.create(unit=unit, parent=parent, since=since, document=body["document"], **said)
        Unit.objects.filter(pk=unit.pk).update(parent=parent, fold=fold(body["name"]), **said)
