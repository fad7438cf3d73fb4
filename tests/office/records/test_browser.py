"""The whole story in a browser: propose, determine, register out, hand over, sign, register in, print; each role,
and those who may not."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser

from bmnn import law
from bmnn.office.core.models import Event
from bmnn.office.core.passwords import set_password
from bmnn.office.records import legal
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal
from tests.cast import Cast
from tests.office.browsing import PASSWORD, Person, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


class Story:
    """The persons at their browsers."""

    def __init__(self, browser: Browser, site: str, cast: Cast, pictures: Path) -> None:
        self.browser, self.site, self.cast, self.pictures = browser, site, cast, pictures
        self.known: dict[str, Person] = {}

    def __getitem__(self, who: str) -> Person:
        if who not in self.known:
            name = self.cast.accounts[who].username
            self.known[who] = Person(self.browser, self.site, name, self.pictures)
        return self.known[who]


@pytest.fixture
def story(transactional_db: None, live_server: Any, tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    cast = Cast(datetime.now(UTC) - timedelta(minutes=2))
    for account in cast.accounts.values():
        set_password(account, PASSWORD)
    pictures = Path(os.environ.get("BMNN_PICTURES", tmp_path))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop of its own in this thread
    with chromium() as browser:
        told = Story(browser, live_server.url, cast, pictures)
        yield told
        troubles = {who: person.troubles for who, person in told.known.items() if person.troubles}
    assert troubles == {}


def _item_of_lists(level: str) -> Any:
    return next(i for i in legal.all_list_items(law.on(datetime.now(UTC).date())) if i.level == level)


def _open_books(clerk: Person) -> None:
    for code in ("so_di", "so_den", "so_chuyen_giao"):
        clerk.go("/ho-so/so/mo/")
        clerk.fill(code=code)
        clerk.press("Mở sổ")


def _propose(drafter: Person, level: str, draft: str) -> Item:
    """The item of the lists is found by a few words without marks."""
    listed = _item_of_lists(level)
    drafter.go("/ho-so/de-xuat/")
    drafter.page.locator("[name=tim]").type(listed.code)
    drafter.page.locator(f"input[name=list_code][value='{listed.code}']").check()
    drafter.fill(doc_type="Kế hoạch", draft_ref=draft, recipients="Công an tỉnh\nVăn phòng", copies="2")
    drafter.picture("de-xuat")
    drafter.press("Đề xuất độ mật")
    return Item.objects.get(draft_ref=draft)


def test_a_secret_goes_its_whole_way_and_stays_hidden_from_others(story: Story) -> None:
    clerk, head, drafter, taker = (story[w] for w in ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan"))
    _open_books(clerk)
    item = _propose(drafter, "MAT", "DT-01/VP")

    # The head finds it on the page of today and decides; a proposer finds the buttons refused.
    head.go("/")
    head.picture("hom-nay-thu-truong")
    head.page.click("main a:has-text('Chờ bạn xác định độ mật')")
    head.press("Xem và quyết định")
    head.picture("quyet-dinh")
    head.press("Xác định độ mật")
    assert "Xác định độ mật: đã ghi" in head.text()

    # The clerk registers it out: the number is shown after it was written.
    clerk.go("/")
    clerk.picture("hom-nay-van-thu")
    clerk.page.click("main a:has-text('Chờ đăng ký đi')")
    clerk.press("Đăng ký đi")
    clerk.fill(symbol="KH-UBND", abstract="Phương án bảo vệ kỳ thi", signer="Lê Văn Trưởng", keeper="Văn thư")
    clerk.picture("dang-ky-di")
    clerk.press("Đăng ký đi")
    assert "số thứ tự 01, số văn bản 01" in clerk.text()

    # Until it is handed to him the taker may not see it; then he signs.
    page = f"/ho-so/muc/{item.public_id}/"
    assert taker.go(page) == 404
    clerk.go(page)
    clerk.press("Chuyển giao")
    clerk.fill(to_person=str(story.cast.nguoi_nhan.person.public_id))
    clerk.press("Chuyển giao")
    assert taker.go("/ho-so/cho-ky-nhan/") == 200
    taker.press("Ký nhận")
    taker.press("Ký nhận")
    assert "Ký nhận: đã ghi" in taker.text()
    assert Copy.objects.get(item=item, number=1).state == "received"

    # The page of the item tells who did what, when, on what ground.
    clerk.go(page)
    clerk.picture("lich-su")
    told = clerk.text()
    for words in ("Nguyễn Văn Soạn", "Lê Văn Trưởng", "đăng ký đi", "ký nhận bản số 1", "Điều"):
        assert words in told
    book = Book.objects.get(code="so_di")
    for who in ("nguoi_ngoai", "quan_tri"):
        stranger = story[who]
        for address in (page, f"/ho-so/so/{book.public_id}/", f"/ho-so/so/{book.public_id}/in/"):
            assert stranger.go(address) == 404
        assert "Phương án" not in stranger.text()
    assert story["doan_kiem_tra"].go(f"/ho-so/so/{book.public_id}/") == 200
    assert (
        story["doan_kiem_tra"].go(f"/ho-so/dong/{Entry.objects.filter(book=book)[0].public_id}/huy-so/")
        == 404
    )


def test_incoming_lines_are_typed_by_keyboard_alone(story: Story) -> None:
    clerk = story["van_thu"]
    _open_books(clerk)
    book = Book.objects.get(code="so_den")
    clerk.go(f"/ho-so/so/{book.public_id}/nhap/")
    keys = clerk.page.keyboard
    today = datetime.now(UTC).astimezone().date()
    for line in ("15/KH-CAT", "16/BC-CAT"):
        if line.startswith("15"):
            keys.type(today.strftime("%d%m"))
            keys.press("Enter")
            keys.type("Công an tỉnh Mẫu")
        else:
            keys.press("F2")
            keys.press("Enter")
            keys.press("F2")
        keys.press("Enter")
        keys.type(line)
        keys.press("Enter")
        keys.type(today.strftime("%d/%m"))
        keys.press("Enter")  # kind, guessed from the symbol
        keys.press("Enter")
        keys.type("Kiểm tra định kỳ")
        keys.press("Enter")
        clerk.fill(level="MAT")
        clerk.picture("nhap-so-den")
        keys.press("Control+Enter")
        clerk.page.wait_for_selector("text=đã ghi")
    lines = list(Entry.objects.filter(book=book).order_by("order_no"))
    assert [(e.reference, e.doc_type, e.arrival_no) for e in lines] == [
        ("15/KH-CAT", "Kế hoạch", 1),
        ("16/BC-CAT", "Báo cáo", 2),
    ]
    assert lines[1].issuer == "Công an tỉnh Mẫu"

    # Search without marks; the words stand in no address.
    clerk.go(f"/ho-so/so/{book.public_id}/")
    keys.press("/")
    keys.type("kiem tra dinh")
    keys.press("Enter")
    clerk.page.wait_for_selector("table.register tbody a")
    assert clerk.page.locator("table.register tbody a").count() == 2
    assert "kiem" not in clerk.page.url
    clerk.picture("tim-trong-so")

    # Export is asked for with its purpose and can be read back.
    clerk.press("In, xuất sổ")
    clerk.fill(format="xlsx", purpose="Thử xuất sổ")
    with clerk.page.expect_download() as waiting:
        clerk.press("Tạo tệp")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).worksheets[0]
    assert [c.value for c in sheet[2]][4] == "15/KH-CAT"
    assert Event.objects.filter(act="records.export_book").count() == 1


def test_wrong_input_is_said_at_its_field_and_typed_words_stay(story: Story) -> None:
    clerk = story["van_thu"]
    _open_books(clerk)
    address = f"/ho-so/so/{Book.objects.get(code='so_den').public_id}/nhap/"
    given = {"issuer": "Bộ Nội vụ", "reference": "7/CV-BNV", "receiver": "Văn phòng", "abstract": "Một việc"}
    wrong = (
        ({"arrived": "31/02", "document_day": "01/01", "level": "MAT"}, "Không có ngày 31/02"),
        ({"arrived": "01/01", "document_day": "31/12/2099", "level": "MAT"}, "ở tương lai"),
        (
            {"arrived": "01/01", "document_day": "01/01", "level": "MAT", "abstract": "x" * 10_000},
            "dài 10000",
        ),
        (
            {"arrived": "01/01", "document_day": "01/01", "level": "MAT", "issuer": "A\u202eB"},
            "ký tự điều khiển",
        ),
        ({"arrived": "01/01", "document_day": "01/01", "level": ""}, "Hãy chọn độ mật"),
    )
    for values, words in wrong:
        clerk.go(address)
        clerk.fill(**{**given, **values})
        clerk.press("Đăng ký đến")
        assert words in clerk.page.locator(".errorlist").all_inner_texts().__str__(), words
        assert clerk.page.input_value("[name=reference]") == "7/CV-BNV"
    clerk.picture("loi-nhap")
    assert not Entry.objects.exists()

    # A summary typed for a Tuyệt mật item is in no answer, no event, no session.
    clerk.go(address)
    marker = "DẤU VẾT TRÍCH YẾU"
    clerk.fill(
        **{**given, "arrived": "01/01", "document_day": "01/01", "level": "TUYET_MAT", "abstract": marker}
    )
    clerk.press("Đăng ký đến")
    assert "Không ghi trích yếu" in clerk.text() and marker not in clerk.page.content()
    assert not Event.objects.filter(body__contains=marker).exists()


def test_a_double_click_writes_once_and_a_stale_decision_is_refused(story: Story) -> None:
    drafter, head = story["soan_thao"], story["thu_truong"]
    item = _propose(drafter, "MAT", "DT-02/VP")
    proposal = Proposal.objects.get(item=item)
    head.go(f"/ho-so/de-xuat/{proposal.public_id}/")
    second = story["cap_pho"]
    assert second.go(f"/ho-so/de-xuat/{proposal.public_id}/") == 200
    head.page.locator("button:text-is('Xác định độ mật')").dblclick()
    head.page.wait_for_selector("text=đã ghi")
    assert Event.objects.filter(act="records.determine").count() == 1
    second.press("Xác định độ mật")
    assert "đã được quyết định" in second.text()
    assert Event.objects.filter(act="records.determine").count() == 1
