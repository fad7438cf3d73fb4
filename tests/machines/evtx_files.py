"""A small writer of event logs (.evtx) for tests: one chunk, records as plain binary XML without templates.

After "Windows XML Event Log (EVTX)" (J. Metz). It shares no code with the reader.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

CHUNK = 65536


@dataclass
class Record:
    """One event: provider, number, UTC moment, named data; `block` is EventData or UserData with an inner element."""

    provider: str
    number: int
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    channel: str = "System"
    computer: str = "MAY-01"
    inner: str = ""


class _Xml:
    """Writes binary XML at a known place of the chunk, because names are found by their offset."""

    def __init__(self, base: int) -> None:
        self.base, self.out = base, bytearray(b"\x0f\x01\x01\x00")

    def _name(self, name: str) -> None:
        at = self.base + len(self.out) + 4
        text = name.encode("utf-16-le")
        self.out += struct.pack("<I", at) + struct.pack("<IHH", 0, 0, len(name)) + text + b"\0\0"

    def _text(self, text: str) -> None:
        self.out += (
            b"\x05\x01" + struct.pack("<H", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")
        )

    def element(self, name: str, attributes: dict[str, str], children: list[Any]) -> None:
        """`children` holds texts and (name, attributes, children)."""
        self.out += bytes([0x41 if attributes else 0x01])
        size_at = len(self.out)
        self.out += bytes(4)
        self._name(name)
        if attributes:
            list_at = len(self.out)
            self.out += bytes(4)
            for rank, (key, value) in enumerate(attributes.items(), 1):
                self.out.append(0x46 if rank < len(attributes) else 0x06)
                self._name(key)
                self._text(value)
            struct.pack_into("<I", self.out, list_at, len(self.out) - list_at - 4)
        self.out.append(0x02)
        for child in children:
            if isinstance(child, str):
                self._text(child)
            else:
                self.element(*child)
        self.out.append(0x04)
        struct.pack_into("<I", self.out, size_at, len(self.out) - size_at - 4)


def _ticks(moment: datetime) -> int:
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000) * 10


def _record(record: Record, number: int, base: int) -> bytes:
    xml = _Xml(base + 24)
    stamp = f"{record.at:%Y-%m-%dT%H:%M:%S}.{record.at.microsecond:06d}Z"
    system = [
        ("Provider", {"Name": record.provider}, []),
        ("EventID", {}, [str(record.number)]),
        ("TimeCreated", {"SystemTime": stamp}, []),
        ("EventRecordID", {}, [str(number)]),
        ("Channel", {}, [record.channel]),
        ("Computer", {}, [record.computer]),
    ]
    if record.inner:
        body = ("UserData", {}, [(record.inner, {}, [(k, {}, [str(v)]) for k, v in record.data.items()])])
    else:
        body = ("EventData", {}, [("Data", {"Name": k}, [str(v)]) for k, v in record.data.items()])
    xml.element("Event", {}, [("System", {}, system), body])
    xml.out.append(0)
    size = 24 + len(xml.out) + 4
    size += -size % 8
    head = struct.pack("<4sIQQ", b"\x2a\x2a\0\0", size, number, _ticks(record.at))
    return (head + bytes(xml.out)).ljust(size - 4, b"\0") + struct.pack("<I", size)


def evtx(records: list[Record], first: int = 1, numbers: list[int] | None = None) -> bytes:
    """A whole log; `numbers` gives the record numbers where they are not `first`, `first` + 1 …"""
    chunk = bytearray(CHUNK)
    at = last = 512
    ids = numbers or list(range(first, first + len(records)))
    for number, record in zip(ids, records, strict=True):
        body = _record(record, number, at)
        assert at + len(body) <= CHUNK
        chunk[at : at + len(body)] = body
        last, at = at, at + len(body)
    struct.pack_into(
        "<8sQQQQIIII", chunk, 0, b"ElfChnk\0", ids[0], ids[-1], ids[0], ids[-1], 128, last, at, 0
    )
    struct.pack_into("<I", chunk, 52, zlib.crc32(chunk[512:at]))
    struct.pack_into("<I", chunk, 124, zlib.crc32(chunk[:120] + chunk[128:512]))
    head = bytearray(4096)
    struct.pack_into("<8sQQQIHHHH", head, 0, b"ElfFile\0", 0, 0, ids[-1] + 1, 128, 1, 3, 4096, 1)
    struct.pack_into("<I", head, 124, zlib.crc32(head[:120]))
    return bytes(head) + bytes(chunk)
