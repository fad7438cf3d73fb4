"""The site's settings with the stock admin beside it; only for `bench.lists`."""

from __future__ import annotations

from bmnn.office.settings import *  # noqa: F403
from bmnn.office.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
ROOT_URLCONF = "bench._admin_urls"
ALLOWED_HOSTS = ["testserver"]
