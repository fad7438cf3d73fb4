"""A disk that fails or is full: words a clerk understands, nothing half-done, and the work goes on afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.office.core.site import CHECKER, FAULTS, finish, new_site, start

pytestmark = pytest.mark.slow
STEP = 8192


def test_whichever_write_fails_the_act_is_wholly_done_or_not_at_all(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    found = json.loads(finish(start(FAULTS, site, STEP)))
    assert found["wrong"] == []
    assert found["done"] == list(range(1, len(found["done"]) + 1))
    assert len(found["said"]) >= 2, found["said"]
    for words in found["said"]:
        assert words.startswith("Ổ đĩa ") and "hãy" in words.lower(), words
    assert sum(found["said"].values()) > 20
    assert not all(found["full"]) and found["after"]
    checked = json.loads(finish(start(CHECKER, site)))
    assert checked["problems"] == []
    assert len(checked["given"]) == len(found["done"])
