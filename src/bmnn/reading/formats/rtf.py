r"""RTF 1.9, read in one pass: `\u`, `\'` in the code page of the font, text boxes, headers, notes, comments, objects.

Groups that start with `\*` are kept when they hold text for readers (text boxes, comments, properties) and dropped when
they are machinery. Binary data is skipped by its count, pictures and objects are handed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bmnn.reading.formats.salvage import salvage
from bmnn.reading.found import Found, Member
from bmnn.reading.model import PartKind

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z'\r\n])|(\r?\n|\r))"
    rb"|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
# The same, but letters written by number with one character to skip belong to the run of text around them: most of a
# Vietnamese text is that.
_RUN = re.compile(
    rb"(?!\\u-?\d{1,6} ?\?)\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z'\r\n])|(\r?\n|\r))"
    rb"|([{}])|((?:[^\\{}\r\n]+|\\u-?\d{1,6} ?\?)+)|[\r\n]+"
)
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){16,}")
_LETTER = re.compile(r"\\u(-?\d{1,6}) ?\?")
_PAGES = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
          162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
          238: "cp1250", 254: "cp437", 255: "cp850"}  # fmt: skip
_SIGNS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\f", b"column": "\n", b"tab": "\t", b"cell": "\t",
          b"nestcell": "\t", b"row": "\n", b"nestrow": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘",
          b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
          b"softline": "\n"}  # fmt: skip
_KINDS: dict[bytes, PartKind] = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header", b"footer": "footer",
    b"footerl": "footer", b"footerr": "footer", b"footerf": "footer", b"footnote": "note", b"annotation": "comment",
    b"atnauthor": "comment", b"atnid": "comment", b"shptxt": "text_box", b"dptxbxtext": "text_box",
    b"fldinst": "field", b"info": "property", b"title": "property", b"subject": "property", b"author": "property",
    b"manager": "property", b"company": "property", b"operator": "property", b"keywords": "property",
    b"doccomm": "property", b"category": "property", b"comment": "property", b"userprops": "property",
    b"docvar": "hidden", b"sp": "hidden", b"bkmkstart": "hidden", b"datafield": "hidden", b"xe": "hidden",
    b"tc": "hidden", b"formfield": "hidden", b"deleted": "deleted",
}  # fmt: skip
_DROPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl themedata colorschememapping latentstyles "
    b"datastore xmlnstbl generator filetbl listpicture pnseclvl panose falt blipuid picprop shppict_ objclass_ mmathPr "
    b"fchars lchars pgptbl wgrffmtfilter passwordhash sn background_ userstyles expandedcolortbl".split()
)
_DATA = frozenset([b"pict", b"objdata"])


@dataclass(slots=True)
class _State:
    """What a group inherits: where its text goes, the code page, how many bytes follow a `\\u`."""

    kind: PartKind | None
    page: str
    skip: int
    data: bytes | None = None
    deleted: bool = False


def read(found: Found) -> None:
    """The whole document; pictures and objects as members."""
    reader = _Reader(found)
    reader.run(found.data)
    found.members.append(reader.members)


class _Reader:
    def __init__(self, found: Found) -> None:
        self._found = found
        self._body: list[str] = []
        self._aside: list[tuple[PartKind, list[str]]] = []
        self._pending: list[tuple[PartKind, str]] = []
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._hex: list[bytes] = []
        self._data: list[tuple[str, bytes]] = []

    def run(self, data: bytes) -> None:
        state = _State("body", "cp1252", 1)
        stack: list[_State] = []
        outer = "cp1252"
        fresh = starred = in_fonts = False
        font = 0
        eat = 0
        at = 0
        high = -1
        while m := (_RUN if state.skip == 1 and not eat and state.data is None else _TOKEN).match(data, at):
            at = m.end()
            word, number, code, sign, _line, brace, text = m.groups()
            if brace:
                self._flush(state)
                eat = 0
                if brace == b"{":
                    if len(stack) < 10_000:
                        stack.append(state)
                        state = _State(state.kind, state.page, state.skip, state.data, state.deleted)
                    fresh, starred = True, False
                elif stack:
                    closing = state
                    state = stack.pop()
                    self._close(closing, state)
                    in_fonts = in_fonts and state.data == b"fonttbl"
                continue
            if code is not None:
                if eat:
                    eat -= 1
                elif state.data in _DATA:
                    pass
                else:
                    self._bytes.append(int(code, 16))
                continue
            if text is not None:
                fresh = False
                if eat:
                    cut = min(eat, len(text))
                    eat -= cut
                    text = text[cut:]
                if state.data in _DATA:
                    self._hex.append(text)
                elif state.kind is None:
                    pass
                elif b"\\" in text:
                    self._flush(state)
                    self._put(state, _letters(text, state.page))
                else:
                    self._bytes += text
                continue
            if sign is not None:
                if sign == b"*":
                    starred = True
                    continue
                if eat:
                    eat -= 1
                elif sign == b"~":
                    self._put(state, " ")
                elif sign == b"_":
                    self._put(state, "-")
                elif sign == b"-":
                    self._put(state, "\xad")
                elif sign in b"\\{}":
                    self._bytes += sign
                fresh = False
                continue
            if word is None:
                if _line is not None:
                    self._put(state, "\n")
                continue
            value = int(number) if number else None
            if fresh or starred:
                self._open(state, word, starred)
                in_fonts = in_fonts or word == b"fonttbl"
                fresh = starred = False
            if word == b"u" and value is not None:
                if self._bytes:
                    self._flush(state)
                value &= 0xFFFF
                if 0xD800 <= value < 0xDC00:
                    high = value
                elif 0xDC00 <= value < 0xE000:
                    if high >= 0:
                        self._put(state, chr(0x10000 + ((high - 0xD800) << 10) + value - 0xDC00))
                    high = -1
                else:
                    self._put(state, chr(value - 0xF000 if 0xF020 <= value <= 0xF0FF else value))
                eat = state.skip
            elif word == b"uc":
                state.skip = max(0, min(value or 0, 10)) if value is not None else 1
            elif word == b"bin":
                count = max(0, value or 0)
                if state.data in _DATA:
                    self._hex.append(data[at : at + count].hex().encode())
                at += count
            elif word == b"f" and value is not None:
                self._flush(state)
                font = value
                if not in_fonts:
                    state.page = self._fonts.get(value, outer)
            elif word == b"fcharset" and value is not None:
                if in_fonts:
                    self._fonts[font] = _PAGES.get(value, outer)
            elif word == b"cpg" and value is not None and in_fonts:
                self._fonts[font] = f"cp{value}"
            elif word == b"ansicpg" and value is not None:
                outer = state.page = f"cp{value}" if value != 65001 else "utf-8"
            elif word == b"plain":
                self._flush(state)
                state.page = outer
            elif word in (b"deleted", b"deleted1"):
                self._flush(state)
                state.deleted = value != 0
            elif word in _SIGNS:
                self._put(state, _SIGNS[word])
        self._flush(state)
        self._finish()

    def _open(self, state: _State, word: bytes, starred: bool) -> None:
        """The first word of a group says what the group is."""
        if word in _DATA:
            state.data = word
            self._hex.clear()
        elif word in _DROPPED:
            state.kind, state.data = None, word
        elif word in _KINDS and (word != b"deleted"):
            if state.kind is not None:
                state.kind = _KINDS[word]
                self._aside.append((state.kind, []))
        elif starred and word not in (
            b"shpinst",
            b"shppict",
            b"nonesttables_",
            b"fldrslt",
            b"cs",
            b"ud",
        ):
            state.kind, state.data = ("hidden" if state.kind is not None else None), word
            if state.kind is not None:
                self._aside.append(("hidden", []))

    def _close(self, closing: _State, outer: _State) -> None:
        if closing.data in _DATA and outer.data != closing.data:
            raw = b"".join(self._hex)
            self._hex.clear()
            digits = re.sub(rb"[^0-9a-fA-F]", b"", raw)
            self._data.append(
                ("hình" if closing.data == b"pict" else "đối tượng", digits[: len(digits) // 2 * 2])
            )
        if closing.kind != outer.kind and self._aside and closing.kind is not None:
            kind, lines = self._aside.pop()
            text = "".join(lines)
            self._pending.append((kind, salvage(bytes.fromhex(text)) if _HEX.fullmatch(text) else text))

    def _flush(self, state: _State) -> None:
        if not self._bytes:
            return
        raw, self._bytes = bytes(self._bytes), bytearray()
        if state.kind is None or state.data in _DATA:
            return
        self._put(state, _narrow(raw, state.page))

    def _put(self, state: _State, text: str) -> None:
        if self._bytes:
            self._flush(state)
        if state.kind is None or state.data in _DATA:
            return
        if state.deleted and state.kind == "body":
            if self._pending and self._pending[-1][0] == "deleted":
                self._pending[-1] = ("deleted", self._pending[-1][1] + text)
            else:
                self._pending.append(("deleted", text))
        elif state.kind != "body" and self._aside:
            self._aside[-1][1].append(text)
        else:
            self._body.append(text)
            if text[-1:] in "\n\f" and self._pending:
                self._finish()

    def _finish(self) -> None:
        """Text so far, then what stood aside in its last paragraph."""
        self._found.text.add("body", "".join(self._body))
        self._body.clear()
        for kind, text in self._pending:
            self._found.text.add(kind, text)
        self._pending.clear()
        if not self._body:
            for kind, lines in self._aside:
                self._found.text.add(kind, "".join(lines))
                lines.clear()

    def members(self) -> Iterator[Member]:
        """Pictures, and the files inside embedded objects."""
        for number, (what, digits) in enumerate(self._data, 1):
            data = bytes.fromhex(digits.decode("ascii"))
            if what == "đối tượng":
                data = _object(data)
            if len(data) > 64:
                yield Member(f"{what} {number}", data)


def _letters(text: bytes, page: str) -> str:
    """A run of text and letters by number."""
    if text.isascii():
        out = _with_letters(text.decode("ascii"))
    else:
        pieces = re.split(rb"(\\u-?\d{1,6} ?\?)", text)
        out = "".join(
            _with_letters(piece.decode("ascii")) if i % 2 else _narrow(piece, page)
            for i, piece in enumerate(pieces)
        )
    try:
        out.encode("utf-8")
    except UnicodeEncodeError:  # letters beyond the first plane come as two numbers
        out = out.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return out


def _with_letters(text: str) -> str:
    pieces = _LETTER.split(text)
    pieces[1::2] = map(_letter, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=20_000)
def _letter(number: str) -> str:
    code = int(number) & 0xFFFF
    return chr(code - 0xF000 if 0xF020 <= code <= 0xF0FF else code)


def _narrow(raw: bytes, page: str) -> str:
    """Eight-bit text by its code page; where that does not fit, byte by byte."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        text = raw.decode(page, "replace")
    except LookupError:
        text = raw.decode("cp1252", "replace")
    return raw.decode("latin-1") if "\ufffd" in text else text


def _object(data: bytes) -> bytes:
    """OLE 1.0 object data (MS-OLEDS 2.2.5): header with three counted names, then the native bytes."""
    try:
        at = 8
        for _ in range(3):
            size = int.from_bytes(data[at : at + 4], "little")
            at += 4 + size
        size = int.from_bytes(data[at : at + 4], "little")
        body = data[at + 4 : at + 4 + size]
    except (ValueError, IndexError):
        return data
    return body if body else data
