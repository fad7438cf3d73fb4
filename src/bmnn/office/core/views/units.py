"""Units: the tree on any day, one unit with its history, and the acts that change it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bmnn.law import vocabulary
from bmnn.office.core import forms
from bmnn.office.core.acts.change_unit import ChangeUnit
from bmnn.office.core.acts.dissolve_units import DissolveUnits
from bmnn.office.core.acts.found_unit import FoundUnit
from bmnn.office.core.models import Post, Unit, UnitVersion
from bmnn.office.core.models.organisation import in_force
from bmnn.office.core.views import helping
from bmnn.office.web.doing import act_page, fresh_key, viewer

HELP = "to-chuc-va-tai-khoan"
_CRUMB = ("Đơn vị", "core:units")


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_CRUMB[0], reverse(_CRUMB[1])), *more]


@login_required
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Every unit of the day as a tree."""
    helping.inside(request)
    day, wrong = helping.day_asked(request)
    below: dict[int | None, list[UnitVersion]] = defaultdict(list)
    versions = UnitVersion.objects.filter(in_force(day)).select_related("unit").order_by("unit__fold", "name")
    for version in versions:
        below[version.parent_id].append(version)
    living = {v.unit_id for vs in below.values() for v in vs}
    # A unit whose upper one does not live on the day stands at the top: nothing is hidden.
    tops = [v for above, vs in below.items() if above is None or above not in living for v in vs]
    seen: set[int] = set()

    def branch(version: UnitVersion) -> dict[str, Any]:
        seen.add(version.unit_id)
        parts = [branch(v) for v in below[version.unit_id] if v.unit_id not in seen]
        return {"version": version, "kind": vocabulary.body_words(version.kind), "parts": parts}

    context = {
        "title": "Đơn vị",
        "day": day,
        "wrong": wrong,
        "branches": [branch(v) for v in sorted(tops, key=lambda v: v.unit.fold)],
        "ended": Unit.objects.filter(until__lte=day).order_by("-until", "fold"),
        "keeps": viewer(request).roles("quan_tri"),
        "help": HELP,
    }
    return render(request, "core/units.html", context)


@login_required
@require_GET
def unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One unit: what it is on a day, what it was, from what it came and into what it went."""
    helping.inside(request)
    one: Unit = helping.found(Unit, public_id)
    day, wrong = helping.day_asked(request)
    posts = Post.objects.filter(in_force(day), unit=one).select_related("person").order_by("deputy", "id")
    version = one.version_on(day)
    context = {
        "title": one.name,
        "unit": one,
        "version": version,
        "kind": vocabulary.body_words(version.kind if version else one.kind),
        "tier": vocabulary.TIERS.get(version.tier if version else one.tier, ""),
        "day": day,
        "wrong": wrong,
        "versions": one.versions.select_related("parent").order_by("-since"),
        "parts": UnitVersion.objects.filter(in_force(day), parent=one)
        .select_related("unit")
        .order_by("name"),
        "posts": [(p, helping.post_words(p)) for p in posts],
        "serves": one.serves.filter(in_force(day)).select_related("body"),
        "served_by": one.served_by.filter(in_force(day)).select_related("office"),
        "keeps": viewer(request).roles("quan_tri") and one.until is None,
        "crumbs": _crumbs((one.name, "")),
        "help": HELP,
    }
    return render(request, "core/unit.html", context)


def _units(form: Any, day: date, *names: str, empty: str = "Không có (đứng đầu)") -> None:
    choices = helping.unit_choices(day)
    for name in names:
        field = form.fields[name]
        field.choices = [("", empty), *choices] if name == "parent" else choices


@login_required
def found_unit(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    helping.only(request, "quan_tri")
    form = forms.FoundUnitForm(
        request.POST or None, initial={"key": fresh_key(), "tier": "commune", "kind": "ubnd"}
    )
    _units(form, viewer(request).day, "parent", "serves")
    # What a unit came from may have ended before today.
    form.fields["predecessors"].choices = [(str(u.public_id), u.name) for u in Unit.objects.all()]

    def make(data: dict[str, Any]) -> FoundUnit:
        chosen = {name: helping.units_of(data[name]) for name in ("predecessors", "serves")}
        lines = {
            name: data[name] for name in ("name", "kind", "tier", "since", "short_name", "code", "document")
        }
        return FoundUnit(FoundUnit.Input(parent=helping.unit_of(data["parent"]), **lines, **chosen))

    context = {"title": FoundUnit.title, "button": FoundUnit.title, "crumbs": _crumbs((FoundUnit.title, "")),
               "cancel": reverse("core:units"), "help": HELP}  # fmt: skip
    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("core:unit", args=[done.event.data["unit"]]),
        context=context,
    )


@login_required
def change_unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new name, place, kind or tier from a day on."""
    helping.only(request, "quan_tri")
    one: Unit = helping.found(Unit, public_id)
    initial = {
        "key": fresh_key(),
        "parent": str(one.parent.public_id) if one.parent else "",
        **{name: getattr(one, name) for name in ("name", "short_name", "kind", "tier")},
    }
    form = forms.ChangeUnitForm(request.POST or None, initial=initial)
    _units(form, viewer(request).day, "parent")

    def make(data: dict[str, Any]) -> ChangeUnit:
        lines = {name: data[name] for name in ("name", "kind", "tier", "since", "short_name", "document")}
        return ChangeUnit(ChangeUnit.Input(unit=one, parent=helping.unit_of(data["parent"]), **lines))

    page = reverse("core:unit", args=[one.public_id])
    context = {"title": f"{ChangeUnit.title}: {one.name}", "button": ChangeUnit.title, "cancel": page,
               "crumbs": _crumbs((one.name, page), (ChangeUnit.title, "")), "help": HELP}  # fmt: skip
    return act_page(request, form, make, back=lambda done: page, context=context)


@login_required
def dissolve_units(request: HttpRequest) -> HttpResponse:
    """Dissolution, merger, split."""
    helping.only(request, "quan_tri")
    form = forms.DissolveForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["units"].choices = [(str(u.public_id), u.name) for u in Unit.objects.filter(until=None)]
    form.fields["successors"].choices = form.fields["units"].choices

    def make(data: dict[str, Any]) -> DissolveUnits:
        units, heirs = helping.units_of(data["units"]), helping.units_of(data["successors"])
        return DissolveUnits(DissolveUnits.Input(units, data["day"], data["document"], heirs))

    context = {
        "title": DissolveUnits.title,
        "about": "Nhiều đơn vị vào một là sáp nhập, một đơn vị ra nhiều là chia tách, không có đơn vị kế thừa là "
        "giải thể. Lịch sử được giữ nguyên; chức vụ và vai trò ở đơn vị cũ kết thúc cùng ngày.",
        "button": "Ghi việc kết thúc hoạt động",
        "cancel": reverse("core:units"),
        "crumbs": _crumbs((DissolveUnits.title, "")),
        "help": HELP,
    }
    return act_page(request, form, make, back=lambda done: reverse("core:units"), context=context)
