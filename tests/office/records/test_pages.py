"""The pages of the registers: who may open which, what they show, what they never show."""

from __future__ import annotations

import subprocess
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bmnn.office.core.access import Viewer
from bmnn.office.core.models import Event
from bmnn.office.records import today
from bmnn.office.records.acts.hand_over import HandOver
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal
from tests.cast import Cast

from . import steps

WHO = ("van_thu", "thu_truong", "soan_thao", "nguoi_nhan", "nguoi_ngoai", "doan_kiem_tra", "quan_tri")


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons, now: pages run by the machine's clock."""
    return Cast(datetime.now(UTC) - timedelta(minutes=1))


def client(cast: Cast, who: str) -> Client:
    browser = Client()
    browser.force_login(cast.accounts[who], "django.contrib.auth.backends.ModelBackend")
    return browser


def this_day(cast: Cast) -> date:
    return timezone.localdate(cast.now)


def books_of(cast: Cast) -> dict[str, Book]:
    return {code: steps.open_book(cast, code) for code in ("so_di", "so_den", "so_chuyen_giao")}


def incoming(cast: Cast, book: Book, n: int = 1, **values: Any) -> Entry:
    day = this_day(cast)
    given = {"document_day": day, "arrived": day, "reference": f"{n}/KH-CAT"}
    steps.register_in(cast, book, **{**given, **values})
    return Entry.objects.latest("pk")


def pages(cast: Cast) -> dict[str, str]:
    """Every page that names an object, with an object of the cast's first unit."""
    shelf = books_of(cast)
    entry = incoming(cast, shelf["so_den"])
    proposal = steps.propose(cast, list_code=steps.listed("MAT", this_day(cast)))
    item = steps.determine(
        cast, steps.propose(cast, draft_ref="DT-9", list_code=steps.listed("MAT", this_day(cast)))
    )
    copy = Copy.objects.get(item=entry.item)
    one = {"book": shelf["so_den"].public_id, "entry": entry.public_id, "copy": copy.public_id}
    return {
        "book": reverse("records:book", args=[one["book"]]),
        "print": reverse("records:print", args=[one["book"]]),
        "register_in": reverse("records:register_in", args=[one["book"]]),
        "close": reverse("records:volume", args=[one["book"], "khoa-quyen"]),
        "correct": reverse("records:correct", args=[one["entry"]]),
        "void": reverse("records:void_number", args=[one["entry"]]),
        "item": reverse("records:item", args=[entry.item.public_id]),
        "hand_over": reverse("records:hand_over", args=[one["copy"]]),
        "decide": reverse("records:decide", args=[proposal.public_id]),
        "register_out": reverse("records:register_out", args=[item.public_id]),
    }


def test_each_page_opens_for_its_roles_and_is_not_there_for_others(cast: Cast) -> None:
    keeps, reads = {"van_thu"}, {"van_thu", "thu_truong", "doan_kiem_tra"}
    wanted = {
        "book": reads,
        "print": reads,
        "register_in": keeps,
        "close": keeps,
        "correct": keeps,
        "void": keeps,
        "item": reads,
        "hand_over": reads,
        "decide": reads | {"soan_thao"},
        "register_out": reads | {"soan_thao"},
    }
    addresses = pages(cast)
    opened: dict[str, set[str]] = {name: set() for name in addresses}
    for who in WHO:
        browser = client(cast, who)
        for name, address in addresses.items():
            status = browser.get(address).status_code
            assert status in (200, 404), (who, name, status)
            if status == 200:
                opened[name].add(who)
    assert opened == wanted
    assert Client().get(addresses["book"]).status_code == 302
    assert client(cast, "van_thu").get(f"/ho-so/so/{uuid.uuid4()}/").status_code == 404


def test_general_pages_say_no_english_and_show_nothing_of_others(cast: Cast) -> None:
    shelf = books_of(cast)
    incoming(cast, shelf["so_den"], abstract="Việc riêng của xã Một")
    names = ("shelf", "find", "queue", "to_register", "receipts", "ending", "mine", "held")
    for who in WHO:
        browser = client(cast, who)
        for name in names:
            answer = browser.get(reverse(f"records:{name}"))
            assert answer.status_code == 200, (who, name)
        found = browser.post(reverse("records:find"), {"q": "viec rieng"}).content.decode()
        assert ("Việc riêng của xã Một" in found) == (who in ("van_thu", "thu_truong", "doan_kiem_tra")), who


def test_a_book_is_read_page_by_page_and_searched_words_stand_in_no_address(cast: Cast) -> None:
    book = books_of(cast)["so_den"]
    for n in range(1, 121):
        incoming(cast, book, n, level=("MAT", "TOI_MAT")[n % 4 == 0])
    browser = client(cast, "van_thu")
    address = reverse("records:book", args=[book.public_id])

    def numbers(query: str = "") -> list[int]:
        return [e.order_no for e, _ in browser.get(address + query).context["rows"]]

    first = browser.get(address)
    assert numbers() == list(range(120, 70, -1))
    assert numbers(first.context["following"]) == list(range(70, 20, -1))
    assert numbers("?tu-dau=1")[:3] == [1, 2, 3]
    assert numbers("?so=15")[0] == 15
    assert set(numbers("?do=TOI_MAT")) == set(range(4, 121, 4))
    assert numbers("?truoc=khong&do=x&thang=99")[0] == 120
    sent = browser.post(address, {"q": "", "do": "TOI_MAT", "thang": ""})
    assert sent.status_code == 302 and sent["Location"].endswith("?do=TOI_MAT")
    assert len(first.content) < 25 * 1024
    found = browser.post(address, {"q": "kiem tra", "do": "TOI_MAT"})
    assert len(found.context["rows"]) == 30


def test_a_summary_of_the_highest_level_comes_back_in_no_answer(cast: Cast) -> None:
    shelf = books_of(cast)
    marker = "DẤU VẾT TRÍCH YẾU"
    browser = client(cast, "van_thu")
    day = f"{this_day(cast):%d/%m/%Y}"
    typed = {
        "key": "k1",
        "arrived": day,
        "document_day": day,
        "issuer": "Bộ",
        "reference": "1/CV-B",
        "doc_type": "Công văn",
        "level": "TUYET_MAT",
        "abstract": marker,
        "receiver": "Văn phòng",
        "copies": "1",
        "copy_no": "1",
        "kind": "document",
    }
    address = reverse("records:register_in", args=[shelf["so_den"].public_id])
    answer = browser.post(address, typed)
    assert answer.status_code == 422 and marker not in answer.content.decode()
    assert browser.post(address, {**typed, "abstract": ""}).status_code == 302
    entry = Entry.objects.get()
    wrong = {"key": "k2", "field": "abstract", "value": marker, "reason": "sửa"}
    answer = browser.post(reverse("records:correct", args=[entry.public_id]), wrong)
    assert answer.status_code == 422 and marker not in answer.content.decode()
    assert not Event.objects.filter(body__contains=marker).exists()
    assert marker not in "".join(str(s.get_decoded()) for s in Session.objects.all())


def test_a_decision_is_refused_with_its_article_and_the_form_keeps_what_was_typed(cast: Cast) -> None:
    proposal = steps.propose(cast, list_code=steps.listed("MAT", this_day(cast)))
    browser = client(cast, "cap_pho")
    address = reverse("records:decide", args=[proposal.public_id])
    typed = {"key": "d1", "digest": proposal.digest, "answer": "Đồng ý", "what": "determine"}
    answer = browser.post(address, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "cần văn bản ủy quyền" in text and "Căn cứ: " in text and "Đồng ý" in text
    assert Proposal.objects.get(pk=proposal.pk).status == "waiting"


def test_only_the_proposer_is_told_that_the_proposal_is_their_own(cast: Cast) -> None:
    proposal = steps.propose(cast, list_code=steps.listed("MAT", this_day(cast)))
    address = reverse("records:decide", args=[proposal.public_id])
    for who, own in (("thu_truong", False), ("soan_thao", True)):
        shown = client(cast, who).get(address).content.decode()
        assert ("đề xuất của chính bạn" in shown) == own, who


def test_a_receipt_is_offered_to_those_alone_who_may_write_it(cast: Cast) -> None:
    """Handed to another unit, on paper: the clerks of both sides; the leader sees the line without the buttons."""
    shelf = books_of(cast)
    entry = incoming(cast, shelf["so_den"])
    copy = Copy.objects.get(item=entry.item)
    handing = HandOver.Input(copy, shelf["so_chuyen_giao"], None, cast.other)
    cast.do(HandOver(handing), cast.accounts["van_thu"])
    buttons = {reverse(f"records:{name}", args=[copy.public_id]) for name in ("acknowledge", "return_wrong")}
    for who, offered in (("van_thu", buttons), ("thu_truong", set())):
        shown = client(cast, who).get(reverse("records:receipts")).content.decode()
        assert str(copy.item) in shown, who
        assert {address for address in buttons if address in shown} == offered, who


def test_off_list_classification_is_refused_and_the_level_follows_the_item(cast: Cast) -> None:
    browser = client(cast, "soan_thao")
    typed = {
        "key": "p1",
        "unit": str(cast.unit.public_id),
        "series": "bmnn",
        "list_code": "",
        "level": "MAT",
        "kind": "document",
        "doc_type": "Kế hoạch",
        "draft_ref": "DT-1",
        "recipients": "Công an tỉnh",
        "copies": "1",
    }
    answer = browser.post(reverse("records:propose"), typed)
    assert answer.status_code == 422 and "ngoài danh mục" in answer.content.decode()
    code = steps.listed("TOI_MAT", this_day(cast))
    assert (
        browser.post(reverse("records:propose"), {**typed, "list_code": code, "level": ""}).status_code == 302
    )
    assert Item.objects.get().level == "TOI_MAT"
    words = browser.post(reverse("records:list_items"), {"tim": code}).content.decode()
    assert code in words


def test_the_page_of_today_counts_what_waits_for_each_role(cast: Cast) -> None:
    shelf = books_of(cast)
    code = steps.listed("MAT", this_day(cast))
    steps.propose(cast, list_code=code)
    item = steps.determine(cast, steps.propose(cast, draft_ref="DT-2", list_code=code))
    copy = Copy.objects.get(item=incoming(cast, shelf["so_den"]).item)
    hand = HandOver.Input(copy, shelf["so_chuyen_giao"], to_person=cast.nguoi_nhan.person)
    cast.do(HandOver(hand), cast.van_thu)

    def counts(who: str) -> dict[str, int | None]:
        cards = today.cards(Viewer(cast.accounts[who], this_day(cast)))
        return {c.title: c.count for c in cards if c.count}

    assert counts("van_thu") == {"Chờ đăng ký đi": 1, "Đã giao, chưa có ký nhận": 1}
    assert counts("thu_truong") == {"Chờ bạn xác định độ mật": 1}
    assert counts("soan_thao") == {"Đề xuất của bạn đang chờ": 1}
    assert counts("nguoi_nhan") == {"Chờ bạn ký nhận": 1}
    assert counts("quan_tri") == {}
    assert counts("nguoi_ngoai") == {f"Sổ năm {this_day(cast).year} chưa mở": 3}
    assert item.state == "determined"


def test_a_printed_book_has_cover_lines_closing_line_and_fingerprint(cast: Cast, tmp_path: Path) -> None:
    book = books_of(cast)["so_den"]
    incoming(cast, book, 1, abstract="=HYPERLINK(1) <b>đậm</b>")
    incoming(cast, book, 2, level="TUYET_MAT", abstract="")
    browser = client(cast, "van_thu")
    address = reverse("records:print", args=[book.public_id])
    refused = browser.post(address, {"key": "i1", "format": "pdf", "purpose": ""})
    assert refused.status_code == 422 and "Chưa nhập mục đích" in refused.content.decode()
    answer = browser.post(address, {"key": "i2", "format": "pdf", "volume": "", "purpose": "Đóng quyển"})
    assert answer["Content-Type"] == "application/pdf"
    (tmp_path / "so.pdf").write_bytes(answer.content)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "so.pdf", "-"], capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    for words in (
        "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐẾN",
        "từ số 01 đến số 02",
        "Dấu vân tay",
        "<b>đậm</b>",
        "Trang 1/1",
    ):
        assert words in text, words
    # A day is not broken over two lines, also where ten columns share an upright page.
    assert text.count(f" {this_day(cast):%d/%m/%Y} ") >= 4
    Entry.objects.filter(book=book).update(signed="Đỗ Thị Nhận, 05/03/2026")
    for by_hand in ("", "on"):
        typed = {
            "key": f"i{by_hand}",
            "format": "pdf",
            "volume": "1",
            "purpose": "Ký tay",
            "by_hand": by_hand,
        }
        (tmp_path / "so.pdf").write_bytes(browser.post(address, typed).content)
        done = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "so.pdf", "-"], capture_output=True, check=True
        )
        assert ("Ký nhận:" in done.stdout.decode()) == (not by_hand)
    assert [Event.objects.latest("id").act, Event.objects.latest("id").data["count"]] == [
        "records.export_book",
        2,
    ]


def test_found_lines_are_read_in_one_query(cast: Cast, django_assert_max_num_queries: Any) -> None:
    from bmnn.office.records.search import search

    book = books_of(cast)["so_den"]
    for n in range(1, 9):
        incoming(cast, book, n)
    who = Viewer(cast.van_thu, this_day(cast))
    for one in (book, None):
        with django_assert_max_num_queries(6):
            found = search(cast.van_thu, who, "kiem tra", one)
            assert [(str(e.book) if one is None else "", e.summary, e.item.public_id) for e in found]
        assert len(found) == 8


@pytest.mark.parametrize("looked_at", [0, 4, 150])
def test_a_beginning_finds_the_same_lines_by_the_newest_lines_and_by_the_index(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    from bmnn import vietnamese
    from bmnn.office.records import search as room

    book = books_of(cast)["so_den"]
    words = ("Thuế đất", "Thu hồi", "Kế hoạch/thu gom", "Phương án_thử", "Đơn thư", "Nhu cầu")
    for n in range(1, 13):
        incoming(cast, book, n, abstract=words[n * 5 % 6])
    monkeypatch.setattr(room, "PAGE", 3)
    monkeypatch.setattr(room, "_LOOKED_AT", looked_at)
    who = Viewer(cast.van_thu, this_day(cast))
    lines = list(Entry.objects.filter(book=book).order_by("-pk"))
    assert len({e.abstract for e in lines}) == 6
    for text in ("t", "thu", "thue", "thử", "g", "đơn th", "thu h", "kh cat", "1", "1 kh", "hu"):
        *whole, last = vietnamese.fold(text).split()
        start = len(last) >= 3 or not whole
        parted = {e.pk: "".join(c if c.isalnum() else " " for c in e.fold).split() for e in lines}
        wanted = [
            e.pk
            for e in lines
            if set(whole) <= set(parted[e.pk])
            and any(w.startswith(last) if start else w == last for w in parted[e.pk])
        ]
        for one in (book, None):
            assert [e.pk for e in room.search(cast.van_thu, who, text, one)] == wanted[:3], text
            if len(wanted) > 3:
                following = room.search(cast.van_thu, who, text, one, before=wanted[2])
                assert [e.pk for e in following] == wanted[3:6], text
