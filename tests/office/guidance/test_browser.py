"""A directive's whole way in a browser: a file of three letters is read, confirmed, given out, answered, chased."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import timezone

from bmnn.office.core.passwords import set_password
from bmnn.office.guidance.demo import text_of
from bmnn.office.guidance.models import Document, Due
from tests.conftest import SHARED
from tests.office.browsing import PASSWORD, Person, chromium
from tests.office.guidance.conftest import Province

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def three_letters(tmp_path: Path) -> Path:
    """The reference file of three letters; where it is absent, one of our own of the same build."""
    reference = SHARED / "samples" / "directives" / "cong-van-dong-nai-2025-ba-van-ban.txt"
    if reference.is_file():
        return reference
    own = tmp_path / "ba-van-ban.txt"
    own.write_text(text_of("cong-van-ba-van-ban.txt", timezone.localdate()), encoding="utf-8")
    return own


@pytest.fixture
def province(transactional_db: None) -> Province:
    """The province twenty days ago: one commune was given a task then and has not answered."""
    told = Province(today=timezone.localdate() - timedelta(days=20))
    point = told.directive("Lập danh sách máy tính soạn thảo bí mật nhà nước").points.get()
    told.give(point, told.xa2, day=told.today + timedelta(days=7))
    told.today = timezone.localdate()
    for account in told.accounts.values():
        set_password(account, PASSWORD)
    return told


@pytest.fixture
def people(province: Province, live_server: Any, tmp_path: Path, settings: Any) -> Iterator[Any]:
    """Opens a browser for one of the province's people; their consoles must stay silent."""
    settings.DATA = tmp_path
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop of its own in this thread
    pictures = Path(os.environ.get("BMNN_PICTURES", tmp_path))
    known: dict[str, Person] = {}
    with chromium() as browser:

        def person(who: str) -> Person:
            if who not in known:
                known[who] = Person(browser, live_server.url, province.accounts[who].username, pictures)
            return known[who]

        yield person
        troubles = {who: p.troubles for who, p in known.items() if p.troubles}
    assert troubles == {}


def test_a_directive_goes_from_its_file_to_covered_clauses(
    province: Province, people: Any, three_letters: Path
) -> None:
    clerk, head, commune = people("vt_tinh"), people("ct_tinh"), people("vt_xa")

    # The file is read: three documents that hang together.
    clerk.go("/chi-dao/nap/")
    clerk.page.set_input_files("main input[type=file]", three_letters)
    clerk.press("Đọc văn bản")
    clerk.picture("chi-dao-da-doc")
    told = clerk.text()
    assert told.count("Xác nhận") >= 3
    assert len(re.findall(r"Công văn [0-9]+/VP-HCTC sao gửi Công văn", told)) == 2
    assert re.search(r"Công văn [0-9]+/UBND-[A-Z]+ thực hiện Công văn [0-9]+-CV/TU", told)

    # The keys of one point split it and put it together again; the page stays at the point.
    clerk.press("Xác nhận")
    points = clerk.page.locator("fieldset").count()
    clerk.page.locator("[name=p0-action]").focus()
    clerk.page.keyboard.press("Alt+t")
    clerk.page.wait_for_function(f"document.querySelectorAll('fieldset').length == {points + 1}")
    clerk.page.locator("[name=p1-action]").focus()
    clerk.page.keyboard.press("Alt+g")
    clerk.page.wait_for_function(f"document.querySelectorAll('fieldset').length == {points}")
    assert clerk.page.url.endswith("#diem-1")
    clerk.press("Để sau")

    # Each is confirmed beside its original; nothing has been given out before.
    for _ in range(3):
        clerk.press("Xác nhận")
        clerk.picture("chi-dao-xac-nhan")
        clerk.press("Xác nhận nội dung")
        assert "Đã xác nhận" in clerk.text()
        clerk.page.click("main a:has-text('tệp gốc')")
        clerk.page.wait_for_load_state()
    letters = Document.objects.filter(source__isnull=False).order_by("source_id_in_file")
    assert [d.source_id_in_file for d in letters] == ["D1", "D2", "D3"]
    assert not Due.objects.filter(task__point__document__in=letters).exists()

    # What both upper bodies order is recognised and followed once.
    party, state = letters[1], letters[2]
    clerk.go(f"/chi-dao/van-ban/{state.public_id}/")
    clerk.picture("chi-dao-van-ban")
    assert "Có vẻ trùng với" in clerk.text()
    first = state.points.order_by("order")[0]
    twin = party.points.order_by("order")[0]
    clerk.go(f"/chi-dao/diem/{first.public_id}/gop/")
    clerk.fill(point=str(twin.public_id))
    clerk.press("Gộp điểm trùng")
    assert "Trả lời chung với" in clerk.text()

    # The joint point goes to a commune, which answers with a document of its own and reports.
    clerk.go(f"/chi-dao/diem/{twin.public_id}/giao/")
    clerk.page.locator(f"main input[name=units][value='{province.xa.public_id}']").check()
    clerk.page.locator(f"main input[name=units][value='{province.xa2.public_id}']").set_checked(False)
    clerk.page.locator(f"main input[name=units][value='{province.tinh.public_id}']").set_checked(False)
    clerk.fill(deadline="absolute", day=f"{timezone.localdate() + timedelta(days=10):%d/%m/%Y}")
    clerk.picture("chi-dao-giao-viec")
    clerk.press("Giao việc")
    due = Due.objects.get(task__point=twin)
    commune.go("/")
    commune.picture("chi-dao-hom-nay-xa")
    assert "Việc chỉ đạo phải làm" in commune.text()
    commune.go(f"/chi-dao/van-ban/{party.public_id}/")
    commune.press("Trả lời bằng văn bản mới")
    commune.fill(
        kind="Chỉ thị",
        number="03",
        symbol="CT/ĐU",
        day=f"{timezone.localdate():%d/%m/%Y}",
        subject="tăng cường bảo vệ bí mật nhà nước trên địa bàn xã",
        points="1. Quán triệt đến từng chi bộ.\n2. Kiểm tra máy tính.",
    )
    commune.picture("chi-dao-xa-tra-loi")
    commune.press("Ghi văn bản của cơ quan")
    answer = Document.objects.get(direction="issued")
    assert [a.point for a in answer.answers.all()] == [twin]
    assert f"{party}, {twin!s}" in commune.text()
    commune.go(f"/chi-dao/viec/{due.public_id}/")
    commune.press("Báo cáo đã thực hiện")
    commune.fill(document=str(answer.public_id))
    commune.press("Báo cáo đã thực hiện")

    # The province closes it and sees the clause covered, in both letters, down to the commune's document.
    head.go(f"/chi-dao/viec/{due.public_id}/")
    head.press("Duyệt hoàn thành")
    head.press("Duyệt hoàn thành")
    head.go(f"/chi-dao/van-ban/{state.public_id}/bang/")
    head.picture("chi-dao-bang")
    assert "Đã xong" in head.text()
    head.go(f"/chi-dao/van-ban/{party.public_id}/chuoi/")
    head.picture("chi-dao-chuoi")
    assert f"{province.xa.name}: {answer}" in head.text()

    # The late commune stands in the chase list; its reminder is printed. Others of the same tier see nothing of it.
    clerk.go("/chi-dao/viec/qua-han/")
    clerk.picture("chi-dao-qua-han")
    assert province.xa2.name in clerk.text()
    with clerk.page.expect_download() as letter:
        clerk.page.locator("main a.button:text-is('In công văn đôn đốc')").first.click()
    words = "\n".join(
        p.text for p in docx.Document(io.BytesIO(Path(letter.value.path()).read_bytes())).paragraphs
    )
    assert "đã quá hạn 13 ngày" in words
    assert "Lập danh sách máy tính soạn thảo bí mật nhà nước" in words
    late = Due.objects.get(unit=province.xa2)
    assert commune.go(f"/chi-dao/viec/{late.public_id}/") == 404
    commune.go("/chi-dao/viec/qua-han/")
    assert "Không có việc nào quá hạn." in commune.text()
