"""Figures of the register of equipment that may answer a point of a directive."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from bmnn.office.core.models import Unit
from bmnn.office.equipment.models import Check, Device, SecurityCheck
from bmnn.office.guidance.figures import Figure


def figures(unit: Unit, since: date, until: date) -> list[Figure]:
    """Devices whose security was checked, checks of computers made and devices in the register, both days included."""
    span = {"day__gte": since, "day__lte": until}
    checked = SecurityCheck.objects.filter(device__unit=unit, **span).values("device").distinct().count()
    made = Check.objects.filter(unit=unit, **span).count()
    kept = Device.objects.filter(unit=unit, registered_on__lte=until, retired_on__isnull=True).count()
    register, checks = reverse("equipment:list"), reverse("equipment:checks")
    return [
        Figure("equipment.checked", "Số thiết bị đã kiểm tra an ninh", checked, register),
        Figure("equipment.machine_checks", "Số lần kiểm tra dấu vết máy tính", made, checks),
        Figure("equipment.register", "Số thiết bị trong sổ", kept, register),
    ]
