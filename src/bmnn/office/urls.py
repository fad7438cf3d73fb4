"""Root of the addresses: each room that has pages brings its own `urls.py`."""

from __future__ import annotations

import importlib.util

from django.conf import settings
from django.urls import include, path

# The room `web` owns the pages without a prefix (login, today); the others stand under their own word.
_PREFIX = {
    "core": "",
    "web": "",
    "records": "ho-so/",
    "people": "nhan-su/",
    "equipment": "thiet-bi/",
    "guidance": "chi-dao/",
    "oversight": "kiem-tra/",
    "reporting": "bao-cao/",
}

urlpatterns = [
    path(_PREFIX[app.rsplit(".", 1)[1]], include(f"{app}.urls"))
    for app in settings.INSTALLED_APPS
    if app.startswith("bmnn.office.") and importlib.util.find_spec(f"{app}.urls") is not None
]

if importlib.util.find_spec("bmnn.office.web.errors") is not None:
    handler400 = "bmnn.office.web.errors.bad_request"
    handler403 = "bmnn.office.web.errors.forbidden"
    handler404 = "bmnn.office.web.errors.not_found"
    handler500 = "bmnn.office.web.errors.broken"
