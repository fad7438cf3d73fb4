"""Names as they are searched and sorted in the organisation's tables."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case without marks, đ as d; NFC and NFD alike."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c))).replace(
        "đ", "d"
    )


def sort_key(name: str) -> str:
    """A person's place in a list: by given name, then family and middle names."""
    words = fold(name).split()
    return " ".join([*words[-1:], *words[:-1]])
