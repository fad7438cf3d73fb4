"""Forms of the register of equipment: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

from django import forms

from bmnn.office.equipment.acts.correct_device import FIELDS
from bmnn.office.equipment.acts.retire_device import METHODS
from bmnn.office.equipment.acts.send_repair import STORAGE
from bmnn.office.equipment.words import KINDS, ROLES, TYPES
from bmnn.office.web import minutes
from bmnn.office.web.fields import ActForm, DayField, FilesField, choice, file_errors, line_field
from bmnn.office.web.minutes import people_field

_ROLES = list(ROLES.items())
_ON = forms.CheckboxSelectMultiple


class DeviceForm(ActForm):
    """A device for the register."""

    unit = choice("Đơn vị", ())
    kind = choice("Loại thiết bị", list(KINDS.items()))
    name = line_field(
        "Tên thiết bị, tên máy", help_text="Máy tính: đúng tên máy trong Windows, ví dụ SOAN-THAO-01."
    )
    serial = line_field("Số sê-ri", required=False)
    type = choice(
        "Loại USB, ổ cứng", [("", "Không phải USB, ổ cứng"), *list(TYPES.items())[:2]], required=False
    )
    role = choice("Vai trò của máy tính", [("", "Không phải máy tính"), *_ROLES], required=False)
    roles = forms.MultipleChoiceField(
        label="USB, ổ cứng được cắm vào máy",
        choices=_ROLES,
        required=False,
        widget=_ON,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )
    vid = line_field("Mã nhà sản xuất (VID)", required=False, help_text="4 chữ số hệ 16, nếu biết.")
    pid = line_field("Mã sản phẩm (PID)", required=False)
    purpose = line_field("Mục đích sử dụng", required=False)
    place = line_field(
        "Nơi đặt, phòng", required=False, help_text="Với điện thoại: phòng, khu vực cấm mang vào."
    )
    keeper = choice("Người giữ", (), required=False)
    keeper_text = line_field("Hoặc tên người giữ", required=False)
    note = line_field("Ghi chú", required=False)


class ApproveForm(ActForm):
    """The head's approval."""

    document = line_field("Văn bản phê duyệt", required=False)


class SecurityCheckForm(ActForm):
    """A security check of a device."""

    day = DayField(label="Ngày kiểm tra", required=False)
    by = line_field("Cơ quan, người kiểm tra")
    passed = choice("Kết quả", [("yes", "Đạt"), ("no", "Không đạt")])
    certificate = line_field("Số giấy chứng nhận hoặc số tem", required=False)
    valid_until = DayField(label="Có giá trị đến ngày", required=False)
    note = line_field("Ghi chú", required=False, rows=2)


class CorrectForm(ActForm):
    """A correction of one entry."""

    field = choice("Mục cần đính chính", [(k, v[0][:1].upper() + v[0][1:]) for k, v in FIELDS.items()])
    value = line_field("Nội dung đúng", required=False)
    reason = line_field("Lý do đính chính")


class SealForm(ActForm):
    """A seal."""

    number = line_field("Số tem niêm phong")
    place = line_field("Vị trí dán", required=False)


class ReasonForm(ActForm):
    """A reason."""

    reason = line_field("Lý do", rows=2)


class SendRepairForm(ActForm):
    """A repair begins."""

    where = line_field("Nơi sửa chữa")
    reason = line_field("Hỏng hóc")
    storage = choice("Ổ lưu trữ", list(STORAGE.items()))
    supervisor = line_field("Người giám sát", required=False)


class ResultForm(ActForm):
    """A repair ends."""

    result = line_field("Kết quả sửa chữa", rows=2)


class ChangeUseForm(ActForm):
    """Another use."""

    role = choice("Vai trò mới của máy tính", [("", "Không phải máy tính"), *_ROLES], required=False)
    roles = forms.MultipleChoiceField(
        label="USB, ổ cứng được cắm vào máy",
        choices=_ROLES,
        required=False,
        widget=_ON,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )
    purpose = line_field("Mục đích sử dụng mới")
    removed = forms.BooleanField(label="Đã loại bỏ bí mật nhà nước khỏi thiết bị", required=False)
    minutes = line_field("Số biên bản loại bỏ dữ liệu", required=False)


class HandForm(ActForm):
    """Another keeper."""

    keeper = choice("Người giữ mới", (), required=False)
    keeper_text = line_field("Hoặc tên người giữ", required=False)
    place = line_field("Nơi đặt", required=False)
    note = line_field("Ghi chú", required=False)


class RetireForm(ActForm):
    """The end of a device."""

    reason = line_field("Lý do thanh lý")
    method = choice("Cách xóa, hủy dữ liệu", list(METHODS.items()))
    minutes = line_field("Số biên bản xóa, hủy dữ liệu")
    minutes_day = DayField(label="Ngày biên bản", required=False)
    members = line_field("Người tham gia", rows=3, help_text="Mỗi người một dòng, ít nhất hai người.")
    document = line_field("Quyết định thanh lý", required=False)


class LoseForm(ActForm):
    """A loss."""

    day = DayField(label="Ngày phát hiện", required=False)
    text = line_field("Mất khi nào, ở đâu", rows=3)


class ImportForm(forms.Form):
    """A list of devices to take over."""

    unit = choice("Đơn vị", ())
    file = forms.FileField(
        label="Tệp danh sách (XLSX)",
        error_messages=file_errors("tệp danh sách"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )


class UploadForm(forms.Form):
    """Collections of computers to check."""

    unit = choice("Đơn vị có máy", ())
    title = line_field("Tên lần kiểm tra", help_text="Ví dụ: Kiểm tra máy soạn thảo quý II.")
    follows = choice("Kiểm tra lại của lần", (), required=False)
    files = FilesField(
        label="Bộ thu thập (một tệp mỗi máy: zip, tar; chọn được nhiều tệp)",
        error_messages=file_errors("bộ thu thập"),
    )


class AnswerForm(ActForm):
    """The answer to a finding."""

    state = choice("Trả lời", [("accepted", "Thừa nhận"), ("explained", "Giải trình")])
    answer = line_field("Nội dung giải trình", required=False, rows=3)


class RemedyForm(ActForm):
    """Something to put right."""

    text = line_field("Việc phải làm", rows=2)
    owner = choice("Người chịu trách nhiệm", ())
    due = DayField(label="Hạn khắc phục", required=False)


class EvidenceForm(ActForm):
    """What shows that it was put right."""

    evidence = line_field("Kết quả, tài liệu chứng minh", rows=2)


class MinutesForm(minutes.MinutesForm):
    """Minutes of a check."""

    team = people_field("Thành phần kiểm tra")
    present = people_field("Đại diện đơn vị được kiểm tra")
