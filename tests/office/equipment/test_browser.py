"""A clerk at a browser: registers a computer, checks two collections on the site, keeps the result, makes minutes."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bmnn.office.core.passwords import set_password
from bmnn.office.equipment import sample
from bmnn.office.equipment.models import Check, Device
from tests.cast import Cast
from tests.office.browsing import PASSWORD, Person, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def clerk(transactional_db: None, live_server: Any, tmp_path: Path, settings: Any) -> Any:
    (tmp_path / "tmp").mkdir()
    settings.DATA, settings.FILE_UPLOAD_TEMP_DIR = tmp_path, tmp_path / "tmp"
    cast = Cast(datetime.now(UTC) - timedelta(minutes=2))
    set_password(cast.van_thu, PASSWORD)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop of its own in this thread
    with chromium() as browser:
        pictures = Path(os.environ.get("BMNN_PICTURES", tmp_path))
        person = Person(browser, live_server.url, cast.van_thu.username, pictures)
        yield person
        assert person.troubles == []


def test_a_check_from_the_register_to_the_minutes(clerk: Person, tmp_path: Path) -> None:
    for name, role in ((sample.DRAFTING, "drafting"), (sample.INTERNET, "internet")):
        clerk.go("/thiet-bi/dang-ky/")
        clerk.fill(kind="computer", name=name, serial=sample.PC_SERIALS[name], role=role)
        clerk.picture("dang-ky-thiet-bi")
        clerk.press("Đăng ký thiết bị")
    assert Device.objects.count() == 2
    files = sample.collections(datetime.now(UTC).date() - timedelta(days=1))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    clerk.go("/thiet-bi/kiem-tra/moi/")
    clerk.fill(title="Kiểm tra quý")
    clerk.page.set_input_files("input[type=file]", [tmp_path / name for name in files])
    clerk.picture("nap-bo-thu-thap")
    clerk.press("Bắt đầu kiểm tra")
    # The page turns itself to the result when the check is over.
    clerk.page.wait_for_selector("text=Đưa vào hồ sơ")
    assert clerk.page.locator("svg").count() == 3
    clerk.picture("ket-qua")
    clerk.press("Đưa vào hồ sơ")
    words = clerk.text()
    assert "dùng chung" in words and "Galaxy A52" in words and "Không chứng minh" in words
    clerk.picture("ho-so-kiem-tra")
    clerk.press("Lập biên bản")
    clerk.fill(team="Nguyễn Văn A, tổ trưởng", present="Trần Thị B, văn thư")
    clerk.press("Lập biên bản kiểm tra")
    with clerk.page.expect_download() as coming:
        clerk.press("In biên bản (PDF)")
    assert coming.value.suggested_filename == f"bien-ban-kiem-tra-01-{Check.objects.get().day.year}.pdf"
    coming.value.save_as(clerk.pictures / "bien-ban.pdf")
