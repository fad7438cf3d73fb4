"""What several pages of equipment share: whose units, whose persons, the way back."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse

from bmnn.office.core.models import Person, Unit
from bmnn.office.core.models.organisation import in_force
from bmnn.office.equipment.models import Device
from bmnn.office.web.doing import units_with, viewer

HELP = "thiet-bi"


def units_or_404(request: HttpRequest, *roles: str) -> list[Unit]:
    """Units in which the person has one of the roles today; who has none of the roles does not get the page."""
    found = units_with(request, *roles)
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
