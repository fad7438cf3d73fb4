"""Word documents of the XML kind: body, text boxes, headers, footers, notes, comments, deleted text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bmnn.reading.formats.xmltext import unescape
from bmnn.reading.found import Found
from bmnn.reading.model import PartKind

if TYPE_CHECKING:
    from bmnn.reading.formats.opc import Package

_TOKEN = re.compile(
    r"<(?:w:|[\w.-]+:|)(?=[tdihlapbcnsF])(?:"  # looking ahead for a first letter passes most tags quickly
    r"(?P<t>t)(?:\s[^>]*)?>(?P<text>[^<]*)"
    r"|(?P<del>delText|instrText|delInstrText|textpath|docVar|dropDownList|listItem|alias|docPr|dataBinding|hyperlink)"
    r"(?P<attr>(?:\s[^>]*)?)>(?P<dtext>[^<]*)"
    r"|(?P<tab>tab\s*|ptab(?:\s[^>]*)?)/>"  # a tab with attributes is a stop of the paragraph, not a character
    r"|(?P<br>br|cr)(?P<brattr>(?:\s[^>]*)?)/>"
    r"|(?P<hyphen>noBreakHyphen)\s*/>"
    r"|(?P<sym>sym)(?P<symattr>\s[^>]*)/>"
    r"|(?P<box>txbxContent|textbox)(?:\s[^>]*)?>"
    r"|(?P<fallback>Fallback)(?:\s[^>]*)?>)"
    r"|</(?:[\w.-]+:)?(?:(?P<p>p)|(?P<tc>tc)|(?P<endbox>txbxContent|textbox)|(?P<endfallback>Fallback))\s*>"
)
_ATTRIBUTE_TEXT = re.compile(
    r"""(?:[\s:](?:string|val|descr|title|displayText|tooltip)\s*=\s*)(?:"([^"]*)"|'([^']*)')"""
)
_KINDS: list[tuple[str, PartKind]] = [
    (r"^word/header\d*\.xml$", "header"),
    (r"^word/document\d*\.xml$", "body"),
    (r"^word/footnotes\.xml$|^word/endnotes\.xml$", "note"),
    (r"^word/footer\d*\.xml$", "footer"),
    (r"^word/comments\w*\.xml$", "comment"),
    (r"^word/glossary/.*\.xml$", "hidden"),
    (r"^word/(?:diagrams|charts|drawings)/.*\.xml$", "text_box"),
]


def read(found: Found, package: Package) -> None:
    """Every part that can show text, headers first; drawings and charts after it."""
    for pattern, kind in _KINDS:
        for name in package.names(pattern):
            flow(found, package.xml(name), kind)


def flow(found: Found, xml: str, kind: PartKind) -> None:
    """One flow of paragraphs. Text boxes, deleted text and field codes stand after the paragraph that holds them, so
    that they do not tear it apart."""
    out: list[str] = []
    boxes: list[str] = []
    aside: list[tuple[PartKind, str]] = []
    fallback: list[str] = []
    depth = in_fallback = 0
    line: list[str] = []
    target = line

    def flush() -> None:
        if out:
            found.text.add(kind, "".join(out))
            out.clear()

    for m in _TOKEN.finditer(xml):
        group = m.lastgroup
        if group == "text":
            target.append(unescape(m["text"]))
        elif group == "p":
            if target is not line:
                target.append("\n")
                continue
            out.append("".join(line) + "\n")
            line.clear()
            if boxes or aside:
                flush()
                found.text.add("text_box", "".join(boxes))
                for what, text in aside:
                    found.text.add(what, text)
                boxes.clear()
                aside.clear()
        elif group in ("tc", "tab"):
            target.append("\t")
        elif group == "brattr":
            target.append("\f" if '"page"' in m["brattr"] and not depth else "\n")
        elif group == "hyphen":
            target.append("-")
        elif group == "symattr":
            target.append(_symbol(m["symattr"]))
        elif group == "dtext":
            _beside(m, aside)
        else:
            if group == "box":
                depth += 1
            elif group == "endbox":
                depth = max(0, depth - 1)
            elif group == "fallback":
                in_fallback += 1
            elif group == "endfallback":
                in_fallback = max(0, in_fallback - 1)
            target = fallback if in_fallback else boxes if depth else line
    out.append("".join(line))
    flush()
    found.text.add("text_box", "".join(boxes))
    for what, text in aside:
        found.text.add(what, text)
    # The fallback of a drawing repeats it for old programs; only what it says alone is worth keeping.
    said = xml if fallback else ""
    alone = [t for t in "".join(fallback).split("\n") if t.strip() and said.count(t.strip()) < 2]
    if alone:
        found.text.add("hidden", "\n".join(alone))


def _beside(m: re.Match[str], aside: list[tuple[PartKind, str]]) -> None:
    name, attributes, text = m["del"], m["attr"] or "", unescape(m["dtext"] or "")
    if name == "delText":
        if aside and aside[-1][0] == "deleted":
            aside[-1] = ("deleted", aside[-1][1] + text)
        else:
            aside.append(("deleted", text))
        return
    if name in ("instrText", "delInstrText"):
        aside.append(("field", text))
        return
    for one, other in _ATTRIBUTE_TEXT.findall(attributes):
        words = unescape(one or other)
        if len(words) > 3:
            aside.append(("hidden", words))


def _symbol(attributes: str) -> str:
    """A letter typed through a symbol font: its code point, private ones moved back to the byte they stand for."""
    m = re.search(r'char="([0-9A-Fa-f]{1,6})"', attributes)
    if m is None:
        return ""
    code = int(m[1], 16)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
