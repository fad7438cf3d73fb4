"""Fields and the form every act page shares: they read what was typed; what is allowed is decided by the acts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone


def inside(label: str) -> str:
    """A label within a sentence: «Loại USB» → «loại USB», «USB được cắm» as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class DayField(forms.CharField):
    """A day as clerks type it: 01/04/2026, 1/4, 0104 (this year)."""

    def __init__(self, *, label: str = "ngày", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": f"Chưa nhập {inside(label)}."})
        super().__init__(label=label, **kwargs)

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
        error_messages={"required": f"Chưa nhập {inside(label)}."},
    )


def choice(label: str, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        error_messages={
            "required": f"Hãy chọn {inside(label)}.",
            "invalid_choice": f"Hãy chọn {inside(label)}.",
        },
    )


def count(label: str) -> forms.IntegerField:
    """A number of copies."""
    wrong = f"{label} phải là một số nguyên."
    return forms.IntegerField(
        label=label, initial=1, error_messages={"required": f"Chưa nhập {inside(label)}.", "invalid": wrong}
    )


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """What a field of choices offers to this person now."""
    field: Any = form.fields[name]
    field.choices = choices


def lines(text: str) -> tuple[str, ...]:
    """One entry a line."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def file_errors(what: str) -> dict[str, str]:
    """What is said of an upload that is missing or cannot be taken; `what`: «bộ thu thập»."""
    return {
        "required": f"Chưa chọn {what}.",
        "empty": "Tệp trống. Hãy chọn tệp khác.",
        "missing": f"Chưa chọn {what}.",
        "invalid": f"Chưa chọn {what}.",
        "max_length": "Tên tệp quá dài. Hãy đổi tên tệp rồi chọn lại.",
    }


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; none where it is not required."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data or self.required else []
        return [super(FilesField, self).clean(f, initial) for f in files]


class ActForm(forms.Form):
    """A form that carries the key against double writing."""

    key = forms.CharField(widget=forms.HiddenInput)

    def before_validation(self) -> None:
        """Called on POST before the form is judged; a room may add an error of its own."""
