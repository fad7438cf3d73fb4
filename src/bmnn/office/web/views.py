"""Sign-in and sign-out, the page "Hôm nay"."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bmnn.office.core.access import Viewer
from bmnn.office.web import demo, registry
from bmnn.office.web.forms import SignInForm


class SignIn(LoginView):
    """The sign-in page; in the sample agency it lists the logins."""

    template_name = "web/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = demo.logins()
        return super().get_context_data(
            now=timezone.localtime(), logins=groups, password=demo.password() if groups else "", **kwargs
        )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("web:login"))


@login_required
@require_GET
def still_here(request: HttpRequest) -> HttpResponse:
    """Keeps the session open: the person answered the warning that it was about to end."""
    return HttpResponse(status=204)


@login_required
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for the person signed in."""
    viewer = Viewer(request.user, timezone.localdate())
    context = {"title": "Hôm nay", "cards": registry.cards(viewer), "help": "hom-nay"}
    return render(request, "web/today.html", context)
