"""Books as declarations: one list of columns drives the screen, the print and the sheet of each register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bmnn.office.records.models import Book, Entry
from bmnn.office.records.words import BOOKS, SERIES


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _number(value: int | None) -> str:
    return f"{value:02d}" if value else ""


def _with_receipt(entry: Entry) -> str:
    return "\n".join(p for p in (entry.recipients, f"Ký nhận: {entry.signed}" if entry.signed else "") if p)


def _note(entry: Entry) -> str:
    return "; ".join(p for p in (f"ĐÃ HỦY SỐ: {entry.voided}" if entry.voided else "", entry.note) if p)


@dataclass(frozen=True)
class Column:
    """One column of the paper form: heading, share of the width, what stands in it."""

    heading: str
    width: float
    value: Callable[[Entry], str]


_ORDER = Column("Số thứ tự", 1, lambda e: _number(e.order_no))
_LEVEL = Column("Độ mật", 1.2, lambda e: e.level_word)
_SUMMARY = Column("Tên loại và trích yếu nội dung tài liệu, vật chứa bí mật nhà nước", 4, lambda e: e.summary)
_NOTE = Column("Ghi chú", 1.6, _note)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "so_di": (
        _ORDER,
        Column("Số, ký hiệu tài liệu, vật chứa bí mật nhà nước", 2, lambda e: e.reference),
        Column("Ngày tháng xác định tài liệu, vật chứa bí mật nhà nước", 1.6, lambda e: _day(e.document_day)),
        _SUMMARY,
        _LEVEL,
        Column("Người ký tài liệu, vật chứa bí mật nhà nước", 2, lambda e: e.signer),
        Column("Nơi nhận và ký nhận", 2.6, _with_receipt),
        Column("Đơn vị lưu", 1.6, lambda e: e.keeper),
        Column("Số lượng", 1, lambda e: str(e.copies or "")),
        _NOTE,
    ),
    "so_den": (
        _ORDER,
        Column("Ngày đến", 1.5, lambda e: _day(e.day)),
        Column("Số đến", 1, lambda e: _number(e.arrival_no)),
        Column("Cơ quan, tổ chức ban hành tài liệu, vật chứa bí mật nhà nước", 2.4, lambda e: e.issuer),
        Column("Số, ký hiệu", 1.8, lambda e: e.reference),
        Column("Ngày tháng", 1.5, lambda e: _day(e.document_day)),
        _SUMMARY,
        _LEVEL,
        Column("Đơn vị và ký nhận", 2.4, _with_receipt),
        _NOTE,
    ),
    "so_chuyen_giao": (
        _ORDER,
        Column("Ngày chuyển giao", 1.5, lambda e: _day(e.day)),
        Column("Số, ký hiệu", 2, lambda e: e.reference),
        _LEVEL,
        Column("Bản số", 1.2, lambda e: e.keeper),
        Column("Nơi nhận, người nhận", 3, lambda e: e.recipients),
        Column("Ký nhận", 2.4, lambda e: e.signed),
        _NOTE,
    ),
}

TITLES: dict[str, str] = {
    "so_di": "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐI",
    "so_den": "SỔ ĐĂNG KÝ BÍ MẬT NHÀ NƯỚC ĐẾN",
    "so_chuyen_giao": "SỔ CHUYỂN GIAO BÍ MẬT NHÀ NƯỚC",
}


def title(book: Book) -> str:
    """The heading of the cover; the other series never carry the name of state secrets."""
    if book.series == "bmnn":
        return TITLES[book.code]
    return f"{BOOKS[book.code]} tài liệu {SERIES[book.series]}".upper()


def headings(book: Book) -> list[str]:
    """The headings of the book's columns, without the words "state secret" in the other series."""
    names = [c.heading for c in COLUMNS[book.code]]
    if book.series == "bmnn":
        return names
    return [n.replace(" tài liệu, vật chứa bí mật nhà nước", "") for n in names]


def row(book: Book, entry: Entry) -> list[str]:
    """The cells of one line."""
    return [c.value(entry) for c in COLUMNS[book.code]]


def closing_line(first: int | None, last: int | None) -> str:
    """The words under the last line of a volume."""
    if first is None or last is None:
        return "Quyển này chưa có dòng nào."
    return f"Quyển này có {last - first + 1} số thứ tự, từ số {first:02d} đến số {last:02d}."
