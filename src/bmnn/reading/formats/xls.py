"""Excel 5 to 2003 (MS-XLS, BIFF5 and BIFF8): strings, cells, comments, text boxes, headers, sheet names."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bmnn.reading.formats.xlsb import rk
from bmnn.reading.formats.xlsx import header_text
from bmnn.reading.found import Found
from bmnn.reading.model import PartKind, Unread

if TYPE_CHECKING:
    from bmnn.reading.formats.ole import Compound

_BOF, _EOF, _CONTINUE, _FILEPASS, _SHEET, _SST = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
_LABELSST, _LABEL, _RSTRING, _STRING, _NUMBER, _RK, _MULRK = 0xFD, 0x204, 0xD6, 0x207, 0x203, 0x27E, 0xBD
_NOTE, _TXO, _HEADER, _FOOTER, _FORMULA, _ROW, _DV, _HLINK_TIP = (
    0x1C,
    0x1B6,
    0x14,
    0x15,
    0x06,
    0x208,
    0x1BE,
    0x800,
)
_OLD_LABEL, _OLD_STRING, _OLD_BOFS = 0x04, 0x07, (0x09, 0x209, 0x409)


def read(found: Found, compound: Compound) -> None:
    """Every string and number of every sheet, hidden ones too. Raises Unread: encrypted, damaged."""
    data = compound.read("workbook") or compound.read("book")
    stream(found, data)


def stream(found: Found, data: bytes) -> None:
    """The records of a workbook stream."""
    book = _Book(found)
    for kind, chunks in _joined(data):
        book.record(kind, chunks)
    book.end()
    if not book.begun:
        raise Unread("damaged")


def _joined(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Records with their continuations as a list of chunks: strings may be cut between chunks."""
    kind, chunks, at = -1, [b""], 0
    while at + 4 <= len(data):
        this, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        at += 4 + size
        if this == _CONTINUE:
            chunks.append(body)
            continue
        if kind >= 0:
            yield kind, chunks
        kind, chunks = this, [body]
    if kind >= 0:
        yield kind, chunks


class _Book:
    """State while the records pass by."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._shared: list[str] = []
        self._used: set[int] = set()
        self._line: list[str] = []
        self._row = -1
        self._wide = True
        self.begun = False

    def record(self, kind: int, chunks: list[bytes]) -> None:
        body = chunks[0]
        if kind == _FILEPASS:
            raise Unread("encrypted")
        if kind == _BOF or kind in _OLD_BOFS:
            self.begun = True
            self._wide = len(body) >= 2 and kind == _BOF and struct.unpack_from("<H", body)[0] >= 0x600
            self.end_sheet()
        elif kind == _SHEET:
            self._add("header", self._short(body, 6))
        elif kind == _SST:
            self._shared = list(_strings(chunks))
        elif kind == _LABELSST and len(body) >= 10:
            index = struct.unpack_from("<I", body, 6)[0]
            if index < len(self._shared):
                self._used.add(index)
                self._cell(body, self._shared[index])
        elif kind in (_LABEL, _RSTRING, _OLD_LABEL):
            self._cell(body, self._long(body, 6))
        elif kind in (_STRING, _OLD_STRING):
            self._line.append(self._long(b"".join(chunks) if not self._wide else body, 0) + "\t")
        elif kind == _NUMBER and len(body) >= 14:
            self._cell(body, f"{struct.unpack_from('<d', body, 6)[0]:.15g}")
        elif kind == _RK and len(body) >= 10:
            self._cell(body, f"{rk(struct.unpack_from('<I', body, 6)[0]):.15g}")
        elif kind == _MULRK:
            for at in range(6, len(body) - 5, 6):
                self._cell(body, f"{rk(struct.unpack_from('<I', body, at)[0]):.15g}")
        elif kind == _FORMULA and len(body) >= 14:
            self._formula(body)
        elif kind == _NOTE:
            self._add("comment", self._note(body))
        elif kind == _TXO:
            self._add("text_box", _text_object(chunks))
        elif kind in (_HEADER, _FOOTER):
            text = self._long(body, 0) if self._wide else self._short(body, 0)
            self._add("header" if kind == _HEADER else "footer", header_text(text))
        elif kind in (_DV, _HLINK_TIP):
            self._add("hidden", _loose(body))

    def _cell(self, body: bytes, text: str) -> None:
        row = struct.unpack_from("<H", body)[0] if len(body) >= 2 else self._row
        if row != self._row:
            self._line.append("\n")
            self._row = row
        self._line.append(text + "\t")

    def _formula(self, body: bytes) -> None:
        if body[12:14] != b"\xff\xff":
            self._cell(body, f"{struct.unpack_from('<d', body, 6)[0]:.15g}")
        else:
            self._cell(body, "")
        self._add("hidden", _loose(body[22:]))

    def _short(self, body: bytes, at: int) -> str:
        """A string counted by one byte."""
        if at >= len(body):
            return ""
        count = body[at]
        return (
            _counted(body, at + 1, count)
            if self._wide
            else body[at + 1 : at + 1 + count].decode("cp1252", "replace")
        )

    def _long(self, body: bytes, at: int) -> str:
        """A string counted by two bytes."""
        if at + 2 > len(body):
            return ""
        count = struct.unpack_from("<H", body, at)[0]
        return (
            _counted(body, at + 2, count)
            if self._wide
            else body[at + 2 : at + 2 + count].decode("cp1252", "replace")
        )

    def _note(self, body: bytes) -> str:
        if self._wide:  # the text itself stands in a text object; here is the author
            return self._long(body, 8)
        return body[6:].decode("cp1252", "replace")

    def _add(self, kind: PartKind, text: str) -> None:
        self._found.text.add(kind, text)

    def end_sheet(self) -> None:
        self._add("sheet", "".join(self._line))
        self._line.clear()
        self._row = -1

    def end(self) -> None:
        self.end_sheet()
        self._add("hidden", "\n".join(text for i, text in enumerate(self._shared) if i not in self._used))


def _counted(body: bytes, at: int, count: int) -> str:
    """`count` characters after a byte of options: bit 0 says two bytes a character."""
    if at >= len(body):
        return ""
    options = body[at]
    at += 1 + (2 if options & 8 else 0) + (4 if options & 4 else 0)
    if options & 1:
        return body[at : at + 2 * count].decode("utf-16-le", "replace")
    return body[at : at + count].decode("latin-1")


class _Reader:
    """Reads across chunks; a string cut between two starts the second with a new byte of options."""

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks, self._i, self._at = chunks, 0, 0

    def more(self) -> bool:
        while self._i < len(self._chunks) and self._at >= len(self._chunks[self._i]):
            self._i, self._at = self._i + 1, 0
        return self._i < len(self._chunks)

    def take(self, count: int) -> bytes:
        out = b""
        while len(out) < count and self.more():
            part = self._chunks[self._i][self._at : self._at + count - len(out)]
            self._at += len(part)
            out += part
        return out

    def text(self, count: int, wide: bool) -> str:
        out: list[str] = []
        while count > 0 and self.more():
            left = len(self._chunks[self._i]) - self._at
            chars = min(count, left // 2 if wide else left)
            if chars == 0:
                self._at = len(self._chunks[self._i])
                if self.more():
                    wide = bool(self.take(1)[0] & 1)
                continue
            raw = self.take(chars * (2 if wide else 1))
            out.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            count -= chars
            if count > 0 and self._at >= len(self._chunks[self._i]) and self.more():
                wide = bool(self.take(1)[0] & 1)
        return "".join(out)


def _strings(chunks: list[bytes]) -> Iterator[str]:
    """The shared strings."""
    reader = _Reader(chunks)
    reader.take(8)
    while reader.more():
        head = reader.take(3)
        if len(head) < 3:
            return
        count, options = struct.unpack("<HB", head)
        runs = struct.unpack("<H", reader.take(2).ljust(2, b"\0"))[0] if options & 8 else 0
        extra = struct.unpack("<I", reader.take(4).ljust(4, b"\0"))[0] if options & 4 else 0
        yield reader.text(count, bool(options & 1))
        reader.take(4 * runs)
        reader.take(min(extra, 1 << 20))


def _text_object(chunks: list[bytes]) -> str:
    """Text of a comment or box: it stands in the continuation, after a byte of options."""
    if len(chunks) < 2 or len(chunks[0]) < 12:
        return ""
    count = struct.unpack_from("<H", chunks[0], 10)[0]
    reader = _Reader(chunks[1:])
    options = reader.take(1)
    return reader.text(count, bool(options and options[0] & 1))


def _loose(body: bytes) -> str:
    """Literals in formulas and rules: runs of letters, in both widths."""
    wide = re.findall("[ -~\u00a0-\u024f\u1e00-\u1eff]{4,}", body.decode("utf-16-le", "ignore"))
    shifted = re.findall("[ -~\u00a0-\u024f\u1e00-\u1eff]{4,}", body[1:].decode("utf-16-le", "ignore"))
    plain = [run.decode("latin-1") for run in re.findall(rb"[ -~\x80-\xff]{5,}", body)]
    good = [
        run
        for run in [*wide, *shifted]
        if sum("a" <= c.lower() <= "z" or c == " " for c in run) > len(run) // 2
    ]
    return "\n".join(
        [*good, *(run for run in plain if sum(c.isalpha() and c.isascii() for c in run) > len(run) // 2)]
    )
