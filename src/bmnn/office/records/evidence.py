"""Figures of the registers that may answer a point of a directive."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from bmnn.office.core.models import Unit
from bmnn.office.guidance.figures import Figure
from bmnn.office.records.models import Entry, Proposal


def figures(unit: Unit, since: date, until: date) -> list[Figure]:
    """Lines of the registers and decisions on levels between the two days, both included."""
    shelf, queue = reverse("records:shelf"), reverse("records:queue")
    lines = Entry.objects.filter(book__unit=unit, day__gte=since, day__lte=until, series="bmnn", voided="")
    decided = Proposal.objects.filter(item__unit=unit, decided_on__gte=since, decided_on__lte=until)
    return [
        Figure(
            "records.out", "Số bí mật nhà nước đã đăng ký đi", lines.filter(book__code="so_di").count(), shelf
        ),
        Figure(
            "records.in",
            "Số bí mật nhà nước đã đăng ký đến",
            lines.filter(book__code="so_den").count(),
            shelf,
        ),
        Figure("records.determined", "Số đề xuất độ mật đã quyết định", decided.count(), queue),
    ]
