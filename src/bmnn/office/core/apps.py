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
        from django.contrib.auth.signals import user_logged_in

        from bmnn.office.core import policies  # noqa: F401  declares who may see the organisation
        from bmnn.office.core.seats import take_seat

        user_logged_in.connect(take_seat, dispatch_uid="core.seats")
