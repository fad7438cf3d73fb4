"""The register of equipment: computers, sticks, disks, printers, and what checks of computers found."""

from __future__ import annotations

from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    """Declares who may see what, once the models are loaded."""

    name = "bmnn.office.equipment"
    label = "equipment"
    verbose_name = "Thiết bị"

    def ready(self) -> None:
        from bmnn.office.equipment import policies  # noqa: F401  declares the rules
