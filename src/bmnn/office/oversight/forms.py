"""Forms of oversight: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

from typing import Any

from django import forms

from bmnn.law.vocabulary import LEVELS
from bmnn.office.oversight.words import METHODS
from bmnn.office.web.fields import ActForm, DayField, FilesField, ManyFiles, choice, line_field
from bmnn.office.web.minutes import MinutesForm, people_field


class ScanForm(forms.Form):
    """A new scan."""

    unit = choice("Đơn vị", ())
    title = line_field("Tên lần rà soát", help_text="Ví dụ: Rà soát thư mục dùng chung quý II.")
    place = line_field("Nơi rà soát", help_text="Máy, ổ đĩa, hộp thư, USB nào; ghi để biên bản chỉ rõ.")
    folder = choice("Thư mục trên máy chủ", (), required=False)
    files = FilesField(
        label="Hoặc nạp tệp lên",
        required=False,
        widget=ManyFiles(attrs={"data-words": "Chọn tệp…"}),
        error_messages={
            "empty": "Có tệp trống. Hãy bỏ tệp đó rồi nạp lại.",
            "max_length": "Tên tệp quá dài.",
        },
    )
    ocr = forms.BooleanField(label="Nhận dạng chữ và dấu trên ảnh trang", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("folder") and not data.get("files"):
            self.add_error("files", "Hãy chọn thư mục trên máy chủ hoặc nạp tệp lên.")
        if data.get("folder") and data.get("files"):
            self.add_error("files", "Chỉ chọn một: thư mục trên máy chủ hoặc tệp nạp lên.")
        return data


class JudgeForm(ActForm):
    """What a person says of a finding."""

    level = choice("Độ mật (khi kết luận là mật)", [("", "Chọn độ mật"), *LEVELS.items()], required=False)
    reason = line_field(
        "Lý do",
        required=False,
        rows=2,
        help_text="Bắt buộc khi kết luận không mật hoặc chưa rõ. Không chép nội dung mật.",
    )


class RemovalForm(MinutesForm):
    """Minutes of removal."""

    present = people_field("Người quản lý nơi có tài liệu")
    conclusion = line_field("Yêu cầu, kiến nghị thêm", required=False, rows=3)


class RemoveForm(ActForm):
    """A copy is gone."""

    method = choice("Cách gỡ bỏ", [("", "Chọn cách gỡ bỏ"), *METHODS.items()])
    day = DayField(
        label="Ngày gỡ bỏ",
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "01/04/2026"}),
        error_messages={"required": "Chưa nhập ngày gỡ bỏ."},
    )
    evidence = line_field("Bằng chứng", help_text="Ai làm, trước ai, kiểm tra lại thế nào.")
