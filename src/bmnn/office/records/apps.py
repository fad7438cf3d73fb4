"""The registers of secrets: items, copies, custody, books."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Declares who may see what, once the models are loaded."""

    name = "bmnn.office.records"
    label = "records"
    verbose_name = "Hồ sơ bí mật nhà nước"

    def ready(self) -> None:
        from bmnn.office.records import policies  # noqa: F401  declares the rules
