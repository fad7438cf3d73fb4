"""A file, or a text, as the reader takes it: decoded, with what went wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bmnn.vietnamese import decode_legacy, legacy_in_unicode


class UnreadableFile(Exception):
    """The file gives no text. The message is complete Vietnamese: which file, why, what to do."""


@dataclass(frozen=True)
class Source:
    """`text` is what spans count in; `scanned` when it came from pictures; `notes` are Vietnamese, for the user."""

    name: str
    text: str
    encoding: str | None = None
    scanned: bool = False
    notes: tuple[str, ...] = ()


_PLAIN = {".txt", ".md", ".text", ""}
MOST_CHARACTERS = 3_000_000
"""About a thousand pages; more is no directive and would hold the reader for minutes."""


def load(path: Path, progress: Callable[[str], None] | None = None) -> Source:
    """Read one file of any supported kind.

    Raises:
        UnreadableFile: missing, empty, locked, damaged, or holding no text.
    """
    if not path.is_file():
        raise UnreadableFile(f"Không tìm thấy tệp «{path}»; hãy kiểm tra đường dẫn.")
    data = path.read_bytes()
    if not data.strip():
        raise UnreadableFile(f"Tệp «{path.name}» rỗng, không có gì để đọc.")
    if (
        path.suffix.lower() in _PLAIN
        and b"\0" not in data[:4]
        and not data.startswith((b"%PDF", b"PK", b"\xd0\xcf"))
    ):
        return from_bytes(path.name, data)
    from bmnn.directives.opened import opened

    return opened(path, progress)


def from_bytes(name: str, data: bytes) -> Source:
    """Plain text in any encoding met in Vietnam; UTF-8 text stays as it is so that spans count in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = decode_legacy(data)
        return checked(name, decoded.text, decoded.encoding)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode_legacy(data)
        return checked(name, decoded.text, decoded.encoding)
    if "\0" in text:
        decoded = decode_legacy(data)
        return checked(name, decoded.text, decoded.encoding)
    converted, encoding = legacy_in_unicode(text)
    return checked(name, converted if encoding else text, encoding or "utf-8")


def checked(name: str, text: str, encoding: str | None, **more: object) -> Source:
    """A source from decoded text: line ends as \\n, size within bounds."""
    text = re.sub(r"\r\n?", "\n", text)
    if not text.strip():
        raise UnreadableFile(f"Tệp «{name}» không có chữ nào đọc được.")
    notes: tuple[str, ...] = ()
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        notes = (f"Tệp quá dài: chỉ đọc {MOST_CHARACTERS:,} ký tự đầu; phần sau CHƯA đọc.".replace(",", "."),)
    return Source(name, text, encoding, bool(more.get("scanned", False)), notes)
