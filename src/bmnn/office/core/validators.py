"""Passwords that a colleague would try: the name, "mật khẩu", keys in a row. Long ones too are refused for that."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from bmnn.vietnamese import fold

_WORDS = (
    "matkhau", "password", "pass", "admin", "administrator", "quantri", "quanly", "hethong", "maytinh",
    "vanthu", "thutruong", "lanhdao", "chutich", "bithu", "vanphong", "coquan", "uyban", "uybannhandan",
    "ubnd", "danguy", "dangbo", "huyenuy", "tinhuy", "xa", "phuong", "tinh", "huyen", "congan", "baomat",
    "bimat", "bimatnhanuoc", "nhanuoc", "bmnn", "mat", "toimat", "tuyetmat", "vietnam", "hanoi", "saigon",
    "hochiminh", "welcome", "letmein", "iloveyou", "anhyeuem", "emyeuanh", "khongbiet", "qwerty", "asdfgh",
    "zxcvbn", "abc", "xyz", "test", "demo", "user", "root", "login", "dangnhap", "cua", "toi", "cuatoi",
    "la", "va", "nam",
)  # fmt: skip
_KNOWN = re.compile(f"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})*")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
_NEXT = {pair for row in _ROWS for a, b in pairwise(row) for pair in ((a, b), (b, a))}


class Predictable:
    """Refuses what is guessed without effort; says which of the three it is."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError in Vietnamese."""
        text = re.sub(r"[^a-z0-9]", "", fold(password))
        letters = re.sub(r"\d", "", text)
        if len(set(password)) < 6:
            raise ValidationError("Mật khẩu chỉ lặp lại vài ký tự. Hãy dùng một câu dài dễ nhớ.")
        steps = [a == b or (a, b) in _NEXT for a, b in pairwise(text)]
        if steps and sum(steps) > 0.6 * len(steps):
            raise ValidationError("Mật khẩu là dãy phím hoặc dãy số liền nhau, rất dễ đoán.")
        if _KNOWN.fullmatch(letters) and len(set(password) - set("0123456789")) < 12:
            raise ValidationError("Mật khẩu chỉ gồm các từ ai cũng nghĩ đến. Hãy dùng một câu dài dễ nhớ.")
        if user is not None and self._is_own_name(letters, user):
            raise ValidationError("Mật khẩu gần như là tên của người dùng. Hãy dùng một câu khác.")

    def _is_own_name(self, letters: str, user: Any) -> bool:
        rest = letters
        names = [*re.split(r"[^a-z]+", fold(user.username)), *fold(str(user)).split()]
        for name in sorted(names, key=len, reverse=True):
            if len(name) > 1:
                rest = rest.replace(name, "")
        return bool(letters) and len(rest) < 6

    def get_help_text(self) -> str:
        """For forms that show it."""
        return "Không dùng tên mình, dãy phím liền nhau, hoặc những từ ai cũng nghĩ đến."
