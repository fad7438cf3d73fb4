"""The registers of one unit of the sample, and the acts its people do there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bmnn.office.core import lawview
from bmnn.office.core.engine import Entry
from bmnn.office.core.models import Person
from bmnn.office.records import legal
from bmnn.office.records.acts.acknowledge import Acknowledge
from bmnn.office.records.acts.close_book import CloseBook
from bmnn.office.records.acts.determine import Determine
from bmnn.office.records.acts.hand_over import HandOver
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.propose_level import ProposeLevel
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.acts.register_out import RegisterOut
from bmnn.office.records.models import Book, Copy, Item, Proposal
from bmnn.office.records.words import DOCUMENT_TYPES, LEVELS, NO_SUMMARY, SERIES

if TYPE_CHECKING:
    from bmnn.office.records.demo import Sample

_SUBJECTS = (
    "Phương án bảo đảm trật tự ngày hội văn hóa",
    "Tình hình thực hiện kế hoạch quý",
    "Kiểm tra việc quản lý hồ sơ cán bộ",
    "Kết quả xử lý đơn kiến nghị",
    "Dự toán kinh phí sửa chữa trụ sở",
    "Rà soát quy hoạch nhân sự",
    "Phân công trực lãnh đạo dịp lễ",
    "Kết quả tự kiểm tra công tác văn thư",
)
_ISSUERS = (
    "Văn phòng Chính phủ",
    "Bộ Nội vụ",
    "Công an tỉnh Mẫu",
    "Tỉnh ủy Mẫu",
    "Sở Tài chính tỉnh Mẫu",
    "Bộ Chỉ huy quân sự tỉnh Mẫu",
    "Thanh tra tỉnh Mẫu",
)
_OUTSIDE = ("Công an tỉnh Mẫu", "Thanh tra tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu", "Bộ Chỉ huy quân sự tỉnh Mẫu")


def subject(n: int) -> str:
    """What the n-th document is about."""
    return f"{_SUBJECTS[n % len(_SUBJECTS)]} (văn bản mẫu {n + 1})"


@dataclass(frozen=True)
class Desk:
    """Who works with the registers of a unit: logins of its clerk, head, deputy, drafter and taker."""

    unit: str
    clerk: str
    head: str
    drafter: str
    taker: str
    sign: str
    deputy: str = ""
    party: bool = False

    def book(self, sample: Sample, code: str, series: str, day: date) -> Iterator[Entry]:
        """Open this year's book where it is not open yet; last year's is closed first."""
        unit, clerk = sample.units[self.unit], sample.accounts[self.clerk]
        old = sample.books.get((self.unit, code, series))
        if old is not None and old.year == day.year:
            return
        if old is not None:
            yield sample.do(CloseBook(CloseBook.Input(old)), clerk, day)
        first = day.year - day.year % 5
        term = f"{first}-{first + 5}" if self.party and code == "so_di" else ""
        yield sample.do(OpenBook(OpenBook.Input(unit, code, series, term)), clerk, day)
        opened = Book.objects.get(unit=unit, code=code, series=series, year=day.year)
        sample.books[self.unit, code, series] = opened

    def receive(
        self, sample: Sample, n: int, day: date, series: str = "bmnn", level: str = "MAT", **values: Any
    ) -> Iterator[Entry]:
        """Something arrives and is registered."""
        yield from self.book(sample, "so_den", series, day)
        book = sample.books[self.unit, "so_den", series]
        given: dict[str, Any] = {
            "level": level if series == "bmnn" else "",
            "issuer": _ISSUERS[n % len(_ISSUERS)],
            "reference": f"{n % 180 + 1}/{('KH', 'BC', 'TB', 'CV')[n % 4]}-M{n % 9 + 1}",
            "document_day": day - timedelta(days=n % 6 + 1),
            "arrived": day,
            "doc_type": ("Kế hoạch", "Báo cáo", "Thông báo", "Công văn")[n % 4],
            "abstract": subject(n),
            "receiver": ("Văn phòng", "Lãnh đạo cơ quan", "Phòng Nội vụ")[n % 3],
            "copy_no": n % 5 + 1,
        } | values
        if given["level"] == NO_SUMMARY:
            given["abstract"] = ""
        yield sample.do(RegisterIn(RegisterIn.Input(book, **given)), sample.accounts[self.clerk], day)

    def propose(
        self,
        sample: Sample,
        n: int,
        day: date,
        series: str = "bmnn",
        level: str = "MAT",
        kind: str = "document",
    ) -> Iterator[Entry]:
        """The drafter proposes, with an item of the lists in force on the day."""
        types = list(DOCUMENT_TYPES)[:16]
        given: dict[str, Any] = {
            "unit": sample.units[self.unit],
            "kind": kind,
            "series": series,
            "level": "",
            "list_code": "",
            "doc_type": types[n % len(types)] if kind == "document" else ("Vật chứa", "Tài liệu khác")[n % 2],
            "draft_ref": f"DT-{n + 1:02d}/{self.sign.split('-')[0]}",
            "recipients": (_OUTSIDE[n % len(_OUTSIDE)], "Lưu văn thư"),
            "copies": 2 if kind == "document" else 1,
            "copying": n % 3 == 0,
        }
        if series == "bmnn":
            listed = pick(sample, day, level, n)
            given |= {"level": listed.level, "list_code": listed.code}
        else:
            given["reason"] = f"Theo quy chế làm việc của cơ quan, thuộc loại: {SERIES[series]}."
        yield sample.do(ProposeLevel(ProposeLevel.Input(**given)), sample.accounts[self.drafter], day)

    def decide(self, sample: Sample, day: date, *, deputy: bool = False, **values: Any) -> Iterator[Entry]:
        """The head (or the deputy under a written delegation) determines the newest proposal."""
        proposal = Proposal.objects.select_related("item").latest("pk")
        who = self.deputy if deputy and self.deputy else self.head
        act = Determine(Determine.Input(proposal, proposal.digest, **values))
        yield sample.do(act, sample.accounts[who], day)

    def register(self, sample: Sample, n: int, day: date) -> Iterator[Entry]:
        """The clerk registers the newest determined item out."""
        item = Item.objects.filter(unit=sample.units[self.unit], state="determined").latest("pk")
        yield from self.book(sample, "so_di", item.series, day)
        book = sample.books[self.unit, "so_di", item.series]
        short = DOCUMENT_TYPES[item.doc_type]
        symbol = f"{short}/{self.sign}" if self.party else f"{short}-{self.sign}"
        out = RegisterOut.Input(
            item=item,
            book=book,
            symbol=symbol,
            document_day=day,
            abstract="" if item.level == NO_SUMMARY else subject(n),
            signer=sample.accounts[self.head].person.name,
            keeper="Văn thư",
        )
        yield sample.do(RegisterOut(out), sample.accounts[self.clerk], day)

    def hand(
        self, sample: Sample, copy: Copy, day: date, person: Person | None, outside: str
    ) -> Iterator[Entry]:
        """A copy is handed to a person of the unit, or to another body."""
        yield from self.book(sample, "so_chuyen_giao", copy.item.series, day)
        book = sample.books[self.unit, "so_chuyen_giao", copy.item.series]
        act = HandOver(HandOver.Input(copy, book, to_person=person, to_text=outside))
        yield sample.do(act, sample.accounts[self.clerk], day)

    def deliver(
        self, sample: Sample, n: int, day: date, *, inside: bool, signed: bool = True
    ) -> Iterator[Entry]:
        """The first copy of the newest item that the clerk still holds goes out, with or without a receipt."""
        copy = (
            Copy.objects.filter(item__unit=sample.units[self.unit], state="held")
            .select_related("item", "holder_unit", "holder_person")
            .order_by("-item_id", "number")[0]
        )
        taker = sample.accounts[self.taker]
        if inside:
            yield from self.hand(sample, copy, day, taker.person, "")
            if signed:
                yield sample.do(Acknowledge(Acknowledge.Input(copy)), taker, day)
            return
        yield from self.hand(sample, copy, day, None, _OUTSIDE[n % len(_OUTSIDE)])
        if signed:
            receipt = Acknowledge.Input(copy, ("Ngô Văn Nhận", "Bùi Thị Ký", "Lý Văn Thu")[n % 3])
            yield sample.do(Acknowledge(receipt), sample.accounts[self.clerk], day)


DESKS: dict[str, Desk] = {
    "tinh": Desk("tinh", "vt.tinh", "ct.tinh", "st.tinh", "nn.tinh", "UBND", "pct.tinh"),
    "tinh_uy": Desk("tinh_uy", "vt.tu", "bt.tu", "st.tu", "st.tu", "TU", party=True),
    "so": Desk("so", "vt.so", "gd.so", "st.so", "st.so", "SNV"),
    "huyen": Desk("huyen", "vt.huyen", "ct.huyen", "vt.huyen", "ct.huyen", "UBND"),
    "xa1": Desk("xa1", "vt.xa1", "ct.xa1", "st.xa1", "nn.xa1", "UBND", "pct.xa1"),
    "xa2": Desk("xa2", "vt.xa2", "ct.xa2", "st.xa2", "nn.xa2", "UBND", "pct.xa2"),
    "xa3": Desk("xa3", "vt.xa3", "ct.xa3", "st.xa3", "nn.xa3", "UBND", "pct.xa3"),
    "du1": Desk("du1", "vt.xa1", "bt.du1", "st.du1", "st.du1", "ĐU", party=True),
}


def pick(sample: Sample, day: date, level: str, n: int) -> Any:
    """An item of the lists in force on the day: of the level when there is one, else of any."""
    wanted = sample.listed.get((day, level))
    if wanted is None:
        known = [i for i in legal.all_list_items(lawview.law_on(day)) if i.level in LEVELS]
        wanted = sample.listed[day, level] = [i for i in known if i.level == level] or known
    if not wanted:
        raise ValueError(f"ngày {day:%d/%m/%Y} không có mục danh mục nào")
    return wanted[n % len(wanted)]
