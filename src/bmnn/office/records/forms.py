"""Forms of the registers: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from bmnn.office.records.words import DOCUMENT_TYPES, KINDS, LEVELS, NO_SUMMARY, SERIES
from bmnn.office.web.fields import ActForm, DayField, choice, count, inside, line_field


def whole_number(label: str, *, required: bool = True) -> forms.IntegerField:
    """A whole number that is typed."""
    wrong = f"{label} phải là một số nguyên."
    return forms.IntegerField(
        label=label,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": f"Chưa nhập {inside(label)}.", "invalid": wrong},
    )


_LEVEL_CHOICES = [("", "Không phải bí mật nhà nước"), *LEVELS.items()]
_TYPES = [(t, t) for t in DOCUMENT_TYPES]
WITHHELD = "Không ghi trích yếu của bí mật nhà nước độ Tuyệt mật; ô đã được xóa."


class RecordForm(ActForm):
    """A form of the registers. A typed summary of a Tuyệt mật item is dropped at once and never shown again.

    `summary_field` is where such a summary would be typed; `level` the level of an item that is known already.
    """

    summary_field = "abstract"

    def __init__(self, *args: Any, level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level = level
        self.withheld = False
        if self.is_bound and self.is_secret() and self.data.get(self.summary_field):
            self.data = self.data.copy()
            self.data[self.summary_field] = ""
            self.withheld = True

    def is_secret(self) -> bool:
        """Whether what is typed in the secret field would be a summary that may exist nowhere."""
        return NO_SUMMARY in (self.data.get("level", ""), self.level)

    def before_validation(self) -> None:
        if self.withheld:
            self.add_error(self.summary_field if self.summary_field in self.fields else None, WITHHELD)


class ProposeForm(RecordForm):
    """A proposal of a level."""

    unit = choice("Cơ quan", ())
    series = choice("Loại thông tin", list(SERIES.items()))
    list_code = line_field("Mục danh mục bí mật nhà nước", required=False)
    level = choice("Độ mật", [("", "Theo mục danh mục đã chọn"), *LEVELS.items()], required=False)
    kind = choice("Hình thức", list(KINDS.items()))
    doc_type = choice("Tên loại", _TYPES)
    draft_ref = line_field(
        "Ký hiệu dự thảo", help_text="Viết liền, ví dụ DT-03/VP; không ghi nội dung ở đây."
    )
    recipients = line_field("Nơi nhận", rows=3, help_text="Mỗi nơi nhận một dòng.")
    copies = count("Số bản phát hành")
    copying = forms.BooleanField(label="Được phép sao, chụp", required=False)
    reason = line_field("Lý do", required=False, rows=2)


class DecideForm(RecordForm):
    """The answer to a proposal."""

    digest = forms.CharField(widget=forms.HiddenInput)
    term_until = DayField(label="Thời hạn bảo vệ ngắn hơn (nếu có)", required=False)
    answer = line_field("Ý kiến", required=False, rows=2, help_text="Bắt buộc khi không chấp nhận đề xuất.")


class RegisterOutForm(RecordForm):
    """The registration of an outgoing item."""

    symbol = line_field("Ký hiệu", help_text="Ví dụ KH-UBND; số được cấp khi ghi sổ.")
    document_day = DayField(label="Ngày văn bản", required=False)
    abstract = line_field("Trích yếu", required=False, rows=2)
    signer = line_field("Người ký")
    keeper = line_field("Đơn vị lưu")
    note = line_field("Ghi chú", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.level == NO_SUMMARY:
            del self.fields["abstract"]


class RegisterInForm(RecordForm):
    """The registration of an incoming item: one row of the typing grid."""

    arrived = DayField(label="Ngày đến", required=False)
    issuer = line_field("Cơ quan ban hành")
    reference = line_field("Số, ký hiệu")
    document_day = DayField(label="Ngày văn bản", required=False)
    doc_type = choice("Tên loại", _TYPES)
    level = choice("Độ mật", [("", "Chọn độ mật"), *LEVELS.items()], required=False)
    abstract = line_field("Trích yếu", required=False)
    receiver = line_field("Đơn vị nhận")
    copies = count("Số lượng bản")
    copy_no = count("Bản số")
    kind = choice("Hình thức", list(KINDS.items()))
    note = line_field("Ghi chú", required=False)


class HandOverForm(RecordForm):
    """The hand-over of a copy."""

    to_person = choice("Người nhận", (), required=False)
    to_text = line_field("Hoặc cơ quan, đơn vị nhận", required=False)
    note = line_field("Ghi chú", required=False)


class AcknowledgeForm(RecordForm):
    """The receipt of a copy."""

    signed_by = line_field("Họ tên người đã ký trên sổ giấy", required=False)


class ReasonForm(RecordForm):
    """A reason."""

    reason = line_field("Lý do", rows=2)


class CorrectForm(RecordForm):
    """A correction of one column. The right words of a Tuyệt mật line's summary would be a summary."""

    summary_field = "value"

    field = choice("Cột", ())
    value = line_field("Nội dung đúng", required=False)
    reason = line_field("Lý do đính chính")

    def is_secret(self) -> bool:
        return self.level == NO_SUMMARY and self.data.get("field") == "abstract"


class OpenBookForm(RecordForm):
    """A new book."""

    unit = choice("Cơ quan", ())
    code = choice("Loại sổ", ())
    series = choice("Loại thông tin", list(SERIES.items()))
    term = line_field(
        "Nhiệm kỳ (cơ quan Đảng)",
        required=False,
        help_text="Ví dụ 2025-2030: số văn bản chạy theo tên loại trong nhiệm kỳ. Cơ quan nhà nước để trống.",
    )
    last_order = forms.IntegerField(
        label="Số thứ tự cuối của sổ giấy trong năm",
        initial=0,
        required=False,
        help_text="Khi chuyển từ sổ giấy giữa năm; sổ mới ghi tiếp số sau số này.",
        error_messages={"invalid": "Số thứ tự cuối phải là một số nguyên."},
    )


class OpenOldBookForm(RecordForm):
    """A paper book of an earlier year."""

    unit = choice("Cơ quan", ())
    code = choice("Loại sổ", ())
    series = choice("Loại thông tin", list(SERIES.items()))
    year = whole_number("Năm của sổ")


class OldLineForm(RecordForm):
    """One line of an old paper book: a row of the typing grid. `number` and `symbol` make the reference.

    A day typed without a year is of the book's `year`.
    """

    order_no = whole_number("Số thứ tự")
    arrival_no = whole_number("Số đến", required=False)
    day = DayField(label="Ngày đến", required=False)
    issuer = line_field("Cơ quan ban hành", required=False)
    number = line_field("Số", required=False)
    symbol = line_field("Ký hiệu", required=False)
    document_day = DayField(label="Ngày văn bản", required=False)
    doc_type = choice("Tên loại", _TYPES)
    abstract = line_field("Trích yếu", required=False)
    level = choice("Độ mật", [("", "Chọn độ mật"), *LEVELS.items()], required=False)
    signer = line_field("Người ký", required=False)
    recipients = line_field("Nơi nhận", required=False)
    signed = line_field("Ký nhận", required=False)
    keeper = line_field("Đơn vị lưu", required=False)
    copies = count("Số lượng")
    note = line_field("Ghi chú", required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "document_day"):
            self.fields[name].widget.attrs["data-year"] = year
            if self.is_bound and self.data.get(name):
                self.data = self.data.copy()
                self.data[name] = with_year(self.data[name], year)


def with_year(text: str, year: int) -> str:
    """`0104` and `1/4` with the year; anything else as it was typed."""
    found = re.fullmatch(r"\s*(\d{2})(\d{2})\s*|\s*(\d{1,2})[/.-](\d{1,2})\s*", text)
    if found is None:
        return text
    return f"{found[1] or found[3]}/{found[2] or found[4]}/{year}"


def join_reference(number: str, symbol: str) -> str:
    """Number and symbol as they are written: 15/KH-UBND, 15-KH/TU; what was typed whole stays as it is."""
    number, symbol = number.strip(), symbol.strip()
    if not symbol or not number:
        return number or symbol
    return f"{number}{'-' if '/' in symbol else '/'}{symbol}"


def split_reference(text: str) -> tuple[str, str]:
    """`15/KH-UBND` or `15-KH/TU` as number and symbol; no number: ("", the text)."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*([/-])\s*(\S.*)", text)
    return (found[1], found[3].strip()) if found else ("", text.strip())
