"""The office's tests: the log refuses deletion, also to the test framework, so its flush lifts the guards and
sets them again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from bmnn.office.core import triggers


@pytest.fixture(autouse=True)
def _numbers_from_one(request: pytest.FixtureRequest) -> None:
    """On a server a rolled back test keeps the numbers it gave its rows; the next one starts afresh."""
    if connection.vendor == "postgresql" and "django_db" in request.keywords:
        from bmnn.office.core.replay import settle_sequences

        request.getfixturevalue("db")
        settle_sequences()


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def lifted(self: Any, sql_list: Any) -> None:
        with connection.cursor() as cursor:
            for statement in triggers.drop_statements():
                cursor.execute(statement)
            flush(self, sql_list)
            for statement in triggers.create_statements():
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", lifted)
        yield
