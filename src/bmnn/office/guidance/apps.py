"""Directives, letters, plans and regulations, and the tasks that come of them."""

from __future__ import annotations

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Declares who may see what, once the models are loaded."""

    name = "bmnn.office.guidance"
    label = "guidance"
    verbose_name = "Chỉ đạo"

    def ready(self) -> None:
        from bmnn.office.guidance import policies  # noqa: F401  declares the rules
