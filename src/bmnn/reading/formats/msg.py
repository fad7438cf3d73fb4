"""Outlook messages (MS-OXMSG): properties as streams, attachments and recipients as storages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bmnn.reading.formats import html
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

if TYPE_CHECKING:
    from bmnn.reading.formats.ole import Compound

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_HEADER_LINES = (("Từ", "0c1a"), ("Từ", "0c1f"), ("Thay mặt", "0042"), ("Đến", "0e04"), ("Đồng gửi", "0e03"),
                 ("Gửi ẩn", "0e02"),
                 ("Tiêu đề", _SUBJECT), ("Chủ đề", "0070"), ("", "007d"))  # fmt: skip
_STORAGE = "3701000d"


def read(found: Found, compound: Compound) -> None:
    """Headers, plain, HTML and RTF bodies; attachments as members."""
    found.text.add(
        "mail_header", "\n".join(f"{n}: {t}" for n, tag in _HEADER_LINES if (t := text(compound, tag)))
    )
    found.property("subject", text(compound, _SUBJECT))
    found.text.add("body", text(compound, _BODY))
    markup = compound.read(f"__substg1.0_{_HTML}0102") or compound.read(f"__substg1.0_{_HTML}001e")
    if markup:
        body, aside = html.parts(html.utf8(markup))
        found.text.add("body", html.letters(body, None)[0])
        found.text.add("hidden", "\n".join(html.letters(piece, None)[0] for piece in aside))
    elif wide := text(compound, _HTML):
        found.text.add("body", html.plain(wide))
    for lower, name in compound.storages().items():
        if lower.startswith("__recip"):
            below = compound.below(name)
            who = " ".join(filter(None, (text(below, tag) for tag in ("3001", "3003", "39fe"))))
            found.text.add("mail_header", who)
    packed = compound.read(f"__substg1.0_{_RTF}0102")
    if packed:
        found.members.append(lambda: _rtf(packed))
    found.members.append(lambda: attachments(compound))


def text(compound: Compound, tag: str) -> str:
    """A text property: UTF-16, else bytes in some encoding; "" when absent."""
    wide = compound.read(f"__substg1.0_{tag}001f")
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = compound.read(f"__substg1.0_{tag}001e").rstrip(b"\0")
    return decode_legacy(narrow).text if narrow else ""


def _rtf(packed: bytes) -> Iterator[Member]:
    try:
        yield Member("nội dung.rtf", unpack_rtf(packed))
    except Unread as error:
        yield Member("nội dung.rtf", why=error.why)


_PRIMER = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""Dictionary every compressed body starts from (MS-OXRTFCP 2.1.3.1)."""


def unpack_rtf(packed: bytes, most: int = 50_000_000) -> bytes:
    """Compressed RTF (MS-OXRTFCP): LZ77 over a ring of 4096 bytes. Raises Unread("damaged")."""
    if len(packed) < 16:
        raise Unread("damaged")
    _, size, kind, _ = struct.unpack_from("<4I", packed)
    if kind == 0x414C454D:
        return packed[16 : 16 + size]
    if kind != 0x75465A4C:
        raise Unread("damaged")
    ring = bytearray(_PRIMER.ljust(4096, b"\0"))
    place, out, at = len(_PRIMER), bytearray(), 16
    while at < len(packed) and len(out) < min(size, most):
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed):
                break
            if not control >> bit & 1:
                out.append(packed[at])
                ring[place] = packed[at]
                place = (place + 1) & 4095
                at += 1
                continue
            if at + 2 > len(packed):
                break
            reference = packed[at] << 8 | packed[at + 1]
            at += 2
            start, length = reference >> 4, (reference & 15) + 2
            if start == place:
                return bytes(out)
            for i in range(length):
                byte = ring[(start + i) & 4095]
                out.append(byte)
                ring[place] = byte
                place = (place + 1) & 4095
    return bytes(out)


def attachments(compound: Compound) -> Iterator[Member]:
    """Attached files and messages."""
    for lower, name in sorted(compound.storages().items()):
        if not lower.startswith("__attach"):
            continue
        below = compound.below(name)
        label = text(below, "3707") or text(below, "3704") or text(below, "3001") or name
        inner = next((n for low, n in below.storages().items() if low.endswith(_STORAGE)), None)
        if inner is not None:
            yield _message(label, below.below(inner))
            continue
        data = below.read("__substg1.0_37010102")
        if data:
            yield Member(label, data)
        elif text(below, "370d"):
            yield Member(label, why="remote")


def _message(label: str, inner: Compound) -> Member:
    from bmnn.reading.formats import ole

    kind = inner.kind() or "application/x-ole-storage"
    content = b"".join(inner.read(name) for name in sorted(inner.streams)[:200])

    def read_inner(found: Found) -> None:
        found.type = kind
        ole.storage(found, inner)

    return Member(label, content, reader=read_inner)
