"""The office's tests: the log refuses deletion, also to the test framework, so its flush lifts the guards and
sets them again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from bmnn.office.core import triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guards() -> Iterator[None]:
    from django.db.backends.sqlite3.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def lifted(self: Any, sql_list: Any) -> None:
        with connection.cursor() as cursor:
            for statement in triggers.drop_statements():
                cursor.execute(statement)
            flush(self, sql_list)
            for statement in triggers.create_statements():
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", lifted)
        yield
