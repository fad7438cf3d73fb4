"""Units end: dissolved, merged into another, or split into several; their history stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn.office.core.act import Act, Context, Refusal, register
from bmnn.office.core.clean import by_administrator, check_line, check_unit_lives, line
from bmnn.office.core.models import Event, OfficeService, Post, RoleGrant, Unit, UnitVersion
from bmnn.office.core.models.organisation import in_force


@register
class DissolveUnits(Act):
    """The units end on a day (its first day without them). Several into one is a merger, one into several a
    split."""

    code = "core.dissolve_units"
    title = "Kết thúc, sáp nhập, chia tách đơn vị"
    stream = "admin"

    @dataclass(frozen=True)
    class Input:
        units: tuple[Unit, ...]
        day: date
        document: str
        successors: tuple[Unit, ...] = ()

    def check(self, ctx: Context) -> list[Refusal]:
        data = self.input
        found = by_administrator(ctx)
        found += check_line("document", "văn bản kết thúc hoạt động", data.document)
        if not data.units:
            found.append(Refusal("units", "Chưa chọn đơn vị kết thúc hoạt động."))
        ending = {u.pk for u in data.units}
        for unit in data.units:
            found += check_unit_lives("units", unit, data.day)
            left = Unit.objects.on(data.day).filter(parent=unit).exclude(pk__in=ending)
            if left.exists():
                found.append(
                    Refusal(
                        "units",
                        f"{unit.name} còn {left.count()} đơn vị trực thuộc (như {left[0].name}). "
                        "Hãy chuyển hoặc kết thúc các đơn vị ấy trước.",
                    )
                )
        for heir in data.successors:
            found += check_unit_lives("successors", heir, data.day)
            if heir.pk in ending:
                found.append(Refusal("successors", f"{heir.name} vừa kết thúc vừa kế thừa."))
        return found

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        return {
            "units": [str(u.public_id) for u in data.units],
            "day": data.day.isoformat(),
            "document": line(data.document),
            "successors": [str(u.public_id) for u in data.successors],
        }

    @classmethod
    def project(cls, event: Event) -> None:
        body = event.data
        day = date.fromisoformat(body["day"])
        heirs = [Unit.objects.get(public_id=u) for u in body["successors"]]
        for name in body["units"]:
            unit = Unit.objects.get(public_id=name)
            unit.successors.add(*heirs)
            Unit.objects.filter(pk=unit.pk).update(until=day, ended_by=body["document"])
            UnitVersion.objects.filter(unit=unit, until=None).update(until=day)
            OfficeService.objects.filter(in_force(day), office=unit).update(until=day)
            OfficeService.objects.filter(in_force(day), body=unit).update(until=day)
            Post.objects.filter(in_force(day), unit=unit).update(until=day)
            RoleGrant.objects.filter(in_force(day), unit=unit).update(until=day)
