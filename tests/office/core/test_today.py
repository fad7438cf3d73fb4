"""The cards of this room: what a new agency does first, what is wrong, what is not yet signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bmnn.office.core import checkpoints, recovery
from bmnn.office.core.access import Viewer
from bmnn.office.core.models import Account, Checkpoint, RoleGrant
from bmnn.office.core.today import cards
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    return Cast(now=datetime.now(UTC) - timedelta(days=2))


def shown(account: Account) -> dict[str, Any]:
    return {c.title: c for c in cards(Viewer(account, timezone.localdate()))}


def test_a_new_agency_is_told_whom_it_lacks(cast: Cast) -> None:
    assert not any(t.startswith("Cơ quan chưa có") for t in shown(cast.accounts["quan_tri"]))
    RoleGrant.objects.filter(role="thu_truong").delete()
    first = shown(cast.accounts["quan_tri"])["Cơ quan chưa có thủ trưởng"]
    assert "thủ trưởng cùng xác nhận" in first.first_step


def test_what_was_not_signed_for_a_day_is_late_and_signed_by_itself(cast: Cast) -> None:
    card = shown(cast.accounts["van_thu"])["Việc chưa chốt sổ"]
    assert (card.tone, card.count) == ("late", checkpoints.loose()[0])
    assert checkpoints.make_daily() and not checkpoints.make_daily()
    assert shown(cast.accounts["van_thu"])["Việc chưa chốt sổ"].tone == "done"
    assert set(Checkpoint.objects.values_list("reason", flat=True)) == {"hằng ngày"}


def test_the_administrator_sees_what_is_wrong_and_nobody_else_is_bothered(cast: Cast) -> None:
    recovery.mark(Path(checkpoints.settings.DATA), [])
    card = shown(cast.accounts["quan_tri"])["Tình trạng hệ thống"]
    assert card.tone == "late" and "khôi phục" in card.lines[0].text
    assert shown(cast.accounts["soan_thao"]) == {}
    assert shown(cast.accounts["doan_kiem_tra"]) == {}
