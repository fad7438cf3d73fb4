"""The persons of the registers' tests, under the law that is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Keys, checkpoints and spooled files go into a folder of the test."""
    settings.DATA = tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons, on 6 April 2026."""
    return Cast()
