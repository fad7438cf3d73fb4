"""A session ends by itself; nothing is stored by the browser; a strange host name is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bmnn.office.core.middleware import InWords, SessionLimits
from bmnn.office.core.models import Account, Person


def visit(started: int, seen: int, *, active: bool = True) -> bool:
    """Whether the person is still signed in after a page asked for now."""
    request: Any = RequestFactory().get("/")
    request.session = SessionStore()
    now = int(time.time())
    request.session["started"], request.session["seen"] = now - started, now - seen
    request.user = Account(username="a", is_active=active)
    SessionLimits(lambda _: HttpResponse())(request)
    return not isinstance(request.user, AnonymousUser)


@pytest.mark.django_db
def test_a_session_ends_after_15_idle_minutes_after_8_hours_and_with_the_account() -> None:
    assert visit(3600, 14 * 60)
    assert not visit(3600, 15 * 60 + 1)
    assert visit(8 * 3600 - 5, 10)
    assert not visit(8 * 3600 + 1, 10)
    assert not visit(60, 10, active=False)


@pytest.mark.django_db
def test_every_answer_is_kept_nowhere_and_runs_no_foreign_script() -> None:
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_error_of_the_database_is_said_in_words_and_any_other_is_left_to_the_page_of_errors() -> None:
    from django.db import OperationalError

    shown = InWords(lambda _: HttpResponse()).process_exception
    answer = shown(RequestFactory().get("/"), OperationalError("database is locked"))
    assert answer is not None and answer.status_code == 503
    assert "bấm lại sau ít giây" in answer.content.decode()
    assert shown(RequestFactory().get("/"), ValueError("x")) is None


@pytest.mark.django_db
def test_a_strange_host_name_is_refused() -> None:
    assert Client().get("/", headers={"host": "ngoai.example"}).status_code == 400


def test_passwords_are_hashed_with_argon2id() -> None:
    assert make_password("một câu đủ dài để nhớ", hasher="argon2").startswith("argon2$argon2id$")
    from django.conf import settings

    assert settings.PASSWORD_HASHERS[-1].endswith("Argon2PasswordHasher")


@pytest.mark.django_db
def test_a_closed_account_does_not_sign_in(client: Client) -> None:
    someone = Person.objects.create(name="A", fold="a", sort="a")
    Account.objects.create(username="a", person=someone, password=make_password("x" * 20), is_active=False)
    from django.contrib.auth import authenticate

    assert authenticate(RequestFactory().post("/"), username="a", password="x" * 20) is None
