"""The room of the site's frame: base page, style, sign-in, "Hôm nay", help, errors."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Collects every room's menu and cards once all rooms are loaded."""

    name = "bmnn.office.web"
    label = "web"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        from bmnn.office.web.registry import discover

        discover()
