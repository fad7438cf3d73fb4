"""What several pages of equipment share: whose units, whose persons, the way back."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse

from bmnn.office.core.models import Person, Unit
from bmnn.office.core.models.organisation import in_force
from bmnn.office.equipment.models import Device
from bmnn.office.web.doing import viewer

HELP = "thiet-bi"


def units(request: HttpRequest, *roles: str) -> list[Unit]:
    """Units in which the person has one of the roles today, the person's own first."""
    found = viewer(request)
    wanted: set[int] = set()
    for role in roles:
        wanted |= found.units(role)
    rows = Unit.objects.on(found.day).filter(pk__in=wanted)
    return sorted(rows, key=lambda u: u.pk not in found.own_units)


def units_or_404(request: HttpRequest, *roles: str) -> list[Unit]:
    """The same; who has none of the roles does not get the page."""
    found = units(request, *roles)
    if not found:
        raise Http404
    return found


def people(request: HttpRequest, unit: Unit) -> list[Person]:
    """Persons with a post in the unit today, by given name."""
    day = viewer(request).day
    return list(Person.objects.filter(in_force(day, "posts__"), posts__unit=unit).distinct())


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The path of a page under the register."""
    return [("Sổ thiết bị", reverse("equipment:list")), *more]


def checks_crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The path of a page under the checks."""
    return [("Kiểm tra máy tính", reverse("equipment:checks")), *more]


def page_of(device: Device) -> str:
    """The device's page."""
    return reverse("equipment:device", args=[device.public_id])
