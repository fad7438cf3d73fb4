"""The forms of the frame, with every word of their own in Vietnamese."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Name and password. A wrong name and a wrong password are answered alike."""

    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        error_messages={"required": "Chưa nhập tên đăng nhập.", "max_length": "Tên đăng nhập quá dài."},
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        error_messages={"required": "Chưa nhập mật khẩu."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
        ),
        "inactive": "Tên đăng nhập hoặc mật khẩu không đúng.",
    }
