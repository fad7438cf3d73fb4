"""Forms of guidance: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

from typing import Any

from django import forms

from bmnn.office.guidance.words import BODY_KINDS, DEADLINES, DIRECTIONS, KINDS, PERIODS, RELATIONS
from bmnn.office.web.fields import ActForm, DayField, choice, inside, line_field

_KINDS = [(k, k) for k in KINDS]


def many(label: str, *, required: bool = True, help_text: str = "") -> forms.MultipleChoiceField:
    """Several of a list, ticked."""
    words = f"Chưa chọn {inside(label)}."
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": words, "invalid_choice": words, "invalid_list": words},
    )


class UploadForm(ActForm):
    """A file to read."""

    unit = choice("Cơ quan giữ sổ chỉ đạo", ())
    file = forms.FileField(
        label="Tệp văn bản",
        help_text="PDF, Word, văn bản thuần hoặc bản quét. Văn bản mang độ mật không nạp ở đây.",
        error_messages={
            "required": "Chưa chọn tệp.",
            "empty": "Tệp rỗng, không có nội dung nào.",
            "invalid": "Chưa chọn tệp.",
            "missing": "Chưa chọn tệp.",
            "max_length": "Tên tệp quá dài.",
        },
    )


class HeaderForm(ActForm):
    """The header of a document, as read and corrected."""

    kind = choice("Tên loại", _KINDS)
    number = line_field("Số", required=False)
    symbol = line_field(
        "Ký hiệu", required=False, help_text="Ví dụ UBND-THNC, CV/TU; để trống nếu văn bản không có."
    )
    day = DayField(label="Ngày văn bản", required=False)
    issuer = line_field("Cơ quan ban hành")
    subject = line_field("Trích yếu", rows=2)


class OwnDocumentForm(HeaderForm):
    """A document of the unit, typed in."""

    unit = choice("Cơ quan giữ sổ chỉ đạo", ())
    points = line_field(
        "Các điểm giao việc",
        required=False,
        rows=8,
        help_text="Mỗi điểm một dòng, ví dụ: 1. Phổ biến Luật đến toàn thể công chức.",
    )
    relation = choice("Quan hệ với văn bản cấp trên", [("", "Không có"), *RELATIONS.items()], required=False)
    target = choice("Văn bản cấp trên", (), required=False)
    target_text = line_field("Hoặc văn bản ngoài sổ", required=False, help_text="Số, ký hiệu, ngày, cơ quan.")
    answers = many("Trả lời các điểm", required=False)
    field_order = ("unit", "kind", "number", "symbol", "day", "issuer", "subject")


class RegulationForm(HeaderForm):
    """A regulation (quy chế, nội quy) with the law it cites and its contents."""

    unit = choice("Cơ quan", ())
    cites = line_field("Văn bản làm căn cứ", rows=3, help_text="Mỗi văn bản một dòng, ví dụ 117/2025/QH15.")
    contents = many("Nội dung đã có", required=False)


class GiveForm(ActForm):
    """A task."""

    units = many(
        "Đơn vị thực hiện", help_text="Đơn vị phần mềm gợi ý theo câu chữ đã được chọn sẵn; hãy xem lại."
    )
    person = choice("Người thực hiện (khi giao cho một đơn vị)", (), required=False)
    action = line_field("Việc phải làm", rows=2)
    deadline = choice("Loại thời hạn", list(DEADLINES.items()))
    day = DayField(label="Ngày đến hạn", required=False)
    period = choice("Kỳ lặp lại", [("", "Không lặp lại"), *PERIODS.items()], required=False)
    trigger = line_field(
        "Sự việc phải chờ", required=False, help_text="Ví dụ: phát hiện vụ lộ, mất bí mật nhà nước."
    )


class ReportForm(ActForm):
    """The report of a unit with its evidence."""

    reference = line_field(
        "Văn bản trả lời", required=False, help_text="Số, ký hiệu, ngày của văn bản trả lời."
    )
    document = choice("Hoặc văn bản trong sổ chỉ đạo", (), required=False)
    figures = many("Số liệu từ sổ và hồ sơ", required=False)
    note = line_field("Diễn giải", required=False, rows=3)


class ReasonForm(ActForm):
    """A reason."""

    reason = line_field("Lý do", rows=2)


class WordsForm(ActForm):
    """A remark that may stay empty."""

    words = line_field("Nhận xét", required=False, rows=2)


class ChangeDayForm(ActForm):
    """A new date with its reason."""

    day = DayField(label="Thời hạn mới", required=False)
    reason = line_field("Lý do đổi thời hạn", rows=2)


class HappenedForm(ActForm):
    """The event a task waited for."""

    what = line_field("Sự việc")
    day = DayField(label="Hạn xử lý", required=False)


class MergeForm(ActForm):
    """Which point this one repeats."""

    point = choice("Điểm đã giao ở văn bản khác", ())


class AnswerForm(ActForm):
    """Which own document answers a point."""

    document = choice("Văn bản của cơ quan", ())


class ApproveForm(ActForm):
    """The number of the approved plan."""

    reference = line_field("Số, ký hiệu kế hoạch", help_text="Ví dụ 15/KH-UBND ngày 20/01/2026.")


class BodyForm(ActForm):
    """A committee and its members, one a line."""

    unit = choice("Cơ quan", ())
    kind = choice("Loại", list(BODY_KINDS.items()))
    decision = line_field("Quyết định thành lập, kiện toàn", help_text="Số, ký hiệu, ngày, cơ quan ban hành.")
    since = DayField(label="Ngày bắt đầu")
    rules = line_field("Quy chế làm việc", required=False, help_text="Số, ký hiệu, ngày.")
    places = line_field(
        "Thành viên",
        rows=8,
        help_text="Mỗi thành viên một dòng: vai trò | chức vụ | họ tên. "
        "Ví dụ: Trưởng ban | Phó Chủ tịch UBND | Lê Văn An.",
    )


class MeetingForm(ActForm):
    """A meeting."""

    day = DayField(label="Ngày họp", required=False)
    subject = line_field("Nội dung")
    conclusions = line_field("Kết luận", required=False, rows=5)
    reference = line_field("Thông báo kết luận", required=False, help_text="Số, ký hiệu, ngày.")


class FilterForm(forms.Form):
    """What a list is narrowed to; sent by POST so that no word of it stands in an address."""

    q = forms.CharField(required=False, max_length=200)
    direction = forms.ChoiceField(required=False, choices=[("", ""), *DIRECTIONS.items()])

    def words(self) -> tuple[str, str]:
        """(text, direction), both empty when nothing sensible was sent."""
        data: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return data.get("q", ""), data.get("direction", "")
