"""Forms of the registers: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from bmnn.office.records.words import DOCUMENT_TYPES, KINDS, LEVELS, NO_SUMMARY, SERIES


class DayField(forms.CharField):
    """A day as clerks type it: 01/04/2026, 1/4, 0104 (this year)."""

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", text) or re.fullmatch(
            r"(\d{2})(\d{2})(\d{4})?", text
        )
        if found is None:
            raise forms.ValidationError(f"Không hiểu ngày «{text[:20]}». Hãy gõ như 01/04/2026 hoặc 0104.")
        try:
            return date(int(found[3] or timezone.localdate().year), int(found[2]), int(found[1]))
        except ValueError as error:
            raise forms.ValidationError(f"Không có ngày {text[:20]} trong lịch.") from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def line_field(label: str, *, required: bool = True, rows: int = 0, help_text: str = "") -> forms.CharField:
    """A typed line. Its length is judged by the act, so that the words are the same everywhere."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label,
        required=required,
        widget=widget,
        help_text=help_text,
        strip=False,
        error_messages={"required": f"Chưa nhập {label.lower()}."},
    )


def choice(label: str, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        error_messages={
            "required": f"Hãy chọn {label.lower()}.",
            "invalid_choice": f"Hãy chọn {label.lower()}.",
        },
    )


def count(label: str) -> forms.IntegerField:
    """A number of copies."""
    wrong = f"{label} phải là một số nguyên."
    return forms.IntegerField(
        label=label, initial=1, error_messages={"required": f"Chưa nhập {label.lower()}.", "invalid": wrong}
    )


_LEVEL_CHOICES = [("", "Không phải bí mật nhà nước"), *LEVELS.items()]
_TYPES = [(t, t) for t in DOCUMENT_TYPES]


class RecordForm(forms.Form):
    """A form that carries the key against double writing. A typed Tuyệt mật summary is never shown again."""

    key = forms.CharField(widget=forms.HiddenInput)

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
