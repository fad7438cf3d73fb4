"""Old paper books: typed and read from a sheet by the same rules; an export can be read back as it is."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bmnn.office.core.engine import Refused
from bmnn.office.core.models import Event
from bmnn.office.records import importing, paper
from bmnn.office.records.acts.enter_old_line import EnterOldLine
from bmnn.office.records.acts.open_old_book import OpenOldBook
from bmnn.office.records.models import Book, Entry
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons, now: an import runs by the machine's clock."""
    return Cast(datetime.now(UTC) - timedelta(minutes=1))


def old_book(cast: Cast, code: str = "so_den", year: int = 2021) -> Book:
    done = cast.do(OpenOldBook(OpenOldBook.Input(cast.unit, code, year)), cast.van_thu)
    return Book.objects.get(public_id=done.event.data["book"])


def enter(cast: Cast, book: Book, **values: Any) -> None:
    given: dict[str, Any] = {
        "order_no": 7,
        "arrival_no": 9,
        "reference": "15/KH-CAT",
        "document_day": date(2021, 3, 1),
        "day": date(2021, 3, 4),
        "doc_type": "Kế hoạch",
        "abstract": "Kiểm tra định kỳ",
        "level": "MAT",
        "issuer": "Công an tỉnh Mẫu",
        "recipients": "Văn phòng",
        "signed": "Đỗ Thị Nhận, 05/03/2021",
    }
    cast.do(EnterOldLine(EnterOldLine.Input(book, **{**given, **values})), cast.van_thu)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"arrival_no": 10}, "order_no"),
        ({"order_no": 8, "arrival_no": 9}, "arrival_no"),
        ({"order_no": 8, "arrival_no": 10, "day": date(2022, 1, 3)}, "day"),
        ({"order_no": 8, "arrival_no": 10, "document_day": date(2021, 12, 1)}, "day"),
        ({"order_no": 0, "arrival_no": 10}, "order_no"),
        ({"order_no": 8, "arrival_no": 10, "level": "TUYET_MAT"}, "abstract"),
    ],
)
def test_numbers_and_days_are_those_of_the_paper_and_are_checked(
    cast: Cast, values: dict[str, Any], field: str
) -> None:
    book = old_book(cast)
    enter(cast, book)
    entry = Entry.objects.get(book=book)
    assert (entry.order_no, entry.arrival_no, entry.item.term_until) == (7, 9, date(2031, 3, 1))
    with pytest.raises(Refused) as caught:
        enter(cast, book, **values)
    assert [r.field for r in caught.value.refusals] == [field]
    assert Entry.objects.filter(book=book).count() == 1


def test_this_year_is_no_old_book(cast: Cast) -> None:
    with pytest.raises(Refused):
        old_book(cast, year=cast.now.year)
    with pytest.raises(Refused):
        old_book(cast, year=2017)  # before the unit existed


def sheet(book: Book, *rows: list[object]) -> bytes:
    """A workbook as Excel saves it: the template with rows below the headings."""
    work = openpyxl.load_workbook(io.BytesIO(importing.template(book)))
    for row in rows:
        work.worksheets[0].append(row)
    target = io.BytesIO()
    work.save(target)
    return target.getvalue()


GOOD = [
    1,
    date(2021, 1, 5),
    1,
    "Bộ Nội vụ",
    "12/CV-BNV",
    "04/01/2021",
    "Công văn: Một việc",
    "Mật",
    "Văn phòng",
    "",
]


def test_all_errors_come_at_once_and_nothing_is_written(cast: Cast) -> None:
    book = old_book(cast)
    marker = "DẤU VẾT TRÍCH YẾU"
    body = sheet(
        book,
        GOOD,
        [1, "31/02/2021", 2, "Bộ Nội vụ", "13/CV-BNV", "04/01/2021", "Công văn: Hai việc", "Mật", "", ""],
        [3, "06/01/2021", "ba", "", "14/CV-BNV", "04/01/2021", "Công văn: Ba việc", "Rất mật", "", ""],
        [4, "06/01/2021", 4, "Bộ", "15/CV-BNV", "04/01/2021", f"Công văn: {marker}", "Tuyệt mật", "", ""],
    )
    result = importing.run(book, importing.read(body), cast.van_thu, write=True)
    found = {(p.row, p.column, p.value) for p in result.problems}
    assert (3, "Ngày đến", "31/02/2021") in found
    assert (4, "Số đến", "ba") in found and (4, "Độ mật", "Rất mật") in found
    assert any(p.row == 5 and "trích yếu" in p.message for p in result.problems)
    assert marker not in repr(result)
    assert not Entry.objects.exists() and not Event.objects.filter(act="records.enter_old_line").exists()


def test_an_export_reads_back_as_it_is(cast: Cast) -> None:
    book = old_book(cast)
    enter(cast, book)
    enter(cast, book, order_no=8, arrival_no=10, level="TUYET_MAT", abstract="", reference="=1+1/CV-X")
    enter(cast, book, order_no=9, arrival_no=11, reference="17/BC-CAT", voided="Ghi nhầm", note="xem số 7")
    wanted = paper.Request(book, None, cast.van_thu, timezone.localtime())
    body = paper.sheet(wanted)
    other = old_book(cast, year=2021, code="so_di")  # another book of the year does not disturb
    assert other.entries.count() == 0
    before = [_line(e) for e in book.entries.all()]
    again = Book.objects.get(pk=_copy_of(cast, book))
    result = importing.run(again, importing.read(body), cast.van_thu, write=True)
    assert result.problems == []
    assert [_line(e) for e in again.entries.all()] == before


def _copy_of(cast: Cast, book: Book) -> int:
    """The same book once more, in another series' place: the year before has no lines yet."""
    Book.objects.filter(pk=book.pk).update(year=1990)
    return old_book(cast, book.code, 2021).pk


def _line(entry: Entry) -> list[object]:
    names = (
        "order_no", "arrival_no", "day", "reference", "document_day", "issuer", "doc_type", "abstract", "level",
        "recipients", "signed", "note", "voided",
    )  # fmt: skip
    return [getattr(entry, n) for n in names]


def test_a_file_that_is_no_sheet_or_lacks_a_column_is_named(cast: Cast) -> None:
    book = old_book(cast)
    with pytest.raises(importing.Unreadable, match="bảng tính"):
        importing.read(b"PK\x03\x04 khong phai xlsx")
    work = openpyxl.Workbook()
    work.active.append(["Số thứ tự", "Ngày đến"])
    work.active.append([1, "05/01/2021"])
    target = io.BytesIO()
    work.save(target)
    with pytest.raises(importing.Unreadable, match="Thiếu cột: Số đến"):
        importing.run(book, importing.read(target.getvalue()), cast.van_thu, write=False)


def test_the_page_previews_names_every_error_and_writes_what_is_right(cast: Cast) -> None:
    book = old_book(cast)
    browser = Client()
    browser.force_login(cast.van_thu, "django.contrib.auth.backends.ModelBackend")
    address = reverse("records:import", args=[book.public_id])

    def send(*rows: list[object]) -> Any:
        return browser.post(address, {"sheet": SimpleUploadedFile("so.xlsx", sheet(book, *rows))})

    bad = send(GOOD, [*GOOD[:1], "31/02/2021", *GOOD[2:]]).content.decode()
    assert "chưa ghi dòng nào" in bad and "31/02/2021" in bad and "Ngày đến" in bad
    seen = send(GOOD)
    assert "1 dòng đều đúng" in seen.content.decode() and not Entry.objects.exists()
    assert browser.post(address, {"rows": "không phải bảng"}).status_code == 422
    assert browser.post(address, {"rows": seen.context["rows"]}).status_code == 302
    assert Entry.objects.get().reference == "12/CV-BNV"
    assert browser.post(address, {"rows": seen.context["rows"]}).status_code == 422  # its number is used now
    stranger = Client()
    stranger.force_login(cast.nguoi_ngoai, "django.contrib.auth.backends.ModelBackend")
    assert stranger.get(address).status_code == 404
