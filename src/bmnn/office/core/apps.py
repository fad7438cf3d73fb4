"""The engine of the site: log, acts, organisation, accounts, access."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Finds every act of every room, once all models are loaded."""

    name = "bmnn.office.core"
    label = "core"
    verbose_name = "Lõi"

    def ready(self) -> None:
        from bmnn.office.core.engine import discover

        discover()
