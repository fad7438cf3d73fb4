"""Oversight: scans for secrets where they must not be, and the removal of what is found."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Declares who may see what, once the models are loaded."""

    name = "bmnn.office.oversight"
    label = "oversight"
    verbose_name = "Kiểm tra"

    def ready(self) -> None:
        from bmnn.office.oversight import policies  # noqa: F401  declares the rules
