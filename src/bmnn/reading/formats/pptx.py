"""Presentations of the XML kind: slides, hidden ones too, notes, comments, masters, drawings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bmnn.reading.formats import xmltext
from bmnn.reading.formats.xmltext import unescape
from bmnn.reading.found import Found
from bmnn.reading.model import PartKind

if TYPE_CHECKING:
    from bmnn.reading.formats.opc import Package

_TEXT = re.compile(
    r"<a:t(?:\s[^>]*)?>([^<]*)|(</a:p>)|(<a:br\b)|(<a:tab\b|</a:tc>)|<p:cNvPr\b[^>]*?\sdescr=\"([^\"]{4,})\""
)
_KINDS: list[tuple[str, PartKind]] = [
    (r"^ppt/slides/[^/]*\.xml$", "slide"),
    (r"^ppt/notesSlides/[^/]*\.xml$", "note"),
    (r"^ppt/(?:diagrams|charts|drawings)/[^/]*\.xml$", "text_box"),
    (r"^ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/[^/]*\.xml$", "header"),
]


def read(found: Found, package: Package) -> None:
    """Slides by number, each on its page; then what stands beside them."""
    for pattern, kind in _KINDS:
        for name in package.names(pattern):
            found.text.add(kind, _text(package.xml(name)))
            if kind == "slide":
                found.text.add(kind, "\f")
    for name in package.names(r"^ppt/comments/.*\.xml$|^ppt/tags/.*\.xml$"):
        found.text.add("comment", xmltext.stripped(package.xml(name)))


def _text(xml: str) -> str:
    out: list[str] = []
    for m in _TEXT.finditer(xml):
        if m[1] is not None:
            out.append(unescape(m[1]))
        elif m[5]:
            out.append(unescape(m[5]) + "\n")
        else:
            out.append("\t" if m[4] else "\n")
    return "".join(out)
