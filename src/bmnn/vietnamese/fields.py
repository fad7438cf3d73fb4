"""Cleaning of what a person typed or pasted into a field."""

from __future__ import annotations

import unicodedata

from bmnn.vietnamese.marks import nfc

_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
_DIRECTION = {*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"}
_ODD_SPACES = {*"\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"}


class FieldError(ValueError):
    """What is wrong with a typed value, as a complete Vietnamese sentence."""


def clean_field(text: str, max_len: int = 500, *, multiline: bool = False) -> str:
    """NFC text without odd spaces at its ends; runs of spaces become one.

    Raises:
        FieldError: control, direction-changing or invisible characters, or longer than `max_len` characters.
    """
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if c in _ODD_SPACES or c == "\t" else c for c in text)
    for at, c in enumerate(text, 1):
        if c in _DIRECTION:
            raise FieldError(f"Có ký tự đổi chiều chữ (U+{ord(c):04X}) ở vị trí {at}; hãy gõ lại đoạn đó.")
        if c in _INVISIBLE:
            raise FieldError(f"Có ký tự ẩn (U+{ord(c):04X}) ở vị trí {at}; hãy gõ lại đoạn đó.")
        if c == "\n":
            if not multiline:
                raise FieldError("Ô này chỉ ghi một dòng; hãy bỏ dấu xuống dòng.")
        elif unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn"):
            raise FieldError(f"Có ký tự không hợp lệ (U+{ord(c):04X}) ở vị trí {at}; hãy gõ lại đoạn đó.")
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    text = "\n".join(" ".join(line.split()) for line in lines).strip()
    if len(text) > max_len:
        raise FieldError(f"Dài {len(text):,} ký tự, quá giới hạn {max_len:,} ký tự.".replace(",", "."))
    return text
