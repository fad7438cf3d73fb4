"""Names found in files, made fit to be shown."""

from __future__ import annotations

import re
import unicodedata


def clean(name: str) -> str:
    """A name for display: NFC, no control characters, no direction tricks."""
    if name.isascii() and name.isprintable():
        return name
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(
        "[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]",
        "\ufffd",
        unicodedata.normalize("NFC", name),
    )
