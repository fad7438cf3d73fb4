"""The sentence that is planted, and a text in every encoding that is met."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import unicodedata

from bmnn.vietnamese import tables

SENTENCE = (
    "Tài liệu này thuộc phạm vi bí mật nhà nước, chỉ người có tên trong danh sách được nghiên cứu; "
    "kế hoạch phòng thủ khu vực ven biển không được sao chụp dưới mọi hình thức."
)
"""Long enough, and with enough marks, for any old encoding to be recognised; no capital with a mark (TCVN3 has none)."""


def encodings(text: str) -> dict[str, bytes]:
    """The text in every encoding that is met, by the name the reader gives it."""
    return {
        "utf-8": text.encode(),
        "utf-8 with BOM": b"\xef\xbb\xbf" + text.encode(),
        "utf-8 NFD": unicodedata.normalize("NFD", text).encode(),
        "utf-16 LE": b"\xff\xfe" + text.encode("utf-16-le"),
        "utf-16 BE": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-16 LE without BOM": text.encode("utf-16-le"),
        "utf-16 BE without BOM": text.encode("utf-16-be"),
        "utf-32 LE": b"\xff\xfe\0\0" + text.encode("utf-32-le"),
        "utf-32 BE without BOM": text.encode("utf-32-be"),
        "cp1258": cp1258(text),
        "tcvn3": legacy(text, "tcvn3"),
        "vni": legacy(text, "vni"),
        "viscii": legacy(text, "viscii"),
        "vps": legacy(text, "vps"),
        "viqr": viqr(text).encode("ascii"),
    }


def cp1258(text: str) -> bytes:
    """Base letters precomposed with their shape, tones as combining marks: what Windows writes."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", apart.replace(tone, ""))
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


def legacy(text: str, name: str) -> bytes:
    """TCVN3, VISCII, VPS byte by byte; VNI as letter and mark."""
    if name == "vni":
        return _vni(text)
    high, first, low = {
        "tcvn3": (tables.TCVN3_HIGH, 0xA1, {}),
        "viscii": (tables.VISCII_HIGH, 0x80, tables.VISCII_LOW),
        "vps": (tables.VPS_HIGH, 0x80, tables.VPS_LOW),
    }[name]
    codes = {c: first + i for i, c in enumerate(high) if c != "\0"} | {c: i for i, c in low.items()}
    return bytes(codes.get(c, ord(c) if ord(c) < 128 else 0x3F) for c in unicodedata.normalize("NFC", text))


def _vni(text: str) -> bytes:
    letters = {v: k for k, v in tables.VNI_LETTERS.items()}
    marks = {v: k for k, v in tables.VNI_MARKS.items()}
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) < 128:
            out.append(letter)
        elif letter in letters:
            out.append(letters[letter])
        else:
            apart = unicodedata.normalize("NFD", letter)
            whole = {unicodedata.normalize("NFC", apart[0] + "".join(m)): m for m in [apart[1:]]}
            base, rest = apart[0], apart[1:]
            if base + rest[0] in ("o\u031b", "u\u031b", "O\u031b", "U\u031b"):
                base, rest = letters[unicodedata.normalize("NFC", base + rest[0])], rest[1:]
            mark = next((m for m in (rest, rest[::-1]) if m in marks), None)
            out.append(base + (marks[mark] if mark else "") if whole else "")
    return "".join(out).encode("latin-1")


def viqr(text: str) -> str:
    """RFC 1456: shape and tone after the letter, punctuation escaped."""
    signs = {
        "\u0302": "^",
        "\u0306": "(",
        "\u031b": "+",
        "\u0301": "'",
        "\u0300": "`",
        "\u0309": "?",
        "\u0303": "~",
        "\u0323": ".",
    }
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in "đĐ":
            out.append("dd" if letter == "đ" else "DD")
            continue
        apart = unicodedata.normalize("NFD", letter)
        shape = "".join(signs[c] for c in apart[1:] if c in "\u0302\u0306\u031b")
        tone = "".join(signs[c] for c in apart[1:] if c not in "\u0302\u0306\u031b")
        out.append(apart[0] + shape + tone)
    return "".join(out)
