"""Source text of macros (MS-OVBA 2.4.1): chunks of at most 4096 bytes, packed with back references."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from bmnn.reading.found import Found
from bmnn.vietnamese import decode_legacy

if TYPE_CHECKING:
    from bmnn.reading.formats.ole import Compound

_MARK = b"\0Attribut"
"""Every module's source begins with an attribute line; packed, its first eight letters stand as they are."""
_MOST = 5_000_000


def read(found: Found, compound: Compound) -> None:
    """The source of every module as hidden text."""
    found.type = "application/vnd.ms-office.vbaproject"
    found.notes.add("macros")
    for name in sorted(compound.streams):
        data = compound.read(name)
        at = data.find(_MARK)
        if at >= 3:
            found.text.add("hidden", decode_legacy(unpack(data[at - 3 :])).text)


def unpack(data: bytes) -> bytes:
    """A compressed container, as far as it goes."""
    out = bytearray()
    at = 1
    while at + 2 <= len(data) and len(out) < _MOST:
        head = struct.unpack_from("<H", data, at)[0]
        end = min(len(data), at + (head & 0xFFF) + 3)
        at += 2
        if not head & 0x8000:
            out += data[at : at + 4096]
            at += 4096
            continue
        start = len(out)
        while at < end:
            flags = data[at]
            at += 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(data[at])
                    at += 1
                    continue
                if at + 2 > end:
                    return bytes(out)
                token = struct.unpack_from("<H", data, at)[0]
                at += 2
                bits = max(4, (len(out) - start - 1).bit_length())
                length = (token & (0xFFFF >> bits)) + 3
                offset = (token >> (16 - bits)) + 1
                if offset > len(out):
                    return bytes(out)
                for _ in range(length):
                    out.append(out[-offset])
    return bytes(out)
