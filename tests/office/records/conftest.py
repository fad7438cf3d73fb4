"""The persons of the registers' tests, under the law that is shipped."""

from __future__ import annotations

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons, on 6 April 2026."""
    return Cast()
