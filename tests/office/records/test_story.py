"""The story by acts: propose, determine, register out, hand over, receive; register in; correct, void, close."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bmnn.office.core.access import may
from bmnn.office.core.acts.delegate import Delegate
from bmnn.office.core.engine import Refused
from bmnn.office.core.models import Event
from bmnn.office.records.acts.acknowledge import Acknowledge
from bmnn.office.records.acts.close_volume import CloseVolume
from bmnn.office.records.acts.correct import Correct
from bmnn.office.records.acts.hand_over import HandOver
from bmnn.office.records.acts.open_volume import OpenVolume
from bmnn.office.records.acts.return_wrong import ReturnWrong
from bmnn.office.records.acts.void_number import VoidNumber
from bmnn.office.records.models import Copy, Custody, Entry, Item
from tests.cast import Cast

from . import steps


def refused(call: object, *args: object, **values: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **values)  # type: ignore[operator]
    return " ".join(f"[{r.field}] {r.message}" for r in caught.value.refusals)


def test_a_secret_goes_from_the_drafter_to_the_receiver(cast: Cast) -> None:
    out, hands = steps.open_book(cast, "so_di"), steps.open_book(cast, "so_chuyen_giao")
    item = steps.determine(cast, steps.propose(cast))
    assert item.term_until == date(2036, 4, 6)
    done = steps.register_out(cast, item, out)
    assert done.numbers == {"Số thứ tự": 1, "Số văn bản": 1}
    copy = Copy.objects.get(item=item, number=2)
    taker = cast.nguoi_nhan.person
    assert not may(cast.nguoi_nhan, "see", item, date(2026, 4, 6))
    cast.do(HandOver(HandOver.Input(copy, hands, to_person=taker)), cast.van_thu)
    copy.refresh_from_db()
    assert may(cast.nguoi_nhan, "see", item, date(2026, 4, 6))
    assert "Chỉ Đỗ Thị Nhận" in refused(cast.do, Acknowledge(Acknowledge.Input(copy)), cast.van_thu)
    cast.do(Acknowledge(Acknowledge.Input(copy)), cast.nguoi_nhan)
    assert Entry.objects.get(book=hands).signed == "Đỗ Thị Nhận, 06/04/2026"
    assert list(Custody.objects.filter(copy=copy).values_list("step", flat=True)) == [
        "made",
        "handed",
        "received",
    ]


def test_order_arrival_and_document_numbers_are_three_counters(cast: Cast) -> None:
    book, out = steps.open_book(cast, "so_den", last_order=40), steps.open_book(cast, "so_di")
    assert steps.register_in(cast, book).numbers == {"Số thứ tự": 41, "Số đến": 1}
    assert steps.register_in(cast, book, reference="16/KH-CAT").numbers == {"Số thứ tự": 42, "Số đến": 2}
    thing = steps.determine(cast, steps.propose(cast, kind="object", doc_type="Vật chứa"))
    assert steps.register_out(cast, thing, out).numbers == {"Số thứ tự": 1}
    paper = steps.determine(cast, steps.propose(cast))
    assert steps.register_out(cast, paper, out).numbers == {"Số thứ tự": 2, "Số văn bản": 1}


def test_party_documents_count_by_kind_through_the_term(cast: Cast) -> None:
    out = steps.open_book(cast, "so_di", term="2025-2030")
    numbers = []
    for kind in ("Kế hoạch", "Công văn", "Kế hoạch"):
        item = steps.determine(cast, steps.propose(cast, doc_type=kind))
        numbers.append(steps.register_out(cast, item, out).numbers["Số văn bản"])
    assert numbers == [1, 1, 2]


def test_numbers_run_on_through_volumes_and_a_voided_one_stays(cast: Cast) -> None:
    book = steps.open_book(cast, "so_den")
    steps.register_in(cast, book)
    entry = Entry.objects.get(book=book)
    cast.do(VoidNumber(VoidNumber.Input(entry, "Ghi nhầm sổ")), cast.van_thu)
    cast.do(CloseVolume(CloseVolume.Input(book)), cast.van_thu)
    assert "chưa có quyển" in refused(steps.register_in, cast, book)
    cast.do(OpenVolume(OpenVolume.Input(book)), cast.van_thu)
    assert steps.register_in(cast, book).numbers["Số thứ tự"] == 2
    assert list(book.volumes.values_list("number", "first_no", "last_no")) == [(1, 1, 1), (2, 2, 2)]


def test_nobody_decides_what_they_proposed_and_a_deputy_needs_a_delegation(cast: Cast) -> None:
    own = steps.propose(cast, actor=cast.thu_truong)
    assert "không được tự quyết định" in refused(steps.determine, cast, own)
    other = steps.propose(cast)
    assert "cần văn bản ủy quyền" in refused(steps.determine, cast, other, cast.cap_pho)
    assert "Không tìm thấy" in refused(steps.determine, cast, other, cast.nguoi_ngoai)
    steps.determine(cast, other)
    assert "đã được quyết định" in refused(steps.determine, cast, other)


def test_the_administrator_of_the_machine_proposes_nothing(cast: Cast) -> None:
    series = {"series": "cong_tac", "level": "", "list_code": ""}
    assert "quản trị máy không đề xuất" in refused(steps.propose, cast, actor=cast.quan_tri, **series)


def test_a_deputy_decides_only_while_and_as_far_as_the_written_delegation_holds(cast: Cast) -> None:
    paper = Delegate.Input(
        cast.post_of("thu_truong"),
        cast.post_of("cap_pho"),
        date(2026, 4, 1),
        "01/QĐ-UBND",
        ("determine",),
        ("MAT",),
        date(2026, 4, 10),
    )
    cast.do(Delegate(paper), cast.thu_truong)
    first, graver, later = steps.propose(cast), steps.propose(cast, "TOI_MAT"), steps.propose(cast)
    steps.determine(cast, first, cast.cap_pho)
    first.refresh_from_db()
    assert "theo ủy quyền bằng văn bản" in first.basis
    assert "cần văn bản ủy quyền" in refused(steps.determine, cast, graver, cast.cap_pho)
    cast.now += timedelta(days=4)  # the first day without it
    assert "cần văn bản ủy quyền" in refused(steps.determine, cast, later, cast.cap_pho)


def test_classifying_outside_the_list_or_against_its_level_is_refused(cast: Cast) -> None:
    assert "[list_code] Không xác định bí mật nhà nước ngoài danh mục" in refused(
        steps.propose, cast, list_code="Y.9"
    )
    graver = steps.listed("TOI_MAT")
    assert f"[level] Mục {graver} là độ Tối mật" in refused(steps.propose, cast, list_code=graver)


def test_a_typed_number_is_not_taken_for_a_symbol(cast: Cast) -> None:
    out = steps.open_book(cast, "so_di")
    item = steps.determine(cast, steps.propose(cast))
    assert "[symbol]" in refused(steps.register_out, cast, item, out, symbol="15/KH-UBND")
    steps.register_out(cast, item, out)
    item.refresh_from_db()
    assert item.reference == "01/KH-UBND"


def test_other_series_carry_no_level_and_no_term(cast: Cast) -> None:
    assert "không mang độ mật" in refused(steps.propose, cast, series="cong_tac")
    item = steps.determine(cast, steps.propose(cast, level="", series="noi_bo_dang"))
    assert (item.level, item.term_until, item.is_state_secret()) == ("", None, False)
    secrets = steps.open_book(cast, "so_di")
    assert "khác loại" in refused(steps.register_out, cast, item, secrets)


@pytest.mark.parametrize("act", ["in", "out", "correct"])
def test_a_summary_of_the_highest_level_is_written_nowhere(cast: Cast, act: str) -> None:
    marker = "DẤU-VẾT-TRÍCH-YẾU"
    if act == "in":
        book = steps.open_book(cast, "so_den")
        words = refused(steps.register_in, cast, book, level="TUYET_MAT", abstract=marker)
    else:
        book = steps.open_book(cast, "so_di")
        item = steps.determine(cast, steps.propose(cast, "TUYET_MAT"))
        if act == "out":
            words = refused(steps.register_out, cast, item, book, abstract=marker)
        else:
            steps.register_out(cast, item, book)
            wrong = Correct(Correct.Input(Entry.objects.get(book=book), "abstract", marker, "sửa"))
            words = refused(cast.do, wrong, cast.van_thu)
    assert "Không ghi trích yếu" in words and marker not in words
    assert not Event.objects.filter(body__contains=marker).exists()


def test_the_database_itself_refuses_such_a_summary(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    item = steps.determine(cast, steps.propose(cast, "TUYET_MAT"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(abstract="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            id=10**6, stream="x", seq=0, act="x", at="", day="", key="k", numbers="[]",
            body='{"level":"TUYET_MAT","abstract":"x"}', salt=b"", leaf_hash=b"",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"arrived": date(2026, 4, 7)}, "arrived"),
        ({"arrived": date(2017, 12, 31), "document_day": date(2017, 12, 1)}, "arrived"),
        ({"arrived": date(2026, 3, 31)}, "arrived"),
        ({"document_day": None}, "document_day"),
        ({"abstract": "x" * 10_000}, "abstract"),
        ({"issuer": "Công an\u202e tỉnh"}, "issuer"),
        ({"reference": "15\x00/KH"}, "reference"),
        ({"copies": 0}, "copies"),
        ({"level": ""}, "level"),
        ({"doc_type": "Bài thơ"}, "doc_type"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_takes_no_number(
    cast: Cast, values: dict[str, object], field: str
) -> None:
    book = steps.open_book(cast, "so_den")
    assert f"[{field}]" in refused(steps.register_in, cast, book, **values)
    assert steps.register_in(cast, book).numbers["Số thứ tự"] == 1


def test_decomposed_and_hostile_text_is_kept_as_plain_composed_text(cast: Cast) -> None:
    book = steps.open_book(cast, "so_den")
    text = "=HYPERLINK(1) <b>Kế hoạch</b>"
    import unicodedata

    steps.register_in(cast, book, abstract=unicodedata.normalize("NFD", text))
    assert Entry.objects.get(book=book).abstract == text


def test_the_same_document_is_registered_once(cast: Cast) -> None:
    book = steps.open_book(cast, "so_den")
    steps.register_in(cast, book)
    assert "đã đăng ký, số thứ tự 1" in refused(steps.register_in, cast, book)


def test_a_wrong_delivery_goes_back(cast: Cast) -> None:
    book = steps.open_book(cast, "so_den")
    steps.register_in(cast, book)
    copy = Copy.objects.get()
    cast.do(ReturnWrong(ReturnWrong.Input(copy, "Gửi nhầm xã")), cast.van_thu)
    copy.refresh_from_db()
    assert (copy.state, copy.item.state, copy.holder) == ("returned", "returned", "Công an tỉnh Mẫu")


def test_only_the_unit_and_those_concerned_see_an_item_in_both_readings(cast: Cast) -> None:
    item = steps.determine(cast, steps.propose(cast, "TOI_MAT"))
    day = date(2026, 4, 6)
    seen = {
        who: may(account, "see", item, day)
        for who, account in cast.accounts.items()
        if may(account, "see", item, day) == Item.objects.visible_to(account, day=day).exists()
    }
    assert seen == {
        "van_thu": True,
        "thu_truong": True,
        "cap_pho": True,
        "soan_thao": True,
        "nguoi_nhan": False,
        "nguoi_ngoai": False,
        "doan_kiem_tra": True,
        "quan_tri": False,
    }


def test_a_stranger_cannot_write_into_the_book(cast: Cast) -> None:
    book = steps.open_book(cast, "so_den")
    from bmnn.office.records.acts.close_book import CloseBook

    for who in ("nguoi_ngoai", "quan_tri", "soan_thao", "doan_kiem_tra"):
        words = refused(cast.do, CloseBook(CloseBook.Input(book)), cast.accounts[who])
        assert "Chỉ văn thư của Ủy ban nhân dân xã Mẫu Một" in words


def test_search_needs_no_marks_and_keeps_lines_from_those_who_may_not_see_them(cast: Cast) -> None:
    from bmnn.office.core.access import Viewer
    from bmnn.office.records.search import search

    book = steps.open_book(cast, "so_den")
    steps.register_in(cast, book)
    day = date(2026, 4, 6)

    def found(who: str, text: str) -> int:
        account = cast.accounts[who]
        return len(search(account, Viewer(account, day), text, book))

    assert [found("van_thu", t) for t in ("kiem tra dinh", "KIỂM TRA", "15/kh", "vang mat")] == [1, 1, 1, 0]
    assert [found(w, "kiem") for w in ("nguoi_ngoai", "quan_tri", "soan_thao")] == [0, 0, 0]
    assert found("van_thu", 'x" OR fold:"kiem') == 0
