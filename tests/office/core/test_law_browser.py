"""The law pages in a browser at 1366×768: a clerk finds a rule by keyboard, compares it, sees the badge go."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bmnn.office.core.passwords import set_password
from tests.cast import Cast
from tests.office.browsing import PASSWORD, Person, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def clerk(transactional_db: None, live_server: Any, tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    cast = Cast(datetime.now(UTC) - timedelta(minutes=2))
    set_password(cast.accounts["van_thu"], PASSWORD)
    pictures = Path(os.environ.get("BMNN_PICTURES", tmp_path))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop of its own in this thread
    with chromium() as browser:
        person = Person(browser, live_server.url, cast.accounts["van_thu"].username, pictures)
        yield person
        assert person.troubles == []


def _fits(person: Person) -> bool:
    return bool(person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_clerk_finds_a_rule_compares_it_and_the_badge_goes(clerk: Person) -> None:
    assert clerk.go("/can-cu/?nhom=terms") == 200
    assert "chưa đối chiếu" in clerk.text()
    assert _fits(clerk)
    clerk.picture("can-cu")
    clerk.fill(q="thoi han do mat")
    clerk.page.locator("main [name=q]").press("Enter")
    clerk.page.wait_for_load_state()
    assert "thoi" not in clerk.page.url
    clerk.page.get_by_role("link", name="Thời hạn bảo vệ bí mật nhà nước độ Mật").click()
    clerk.page.wait_for_load_state()
    assert _fits(clerk)
    clerk.picture("can-cu-quy-dinh")
    clerk.press("Sửa theo bản gốc")
    clerk.fill(v_one="mười", citation="điểm c khoản 1 Điều 19")
    clerk.press("Sửa quy định theo bản gốc")
    assert "phải là số nguyên" in clerk.text()
    clerk.picture("can-cu-sua")
    clerk.page.get_by_role("link", name="Thôi").click()
    clerk.press("Xác nhận đúng bản gốc")
    clerk.fill(citation="điểm c khoản 1 Điều 19 bản gốc, trang 7")
    clerk.page.keyboard.press("Control+Enter")
    clerk.page.wait_for_load_state()
    clerk.page.wait_for_selector("text=Đối chiếu của cơ quan")
    assert "Trần Thị Văn xác nhận đúng bản gốc" in clerk.text()
    clerk.picture("can-cu-da-doi-chieu")


def test_the_lists_and_the_instruments_fit_the_screen(clerk: Person) -> None:
    assert clerk.go("/can-cu/danh-muc/?qd=qd_774_2020") == 200
    assert _fits(clerk)
    clerk.picture("danh-muc")
    clerk.fill(q="de thi")
    clerk.page.locator("main [name=q]").press("Enter")
    clerk.page.wait_for_selector("text=531-ToM-1")
    assert clerk.go("/can-cu/van-ban/?ngay=01/04/2026") == 200
    assert _fits(clerk)
    clerk.picture("van-ban")
    clerk.go("/can-cu/danh-muc/nhap/?qd=an_ninh")
    clerk.picture("danh-muc-nhap")
