"""Every address of the site, as every kind of person: what one may not see does not exist, nothing is changed by
looking, and every answer carries the headers that keep it on this screen."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bmnn.office.core import addresses
from tests.cast import Cast
from tests.office.records import steps

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLE = addresses.table()
# What looking may write: the read audit, and where a session stands.
AUDIT = {"core_event", "core_ledgernode", "core_loghead", "core_reading", "django_session", "core_seat"}

INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:")


def patterns(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from patterns(one, inner)
        else:
            yield f"{namespace}{one.name}", one


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    cast = Cast(now=datetime.now(UTC) - timedelta(days=1))
    book = steps.open_book(cast, "so_den")
    steps.register_in(cast, book)
    cast.now = datetime.now(UTC)
    return cast


def signed_in(cast: Cast, who: str, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_address_says_who_may_open_it() -> None:
    served = {name for name, _ in patterns()}
    declared = set(TABLE)
    assert served - declared == set(), "địa chỉ chưa khai ai được mở (addresses.py của phòng)"
    assert {n for n in declared - served if n.split(":")[0] in {s.split(":")[0] for s in served}} == set()


def _arguments(pattern: URLPattern) -> dict[str, object]:
    """Well-formed arguments that name nothing."""
    nothing = {"UUIDConverter": uuid.uuid4(), "IntConverter": 987654}
    found = {n: nothing.get(type(c).__name__, "khong-co") for n, c in pattern.pattern.converters.items()}
    for name, choices in re.findall(r"\(\?P<(\w+)>([^)]*)\)", getattr(pattern.pattern, "_regex", "") or ""):
        # A converter already says what it takes; only a hand-written pattern has to be guessed.
        found.setdefault(name, choices.split("|")[0] if "|" in choices else uuid.uuid4())
    return found


def _url(name: str, pattern: URLPattern) -> str:
    return reverse(name, kwargs=_arguments(pattern))


def test_nobody_who_is_not_signed_in_gets_further_than_the_door() -> None:
    client = Client()
    for name, pattern in patterns():
        answer = client.get(_url(name, pattern))
        if TABLE[name] == addresses.PUBLIC:
            continue
        # 405: a page that only takes forms, which the next test covers.
        assert answer.status_code in (302, 405), (name, answer.status_code)
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/dang-nhap/"), name


def test_a_form_without_its_token_is_refused_everywhere(cast: Cast) -> None:
    for who in ("van_thu", "quan_tri", None):
        client = signed_in(cast, who, enforce_csrf_checks=True) if who else Client(enforce_csrf_checks=True)
        for name, pattern in patterns():
            assert client.post(_url(name, pattern), {"q": "x"}).status_code == 403, (who, name)


def test_pages_of_a_role_do_not_exist_for_the_others_and_unknown_objects_for_nobody(cast: Cast) -> None:
    for who, account in cast.accounts.items():
        roles = {g.role for g in account.grants.all()}
        client = signed_in(cast, who)
        for name, pattern in patterns():
            allowed = TABLE[name]
            if allowed in (addresses.PUBLIC, addresses.SIGNED_IN):
                continue
            status = client.get(_url(name, pattern)).status_code
            if _arguments(pattern) or not roles & set(allowed):
                assert status in (404, 405), (who, name, status)


def tables() -> dict[str, str]:
    """A hash of every table but those that looking may write."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in AUDIT:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = hashlib.sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return found


def _links(html: str) -> set[str]:
    found = {unescape(h) for h in re.findall(r'href="(/[^"#]*)"', html)}
    return {h for h in found if not h.startswith("/static/")}


def test_whoever_looks_at_every_page_in_reach_changes_nothing_and_every_answer_is_guarded(cast: Cast) -> None:
    """Follows every link from the start page as each person; visits each kind of address a few times at most."""
    for who in cast.accounts:
        client = signed_in(cast, who)
        before, streams = tables(), _streams()
        todo, seen, kinds = ["/"], set(), dict[str, int]()
        while todo:
            url = todo.pop(0)
            kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", url.split("?")[0])
            if url in seen or kinds.get(kind, 0) >= 2:
                continue
            seen.add(url)
            kinds[kind] = kinds.get(kind, 0) + 1
            answer: Any = client.get(url)
            # 409: a page that says in words why its act cannot be done now.
            assert answer.status_code < 400 or answer.status_code == 409, (who, url, answer.status_code)
            guarded(answer, url)
            if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
                todo += sorted(_links(answer.content.decode()))
        assert len(seen) > 4, who
        assert tables() == before, who
        assert set(_streams()) - set(streams) <= {"access"} and {
            s for s, n in _streams().items() if n != streams.get(s, 0)
        } <= {"access"}, who


def _streams() -> dict[str, int]:
    from bmnn.office.core.models import LogHead

    return dict(LogHead.objects.values_list("stream", "size"))


def guarded(answer: Any, url: str) -> None:
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy and "unsafe" not in policy, url
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy, url
    assert answer.headers["Cache-Control"] == "no-store", url
    assert answer.headers["X-Content-Type-Options"] == "nosniff", url
    assert answer.headers["X-Frame-Options"] == "DENY", url
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", url


def test_no_page_carries_an_inline_script_or_style(cast: Cast) -> None:
    for who in ("van_thu", "quan_tri"):
        client = signed_in(cast, who)
        for name, pattern in patterns():
            if not _arguments(pattern) and TABLE[name] != addresses.PUBLIC:
                answer: Any = client.get(reverse(name))
                if answer.status_code == 200 and not answer.streaming:
                    html = answer.content.decode(errors="replace")
                    assert not INLINE.search(html), name


def test_errors_are_guarded_too(cast: Cast) -> None:
    client = signed_in(cast, "van_thu")
    guarded(client.get("/khong-co/"), "404")
    guarded(client.get(reverse("core:make_checkpoint")), "405")
    guarded(Client(enforce_csrf_checks=True).post("/dang-nhap/", {}), "403")
    guarded(Client().get("/"), "302")


def test_the_administrator_sees_no_entry_of_any_register(cast: Cast) -> None:
    from bmnn.office.core.access import rows_for
    from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal, Volume

    admin = cast.accounts["quan_tri"]
    for model in (Item, Copy, Entry, Book, Volume, Proposal):
        assert rows_for(admin, model).count() == 0, model.__name__
    assert Entry.objects.count() == 1
    client = signed_in(cast, "quan_tri")
    book = Book.objects.get()
    assert client.get(reverse("records:book", args=[book.public_id])).status_code == 404
