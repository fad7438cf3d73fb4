"""winmail.dat (MS-OXTNEF): the body and the attachments of a mail written by Outlook for Outlook."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bmnn.reading.formats import msg
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_SUBJECT, _BODY, _PROPERTIES = 0x00018004, 0x0002800C, 0x00069003
_TITLE, _DATA, _RENDER = 0x00018010, 0x0006800F, 0x00069002
_RTF = struct.pack("<I", 0x10090102)


def read(found: Found) -> None:
    """Texts of the message level; attachments as members."""
    data = found.data
    attached: list[tuple[str, bytes]] = []
    for name, body in _attributes(data):
        if name == _SUBJECT:
            found.text.add("mail_header", _text(body))
        elif name == _BODY:
            found.text.add("body", _text(body))
        elif name == _PROPERTIES and (at := body.find(_RTF)) >= 0:
            size = struct.unpack_from("<I", body.ljust(at + 12), at + 8)[0]
            attached.append(("nội dung.rtf", msg.unpack_rtf(body[at + 12 : at + 12 + size])))
        elif name == _RENDER:
            attached.append((f"đính kèm {len(attached) + 1}", b""))
        elif name == _TITLE and attached:
            attached[-1] = (_text(body), attached[-1][1])
        elif name == _DATA and attached:
            attached[-1] = (attached[-1][0], body)
    found.members.append(lambda: iter([Member(name, body) for name, body in attached if body]))


def _text(body: bytes) -> str:
    return decode_legacy(body.rstrip(b"\0")).text


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        name, size = struct.unpack_from("<II", data, at + 1)
        if at + 9 + size > len(data):
            raise Unread("damaged")
        yield name, data[at + 9 : at + 9 + size]
        at += 9 + size + 2
