"""Compound files (MS-CFB) by olefile: which document they hold, their properties, what is embedded in them."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator

import msoffcrypto
import olefile

from bmnn.reading.formats import doc, msg, ppt, vba, xls
from bmnn.reading.formats.salvage import salvage
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread

_MAX_STREAMS = 20_000
_OPEN_TO_ALL = "VelvetSweatshop"
"""The password every Excel tries by itself."""
_KINDS = {
    "worddocument": "application/msword",
    "workbook": "application/vnd.ms-excel",
    "book": "application/vnd.ms-excel",
    "powerpoint document": "application/vnd.ms-powerpoint",
    "__properties_version1.0": "application/vnd.ms-outlook",
    "encryptedpackage": "application/encrypted",
    "visiodocument": "application/vnd.visio",
    "quill": "application/x-mspublisher",
    "dgnmf": "application/x-dgn",
    "filehdr": "application/x-hwp",
    "fileheader": "application/x-hwp",
}
_TEXT_PROPERTIES = ("title", "subject", "author", "keywords", "comments", "last_saved_by", "template", "company",
                    "manager", "category")  # fmt: skip


class Compound:
    """Streams of one storage of a compound file, by path below that storage, in lower case."""

    def __init__(self, file: olefile.OleFileIO, base: tuple[str, ...], room: Callable[[], int]) -> None:
        """`room` gives the bytes a stream may have."""
        self._file, self._base, self._room = file, base, room
        depth = len(base)
        self.streams: dict[str, list[str]] = {}
        for path in file.listdir(streams=True, storages=False)[:_MAX_STREAMS]:
            if tuple(path[:depth]) == base and len(path) > depth:
                self.streams["/".join(path[depth:]).lower()] = path

    def read(self, name: str) -> bytes:
        """A stream's bytes; b"" when there is none."""
        path = self.streams.get(name.lower())
        if path is None:
            return b""
        size = self._file.get_size(path)
        if size > self._room():
            raise Unread("too_large")
        return bytes(self._file.openstream(path).read())

    def storages(self) -> dict[str, str]:
        """Names of the storages directly below, by lower-case name."""
        names = {path[len(self._base)] for path in self.streams.values() if len(path) > len(self._base) + 1}
        return {name.lower(): name for name in names}

    def below(self, storage: str) -> Compound:
        """The streams of a storage directly below."""
        return Compound(self._file, (*self._base, storage), self._room)

    def kind(self) -> str | None:
        """The media type of the document in this storage."""
        for stream, kind in _KINDS.items():
            if stream in self.streams:
                return kind
        return None


def read(found: Found) -> None:
    """Read the document of the root storage and list what is embedded below it."""
    data = found.data
    file = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL)
    found.closers.append(file.close)
    compound = Compound(file, (), lambda: found.limits.member)
    found.type = compound.kind() or found.type
    if any(name.split("/")[-1] == "_vba_project" for name in compound.streams):
        found.notes.add("macros")
    _properties(found, file)
    storage(found, compound)


def storage(found: Found, compound: Compound) -> None:
    """One storage as a document."""
    kind = compound.kind()
    if kind == "application/encrypted":
        _decrypt_default(found)
    elif kind == "application/msword":
        doc.read(found, compound)
    elif kind == "application/vnd.ms-excel":
        xls.read(found, compound)
    elif kind == "application/vnd.ms-powerpoint":
        ppt.read(found, compound)
    elif kind == "application/vnd.ms-outlook":
        msg.read(found, compound)
        return
    elif compound.streams.keys() & {"vba/dir", "dir"}:
        vba.read(found, compound)
    elif (first := _wrapped("đối tượng", compound)) is not None:
        found.members.append(lambda: iter([first]))
    else:
        _strings(found, compound)
    found.members.append(lambda: embedded(compound))


def _decrypt_default(found: Found) -> None:
    """A document "protected" with Excel's well-known default password opens for everybody, so for us too."""
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(found.data))
        file.load_key(password=_OPEN_TO_ALL)
        file.decrypt(out)
    except Exception as error:
        raise Unread("encrypted") from error
    data = out.getvalue()
    found.members.append(lambda: iter([Member("nội dung", data)]))


def _strings(found: Found, compound: Compound) -> None:
    """A storage of no known document: the words in its streams, and the verdict that it was not really read."""
    found.why = "unknown_type"
    for name in list(compound.streams)[:200]:
        if not name.endswith(("summaryinformation", "compobj")):
            found.text.add("salvaged", salvage(compound.read(name)[:4_000_000]))


def _properties(found: Found, file: olefile.OleFileIO) -> None:
    try:
        meta = file.get_metadata()
    except Exception:
        found.notes.add("part_damaged")
        return
    page = getattr(meta, "codepage", None) or 1252
    for name in _TEXT_PROPERTIES:
        value = getattr(meta, name, None)
        if isinstance(value, bytes):
            found.property(name, _ansi(value, page))
    for stream in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
        if file.exists(stream):
            text = salvage(file.openstream(stream).read(16_384))
            known = "\n".join(found.properties.values())
            found.text.add("property", "\n".join(t for t in text.split("\n") if t.strip() and t not in known))


def _ansi(value: bytes, page: int) -> str:
    value = value.rstrip(b"\0")
    codec = {65001: "utf-8", 1200: "utf-16-le", -535: "utf-8"}.get(page, f"cp{page}")
    try:
        return value.decode(codec, "replace")
    except LookupError:
        return value.decode("cp1252", "replace")


def embedded(compound: Compound, depth: int = 0) -> Iterator[Member]:
    """Objects embedded in the storages below, each as a member; the text of macros too."""
    for lower, name in sorted(compound.storages().items()):
        inner = compound.below(name)
        kind = inner.kind()
        wrapped = _wrapped(name, inner)
        if wrapped is not None:
            yield wrapped
        elif kind:
            first = next(stream for stream in _KINDS if stream in inner.streams)
            yield Member(name, inner.read(first), reader=_reader(inner, kind))
        elif lower in ("macros", "_vba_project_cur") or depth >= 6:
            continue
        else:
            yield from embedded(inner, depth + 1)


def _wrapped(name: str, inner: Compound) -> Member | None:
    """The file an embedding storage wraps as a whole; None when it wraps none."""
    if "\x01ole10native" in inner.streams:
        return native(inner.read("\x01ole10native"), name)
    for stream in ("package", "contents", "embeddedodf", "content"):
        if stream in inner.streams and not inner.kind():
            return Member(f"{name}/{stream}", inner.read(stream))
    return None


def _reader(inner: Compound, kind: str) -> Callable[[Found], None]:
    def read_storage(found: Found) -> None:
        found.type = kind
        storage(found, inner)

    return read_storage


def native(data: bytes, name: str) -> Member:
    """The file inside an "OLE package": label, file name, path, then the bytes."""
    try:
        at = 6
        label_end = data.index(b"\0", at)
        file_end = data.index(b"\0", label_end + 1)
        label = _ansi(data[at:label_end], 1258) or _ansi(data[label_end + 1 : file_end], 1258)
        at = file_end + 1 + 4
        path_size = struct.unpack_from("<I", data, at)[0]
        at += 4 + path_size
        size = struct.unpack_from("<I", data, at)[0]
        body = data[at + 4 : at + 4 + size]
        return Member(f"{name}/{label}", body, None if len(body) == size else "damaged")
    except (ValueError, struct.error):
        return Member(name, data)
