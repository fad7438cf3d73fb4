"""What several pages of oversight share."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from bmnn.office.core.models import Unit
from bmnn.office.core.overseers import OVERSEERS
from bmnn.office.oversight.models import Scan, ScanFinding
from bmnn.office.oversight.rules import RULE
from bmnn.office.web.doing import law_words, units_with, viewer

HELP = "ra-soat"


def units(request: HttpRequest) -> list[Unit]:
    """Units for which the person may scan, the own ones first."""
    return units_with(request, *OVERSEERS)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The path of a page under the scans."""
    return [("Rà soát", reverse("oversight:scans")), *more]


def scan_crumb(scan: Scan) -> tuple[str, str]:
    """The step of one scan."""
    return f"Lần {scan.number:02d}/{scan.year}", reverse("oversight:scan", args=[scan.public_id])


def law(request: HttpRequest) -> str:
    """The article under a button of scans."""
    return law_words(request, RULE)


def works(request: HttpRequest, unit: Unit) -> bool:
    """Whether the person may judge and remove for the unit."""
    return unit.pk in viewer(request).units(*OVERSEERS)


def next_open(one: ScanFinding) -> ScanFinding | None:
    """The next finding of the scan that nobody looked at, from this one on and around."""
    rest = one.of.findings.filter(answer="open").exclude(pk=one.pk)
    return rest.filter(rank__gt=one.rank).first() or rest.first()
