"""OpenDocument, zipped or flat: body, headers, footers, boxes, notes, comments, deleted text, cells, slides."""

from __future__ import annotations

import re

from bmnn.reading.formats import xmltext
from bmnn.reading.formats.opc import members_of
from bmnn.reading.formats.xmltext import unescape
from bmnn.reading.found import Found
from bmnn.reading.model import PartKind, Unread
from bmnn.reading.zipread import Zip

_TOKEN = re.compile(r"<(/?)([\w.-]+:[\w.-]+)([^>]*?)(/?)>([^<]*)")
_ASIDE: dict[str, PartKind] = {
    "office:annotation": "comment",
    "text:note": "note",
    "text:tracked-changes": "deleted",
    "draw:text-box": "text_box",
    "presentation:notes": "note",
    "style:header": "header",
    "style:header-left": "header",
    "style:header-first": "header",
    "style:footer": "footer",
    "style:footer-left": "footer",
    "style:footer-first": "footer",
    "svg:title": "hidden",
    "svg:desc": "hidden",
    "office:meta": "property",
    "office:scripts": "hidden",
    "table:help-message": "hidden",
    "table:error-message": "hidden",
}
_LINES = frozenset({"text:p", "text:h", "text:list-item", "table:table-row", "text:line-break", "draw:page"})
_NO_TEXT = frozenset(
    {
        "office:automatic-styles",
        "office:styles",
        "office:font-face-decls",
        "office:settings",
        "office:binary-data",
    }
)


def is_odf(archive: Zip) -> str | None:
    """The media type a package names for itself, if it is OpenDocument."""
    entry = archive.by_name.get("mimetype")
    if entry is None or entry.size > 200:
        return "application/vnd.oasis.opendocument.text" if "content.xml" in archive.by_name else None
    try:
        kind = archive.read(entry, 200)[0].decode("ascii", "replace").strip()
    except Unread:
        return None
    return kind if "opendocument" in kind or "vnd.sun.xml" in kind else None


def read(found: Found, archive: Zip) -> None:
    """A zipped document."""
    manifest = _part(found, archive, "META-INF/manifest.xml")
    encrypted = "encryption-data" in manifest
    done = {
        "mimetype",
        "META-INF/manifest.xml",
        "settings.xml",
        "manifest.rdf",
        "content.xml",
        "styles.xml",
        "meta.xml",
    }
    if encrypted:
        found.fail("encrypted")
    else:
        content, styles = _part(found, archive, "content.xml"), _part(found, archive, "styles.xml")
        flow(found, styles)
        flow(found, content)
        for key, value in xmltext.properties(_part(found, archive, "meta.xml")):
            found.property(key, value)
    rest = [
        e
        for e in archive.entries
        if e.name not in done and not e.folder and not e.name.startswith("Thumbnails/")
    ]
    noise = re.compile(r"^Configurations2/|/settings\.xml$|(^|/)Pictures/$|^layout-cache$|^current\.xml$")
    found.members.append(lambda: members_of(archive, [e for e in rest if not noise.search(e.name)]))


def read_flat(found: Found) -> None:
    """A document in one XML file."""
    flow(found, xmltext.decoded(found.data))


def _part(found: Found, archive: Zip, name: str) -> str:
    entry = archive.by_name.get(name)
    if entry is None:
        return ""
    try:
        data, whole = archive.read(entry)
        if not whole:
            found.fail("damaged")
        return xmltext.decoded(data)
    except Unread as error:
        found.fail(error.why)
        return ""


def flow(found: Found, xml: str) -> None:
    """Text in order; what stands aside (notes, boxes, comments …) comes after the paragraph that holds it."""
    main: list[str] = []
    stack: list[tuple[str, PartKind, list[str]]] = []
    aside: list[tuple[PartKind, str]] = []
    silent: str | None = None
    for closing, name, attributes, alone, text in _TOKEN.findall(xml):
        if silent is not None:
            silent = None if closing and silent == name else silent
            continue
        if name in _NO_TEXT and not closing and not alone:
            silent = name
            continue
        target = stack[-1][2] if stack else main
        if closing:
            if stack and stack[-1][0] == name:
                _, kind, lines = stack.pop()
                aside.append((kind, "".join(lines)))
                target = stack[-1][2] if stack else main
            elif name in _LINES:
                target.append("\n")
            elif name == "table:table-cell":
                target.append("\t")
            elif stack and stack[-1][1] == "property":
                target.append("\n")
            if aside and not stack and (not main or main[-1].endswith("\n")):
                _flush(found, main, aside)
        elif name in _ASIDE and not alone:
            stack.append((name, _ASIDE[name], []))
            target = stack[-1][2]
        elif name == "text:s":
            count = xmltext.attribute(attributes, "c") or "1"
            target.append(" " * min(int(count) if count.isdigit() else 1, 1000))
        elif name == "text:tab":
            target.append("\t")
        elif name in ("text:line-break", "text:soft-page-break"):
            target.append("\n")
        elif name == "draw:page" and main:
            main.append("\f")
        elif name == "table:table":
            target.append((xmltext.attribute(attributes, "name") or "") + "\n")
        if text:
            target.append(unescape(text))
    aside += [(kind, "".join(lines)) for _, kind, lines in stack]
    _flush(found, main, aside)


def _flush(found: Found, main: list[str], aside: list[tuple[PartKind, str]]) -> None:
    found.text.add("body", "".join(main))
    for kind, text in aside:
        found.text.add(kind, text)
    main.clear()
    aside.clear()
