"""Office Open XML: what kind of document a package is, and the parts every kind shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from bmnn.reading.formats import docx, pptx, xlsb, xlsx, xmltext
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.reading.zipread import Entry, Zip

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_BINARY_SHEET = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
_NOISE = re.compile(
    r"(?:^|/)(?:_rels/|theme/|printerSettings|fontTable|webSettings|styles(?:WithEffects)?\.xml|settings\.xml"
    r"|numbering\.xml|calcChain|tableStyles|viewProps|presProps|thumbnail|stylesWithEffects|\[Content_Types\]|\[trash\]/"
    r"|slideLayouts/|persons?/|commentAuthors|fonts/|activeX\d*\.bin$|revisionInfo|volatileDependencies)"
)
_PROPERTIES = re.compile(r"^docProps/(core|app|custom)\.xml$", re.I)


def kind(archive: Zip) -> str | None:
    """The media type of the document in this package; None when it is no office document."""
    names = {name.lower().lstrip("/") for name in archive.by_name}
    if "[content_types].xml" not in names and not any(n.startswith("_rels/") for n in names):
        return None
    folders = {name.split("/")[0] for name in names if "/" in name}
    if "word" in folders:
        return _WORD
    if "xl" in folders:
        return _BINARY_SHEET if "xl/workbook.bin" in names else _SHEET
    if "ppt" in folders:
        return _SLIDES
    if any(name.endswith(".fpage") for name in names):
        return "application/vnd.ms-xpsdocument"
    if "visio" in folders:
        return "application/vnd.ms-visio.drawing"
    return "application/x-opc-package" if "[content_types].xml" in names else None


def read(found: Found, archive: Zip) -> None:
    """Text of all parts that hold text; embedded files, pictures and stray parts as members."""
    package = Package(found, archive)
    if found.type == _WORD:
        docx.read(found, package)
    elif found.type == _SHEET:
        xlsx.read(found, package)
    elif found.type == _BINARY_SHEET:
        xlsb.read(found, package)
    elif found.type == _SLIDES:
        pptx.read(found, package)
    elif found.type == "application/vnd.ms-xpsdocument":
        _pages_of_xps(found, package)
    for name in package.names(r"\.xml$|\.xml\.rels$"):
        if not _NOISE.search(name) and not _PROPERTIES.match(name):
            found.text.add("hidden", xmltext.stripped(package.xml(name)))
    for name in package.names(r"^docProps/.*\.xml$"):
        for key, value in xmltext.properties(package.xml(name)):
            found.property(key, value)
    found.members.append(package.members)


def _pages_of_xps(found: Found, package: Package) -> None:
    for name in package.names(r"\.fpage$"):
        found.text.page()
        lines = re.findall(r'UnicodeString="([^"]*)"', package.xml(name))
        found.text.add("body", "\n".join(map(xmltext.unescape, lines)))
    found.text.after_pages()


class Package:
    """The parts of a package; each is read once, what nobody read is handed on as a member."""

    def __init__(self, found: Found, archive: Zip) -> None:
        """Index the parts by name without leading slash."""
        self._found, self._archive = found, archive
        self._entries = {entry.name.replace("\\", "/").lstrip("/"): entry for entry in archive.entries}
        self._unread = dict(self._entries)
        if any("vbaproject" in name.lower() for name in self._entries):
            found.notes.add("macros")

    def names(self, pattern: str) -> list[str]:
        """Names of parts nobody has read yet that match, in their natural order (2 before 10)."""
        matches = _compiled(pattern).search
        return sorted(filter(matches, self._unread), key=_natural)

    def bytes(self, name: str) -> bytes:
        """A part's bytes; b"" when it is missing or cannot be read (then the document is marked damaged)."""
        self._unread.pop(name, None)
        entry = self._entries.get(name)
        if entry is None:
            return b""
        try:
            data, whole = self._archive.read(entry)
        except Unread as error:
            self._found.fail(error.why)
            return b""
        if not whole:
            self._found.fail("damaged")
        return data

    def xml(self, name: str) -> str:
        """A part as XML text; "" when it cannot be read."""
        data = self.bytes(name)
        try:
            return xmltext.decoded(data) if data else ""
        except Unread as error:
            self._found.fail(error.why)
            return ""

    def members(self) -> Iterator[Member]:
        """Pictures, embedded files and parts no reader knows."""
        yield from members_of(
            self._archive, [e for name, e in self._unread.items() if not _NOISE.search(name) and not e.folder]
        )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


@lru_cache(maxsize=10_000)
def _natural(name: str) -> tuple[tuple[int, str | int], ...]:
    bits = re.split(r"(\d{1,18})", name)
    return tuple((0, int(bit)) if bit.isdecimal() else (1, bit) for bit in bits if bit)


def members_of(archive: Zip, entries: Iterable[Entry]) -> Iterator[Member]:
    """These entries as members, each with its reason where it cannot be read."""
    for entry in entries:
        name = entry.name.replace("\\", "/")
        try:
            data, whole = archive.read(entry)
        except Unread as error:
            yield Member(name, why=error.why, size=entry.size)
            if error.why == "total":
                return
        else:
            yield Member(name, data, None if whole else "damaged")
