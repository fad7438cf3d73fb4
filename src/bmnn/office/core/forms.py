"""Forms of the organisation and the system: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from bmnn.law.vocabulary import ACTS, BODY_TYPES, LEVELS, POSTS, TIERS
from bmnn.office.core.models import Account
from bmnn.office.core.models.accounts import ROLES
from bmnn.office.web.fields import ActForm, DayField, choice, inside, line_field

_KINDS = [(code, kind.words) for code, kind in BODY_TYPES.items()]
_TIERS = list(TIERS.items())
_POSTS = [(code, post.words) for code, post in POSTS.items()]
_CEILINGS = [("", "Không được xem bí mật nhà nước"), *((k, f"Đến {v}") for k, v in reversed(LEVELS.items()))]
_LEVELS = list(LEVELS.items())
_ACTS = list(ACTS.items())


def several(label: str, choices: Any, *, help_text: str = "") -> forms.MultipleChoiceField:
    """Any number of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"invalid_choice": f"Hãy chọn lại {inside(label)}."},
    )


def day_field(label: str, *, required: bool = True, help_text: str = "") -> DayField:
    """A day; `Chưa nhập …` when it is missing."""
    return DayField(label=label, required=required, help_text=help_text)


def password_field(label: str, autocomplete: str, *, help_text: str = "") -> forms.CharField:
    """A password; kept as typed."""
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"Chưa nhập {inside(label)}."},
    )


class Confirmed(ActForm):
    """A form whose sender types their own password again."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["own_password"] = password_field("Mật khẩu của bạn (xác nhận lại)", "current-password")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = data.pop("own_password", None)
        user = self.request.user
        if typed and authenticate(self.request, username=user.get_username(), password=typed) is None:
            self.add_error("own_password", "Mật khẩu của bạn không đúng.")
        return data


class WithSecond(Confirmed):
    """A form that a second person confirms by signing beside the sender. `second` in the cleaned data is their
    account, None where the fields were left empty and may be."""

    second_required = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"] = forms.CharField(
            label="Tên đăng nhập của người thứ hai (thủ trưởng)",
            required=self.second_required,
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            error_messages={
                "required": "Chưa nhập tên đăng nhập của người thứ hai.",
                "max_length": "Tên đăng nhập của người thứ hai quá dài.",
            },
        )
        self.fields["second_password"] = password_field("Mật khẩu của người thứ hai", "off")
        self.fields["second_password"].required = self.second_required

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        name, typed = data.get("second"), data.pop("second_password", None)
        data["second"] = None
        if name and typed:
            second = authenticate(self.request, username=name, password=typed)
            if isinstance(second, Account):
                data["second"] = second
            else:
                self.add_error("second_password", "Tên đăng nhập hoặc mật khẩu của người thứ hai không đúng.")
        elif name or typed:
            self.add_error("second", "Hãy nhập cả tên đăng nhập và mật khẩu của người thứ hai.")
        return data


class FoundUnitForm(ActForm):
    """A new unit."""

    name = line_field("Tên đơn vị")
    short_name = line_field(
        "Tên viết tắt", required=False, help_text="Dùng trong ký hiệu văn bản, ví dụ UBND."
    )
    code = line_field("Mã định danh", required=False)
    kind = choice("Loại cơ quan", _KINDS)
    tier = choice("Cấp", _TIERS)
    parent = choice("Đơn vị cấp trên", (), required=False)
    since = day_field("Ngày thành lập")
    document = line_field("Văn bản thành lập", required=False)
    predecessors = several("Hình thành từ", (), help_text="Các đơn vị cũ, khi sáp nhập hoặc chia tách.")
    serves = several("Phục vụ", (), help_text="Văn phòng dùng chung: các cơ quan mà đơn vị này giúp việc.")


class ChangeUnitForm(ActForm):
    """What a unit becomes."""

    name = line_field("Tên mới")
    short_name = line_field("Tên viết tắt", required=False)
    kind = choice("Loại cơ quan", _KINDS)
    tier = choice("Cấp", _TIERS)
    parent = choice("Đơn vị cấp trên", (), required=False)
    since = day_field("Có hiệu lực từ ngày")
    document = line_field("Văn bản làm căn cứ")


class DissolveForm(ActForm):
    """Units that end, and who takes over."""

    units = several("Đơn vị kết thúc hoạt động", ())
    day = day_field("Ngày kết thúc", help_text="Ngày đầu tiên không còn đơn vị.")
    document = line_field("Văn bản kết thúc hoạt động")
    successors = several("Đơn vị kế thừa", (), help_text="Để trống khi giải thể. Đơn vị mới thì thêm trước.")


class PersonForm(ActForm):
    """A person."""

    name = line_field("Họ và tên")
    code = line_field("Số hiệu", required=False)
    outside = forms.BooleanField(label="Người của cơ quan khác", required=False)
    note = line_field("Ghi chú", required=False)


class AppointForm(ActForm):
    """A post."""

    unit = choice("Đơn vị", ())
    post = choice("Chức vụ", _POSTS)
    deputy = forms.BooleanField(label="Là cấp phó", required=False)
    title = line_field("Chức danh in trên văn bản", required=False)
    since = day_field("Ngày bắt đầu")
    until = day_field("Đến ngày (nếu có)", required=False, help_text="Ngày đầu tiên không còn giữ chức vụ.")
    document = line_field("Văn bản bổ nhiệm, phân công", required=False)


class EndPostForm(ActForm):
    """The end of a post."""

    until = day_field("Ngày thôi giữ")
    document = line_field("Văn bản", required=False)


class DelegateForm(ActForm):
    """A written delegation."""

    giver = choice("Người ủy quyền", ())
    taker = choice("Người được ủy quyền", ())
    acts = several("Việc được ủy quyền", _ACTS, help_text="Không chọn là mọi việc được phép ủy quyền.")
    levels = several("Độ mật", _LEVELS, help_text="Không chọn là mọi độ mật.")
    since = day_field("Ngày bắt đầu")
    until = day_field(
        "Hết hiệu lực từ ngày (nếu có)", required=False, help_text="Ngày đầu tiên hết ủy quyền."
    )
    document = line_field("Số, ngày văn bản ủy quyền")


class RevokeForm(ActForm):
    """The end of a delegation."""

    until = day_field("Ngày thu hồi")
    document = line_field("Văn bản thu hồi")


class AccountForm(ActForm):
    """A login."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, chữ số, dấu chấm hoặc gạch; ví dụ an.nguyen.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "Chưa nhập tên đăng nhập.", "max_length": "Tên đăng nhập quá dài."},
    )


class RolesForm(WithSecond):
    """The roles of an account: `LINES` lines of role, unit and last day, and the ceiling."""

    LINES = 6
    second_required = False
    ceiling = forms.ChoiceField(label="Được xem đến độ mật", choices=_CEILINGS, required=False)
    document = line_field("Văn bản phân công")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for i in range(self.LINES):
            self.fields[f"role{i}"] = choice("Vai trò", [("", "—"), *ROLES.items()], required=False)
            self.fields[f"unit{i}"] = choice("Ở đơn vị", [("", "Toàn hệ thống"), *units], required=False)
            self.fields[f"until{i}"] = day_field("Hết hạn ngày", required=False)

    @property
    def lines(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields line by line, for the page."""
        return [tuple(self[f"{name}{i}"] for name in ("role", "unit", "until")) for i in range(self.LINES)]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The other fields that are seen."""
        return [self[name] for name in ("ceiling", "document", "own_password", "second", "second_password")]


class ReasonForm(Confirmed):
    """A reason, with the sender's password."""

    reason = line_field("Lý do", rows=2)


class LeaderReasonForm(WithSecond):
    """A reason, with the sender's password and, where the act asks for it, a leader's."""

    second_required = False
    reason = line_field("Lý do", rows=2)


class SecondReasonForm(WithSecond):
    """A reason, with two persons' passwords."""

    reason = line_field("Lý do", rows=2)


class OwnPasswordForm(ActForm):
    """One's own password."""

    old = password_field("Mật khẩu đang dùng", "current-password")
    password = password_field(
        "Mật khẩu mới", "new-password", help_text="Ít nhất 15 ký tự; nên là một câu dễ nhớ."
    )
    again = password_field("Gõ lại mật khẩu mới", "new-password")
    again.error_messages["required"] = "Chưa gõ lại mật khẩu mới."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần gõ mật khẩu mới không giống nhau.")
        return data
