"""Numbers in words: hai mươi mốt, một trăm linh năm, ba nghìn không trăm mười lăm."""

from __future__ import annotations

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")


def number_in_words(number: int) -> str:
    """A whole number below 10¹² in Vietnamese words.

    Raises:
        ValueError: outside 0 … 10¹² - 1.
    """
    if not 0 <= number < 10**12:
        raise ValueError("chỉ đọc số từ 0 đến 999.999.999.999")
    if number == 0:
        return "không"
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words.append(_three(groups[place], full=place < len(groups) - 1))
            words.append(_SCALES[place])
    return " ".join(w for w in words if w)


def _three(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_UNITS[hundreds]} trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones:
            words.append(f"linh {_UNITS[ones]}" if words else _UNITS[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{_UNITS[tens]} mươi")
    if ones == 1:
        words.append("một" if tens == 1 else "mốt")
    elif ones == 4:
        words.append("bốn" if tens == 1 else "tư")
    elif ones == 5:
        words.append("lăm")
    elif ones:
        words.append(_UNITS[ones])
    return " ".join(words)
