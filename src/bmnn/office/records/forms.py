"""Forms of the registers: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

from typing import Any

from django import forms

from bmnn.office.records.words import DOCUMENT_TYPES, KINDS, LEVELS, NO_SUMMARY, SERIES
from bmnn.office.web.fields import ActForm, DayField, choice, count, line_field

_LEVEL_CHOICES = [("", "Không phải bí mật nhà nước"), *LEVELS.items()]
_TYPES = [(t, t) for t in DOCUMENT_TYPES]


class RecordForm(ActForm):
    """A form of the registers. A typed Tuyệt mật summary is never shown again."""

    def __init__(self, *args: Any, level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret_level = level
        if "abstract" in self.fields and level == NO_SUMMARY:
            del self.fields["abstract"]
        typed = self.data.get("level", "") if self.is_bound else ""
        if typed == NO_SUMMARY and self.data.get("abstract"):
            self.data = self.data.copy()
            self.data["abstract"] = ""
            self.summary_withheld = True

    summary_withheld = False

    def before_validation(self) -> None:
        if self.summary_withheld:
            self.add_error("abstract", "Không ghi trích yếu của bí mật nhà nước độ Tuyệt mật; ô đã được xóa.")


class ProposeForm(RecordForm):
    """A proposal of a level."""

    unit = choice("Cơ quan", ())
    series = choice("Loại thông tin", list(SERIES.items()))
    level = choice("Độ mật", _LEVEL_CHOICES, required=False)
    list_code = choice("Mục danh mục bí mật nhà nước", (), required=False)
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
    answer = line_field("Ý kiến", required=False, rows=2)


class RegisterOutForm(RecordForm):
    """The registration of an outgoing item."""

    symbol = line_field("Ký hiệu", help_text="Ví dụ KH-UBND; số được cấp khi ghi sổ.")
    document_day = DayField(label="Ngày văn bản", required=False)
    abstract = line_field("Trích yếu", required=False, rows=2)
    signer = line_field("Người ký")
    keeper = line_field("Đơn vị lưu")
    note = line_field("Ghi chú", required=False)


class RegisterInForm(RecordForm):
    """The registration of an incoming item."""

    arrived = DayField(label="Ngày đến", required=False)
    issuer = line_field("Cơ quan ban hành")
    reference = line_field("Số, ký hiệu")
    document_day = DayField(label="Ngày văn bản", required=False)
    doc_type = choice("Tên loại", _TYPES)
    level = choice("Độ mật", _LEVEL_CHOICES, required=False)
    abstract = line_field("Trích yếu", required=False)
    receiver = line_field("Đơn vị nhận")
    copies = count("Số lượng bản")
    copy_no = count("Bản số")
    note = line_field("Ghi chú", required=False)


class HandOverForm(RecordForm):
    """The hand-over of a copy."""

    to_person = choice("Người nhận", (), required=False)
    to_text = line_field("Hoặc cơ quan nhận", required=False)
    note = line_field("Ghi chú", required=False)


class AcknowledgeForm(RecordForm):
    """The receipt of a copy."""

    signed_by = line_field("Họ tên người ký trên sổ giấy (nơi nhận bên ngoài)", required=False)


class ReasonForm(RecordForm):
    """A reason."""

    reason = line_field("Lý do", rows=2)


class CorrectForm(RecordForm):
    """A correction of one column."""

    field = choice("Cột", ())
    value = line_field("Nội dung đúng", required=False)
    reason = line_field("Lý do đính chính")


class OpenBookForm(RecordForm):
    """A new book."""

    unit = choice("Cơ quan", ())
    code = choice("Loại sổ", ())
    series = choice("Loại thông tin", list(SERIES.items()))
    term = line_field("Nhiệm kỳ (cơ quan Đảng)", required=False, help_text="Ví dụ 2025-2030.")
    last_order = forms.IntegerField(label="Số thứ tự cuối của sổ giấy trong năm", initial=0, required=False)
