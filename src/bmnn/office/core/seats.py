"""One session an account: whoever signs in again elsewhere ends the earlier session."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.http import HttpRequest

from bmnn.office.core.models import Account, Seat


def take_seat(sender: Any, request: HttpRequest, user: Account, **more: Any) -> None:
    """On signing in: end the account's other session. (Signal `user_logged_in`.)"""
    if request.session.session_key is None:
        request.session.create()
    key = str(request.session.session_key)
    earlier = Seat.objects.filter(account=user.public_id).values_list("session_key", flat=True).first()
    if earlier and earlier != key:
        Session.objects.filter(pk=earlier).delete()
    Seat.objects.update_or_create(account=user.public_id, defaults={"session_key": key})
