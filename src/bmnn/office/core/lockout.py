"""The slower of two locks: many wrong passwords for one name from many addresses.

django-axes locks a name at one address after five; this one counts over all addresses, much higher, so that a
guesser cannot go from station to station, and a colleague cannot lock somebody out with five slips.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone


class ManyAddresses:
    """An authentication backend that signs nobody in; it only refuses."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **rest: Any) -> None:
        """Raises PermissionDenied, answered as locked, while the name has too many failures everywhere."""
        since = timezone.now() - timedelta(seconds=settings.SLOW_LOCK_SECONDS)
        recent = AccessAttempt.objects.filter(username=username, attempt_time__gt=since)
        failures = recent.aggregate(n=Sum("failures_since_start"))["n"] or 0
        if failures >= settings.SLOW_LOCK_FAILURES:
            if request is not None:
                request.axes_locked_out = True  # read by the middleware of axes
            raise PermissionDenied

    def get_user(self, user_id: int) -> None:
        """Nobody."""
        return
