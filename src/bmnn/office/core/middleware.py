"""Rules for every answer: nothing is stored by the browser, a session ends by itself, a passing password is
changed first."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from bmnn.office.core import faults
from bmnn.office.core.act import Refused

Answer = Callable[[HttpRequest], HttpResponse]

_STARTED, _SEEN = "started", "seen"


class NoStore:
    """`Cache-Control: no-store` on every page (static files are served before and may be kept)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class InWords:
    """A page that cannot be shown says why in a clerk's words: the look could not be written down (no log, no
    look), the disk is full, the database is busy. Drawn without menu and database: they may be what fails."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answers for a view that ended in a refusal or in an error of the database."""
        if isinstance(error, DatabaseError):
            logging.getLogger("django.request").error("database", exc_info=error)
            error = faults.refused(error)
        if not isinstance(error, Refused):
            return None
        words = " ".join(r.message for r in error.refusals)
        context = {"title": "Chưa mở được trang này", "words": words}
        return HttpResponse(render_to_string("web/broken.html", context), status=503)


class OwnPassword:
    """A passing password opens nothing but the page where the person sets their own."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change:
            match = resolve(request.path_info)
            if match.view_name not in ("core:own_password", "web:logout", "web:still_here"):
                return HttpResponseRedirect(reverse("core:own_password"))
        return self.answer(request)


class SessionLimits:
    """Signs a person out after 15 idle minutes or 8 hours, and at once when the account is closed.

    The hour of sign-in and of the last page stand in the session (server side). They are written at most once
    a minute so that reading pages does not turn into writing to the database.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            started = session.setdefault(_STARTED, now)
            seen = session.setdefault(_SEEN, now)
            idle = now - seen > settings.SESSION_IDLE_SECONDS
            if idle or now - started > settings.SESSION_ABSOLUTE_SECONDS or not request.user.is_active:
                logout(request)
            elif now - seen >= 60 or now < seen:
                session[_SEEN] = now
        return self.answer(request)
