"""The register on screen: the list with its filters, its sheet and print, the page of a device."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from bmnn.office.core.access import Viewer, see_or_404
from bmnn.office.core.models import Unit
from bmnn.office.core.overseers import overseen
from bmnn.office.equipment import listing
from bmnn.office.equipment.listing import PAGE, Filters
from bmnn.office.equipment.models import Device, Finding
from bmnn.office.equipment.views.shared import HELP, crumbs
from bmnn.office.equipment.words import KEEPS_DATA, KINDS, ROLES, STATES, STORAGE_KINDS
from bmnn.office.web.doing import units_with, viewer
from bmnn.office.web.paper import PDF, XLSX, download, mark


@login_required
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The list as the paper register, filters in its head. Words are searched by POST and stand in no address."""
    who = viewer(request)
    filters = Filters.of(request.GET, request.POST.get("q", ""))
    rows = listing.devices(who.account, filters, who.day)
    after = _whole(request.GET.get("sau", ""))
    shown = list(rows[after : after + PAGE + 1])
    query = request.GET.copy()
    query["sau"] = str(after + PAGE)
    context: dict[str, Any] = {
        "title": "Sổ thiết bị",
        "rows": [(d, d.overdue(who.day)) for d in shown[:PAGE]],
        "filters": filters,
        "units": _units_with_devices(who),
        "books": [u for u in _units_with_devices(who) if u.pk in overseen(who)][:4],
        "kinds": KINDS.items(),
        "states": STATES.items(),
        "roles": ROLES.items(),
        "more": query.urlencode() if len(shown) > PAGE else "",
        "after": after,
        "query": request.GET.urlencode(),
        "keeps": units_with(request, "van_thu"),
        "help": HELP,
        "day": who.day,
    }
    return render(request, "equipment/list.html", context)


def _units_with_devices(who: Viewer) -> list[Unit]:
    """The units of the devices the person may see."""
    seen = Device.objects.visible_to(who.account, day=who.day).order_by().values("unit")
    return list(Unit.objects.filter(pk__in=seen))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@login_required
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The list, as filtered, as XLSX that can be read back."""
    who = viewer(request)
    rows = list(listing.devices(who.account, Filters.of(request.GET), who.day))
    return download(listing.sheet(rows, "Sổ thiết bị"), f"so-thiet-bi-{who.day:%Y%m%d}.xlsx", XLSX)


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty list to fill in."""
    return download(listing.template(), "mau-danh-sach-thiet-bi.xlsx", XLSX)


@login_required
@require_GET
def book(request: HttpRequest, public_id: str) -> HttpResponse:
    """A unit's register on paper."""
    who = viewer(request)
    unit = Unit.objects.filter(public_id=public_id, pk__in=overseen(who)).first()
    if unit is None:
        from django.http import Http404

        raise Http404
    rows = list(
        Device.objects.visible_to(who.account, day=who.day).filter(unit=unit).select_related("keeper", "unit")
    )
    return download(listing.book(unit, rows, who.day, mark()), f"so-thiet-bi-{who.day:%Y%m%d}.pdf", PDF)


@login_required
@require_GET
def device(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything about one device, and what may be done with it."""
    one = see_or_404(request.user, Device, public_id)
    who = viewer(request)
    clerk = one.unit_id in who.units("van_thu")
    inspector = one.unit_id in who.units("kiem_tra")
    context: dict[str, Any] = {
        "title": str(one),
        "device": one,
        "overdue": one.overdue(who.day),
        "checks": one.checks.all(),
        "seals": one.seals.all(),
        "repairs": one.repairs.all(),
        "steps": one.steps.all(),
        "findings": Finding.objects.visible_to(request.user, day=who.day)
        .filter(device=one)
        .select_related("of")[:20],
        "clerk": clerk,
        "checker": clerk or inspector,
        "head": one.unit_id in who.units("thu_truong"),
        "storage": one.kind in STORAGE_KINDS,
        "keeps_data": one.kind in KEEPS_DATA,
        "help": HELP,
        "crumbs": crumbs((f"Số {one.number:02d}", "")),
    }
    return render(request, "equipment/device.html", context)
