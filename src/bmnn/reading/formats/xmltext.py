"""XML of office files as text: no parser, no entities, no depth, so nothing for a hostile file to blow up."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from bmnn.reading.model import Unread

_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""", re.I)
_COMMENT = re.compile("<!--.*?-->", re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_INSTRUCTION = re.compile(r"<\?(?!xml\s).*?\?>", re.S)
_REFERENCE = re.compile(r"(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});?)")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t]{2,}")


def decoded(data: bytes) -> str:
    """The XML as one string in which text stands only between tags: CDATA opened, comments gone.

    Raises Unread("forbidden_xml") when entities are declared: no office program writes them, bombs do.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    elif data[:4] in (b"<\0?\0", b"<\0\0\0"):
        text = data.decode("utf-16-le", "replace")
    elif data[:4] == b"\0<\0?":
        text = data.decode("utf-16-be", "replace")
    else:
        declared = _DECLARED.match(data[:200].lstrip(b"\xef\xbb\xbf"))
        text = _with(data, declared[1].decode("ascii") if declared else "utf-8")
    if "<!" in text:
        if "<!ENTITY" in text:
            raise Unread("forbidden_xml")
        text = _CDATA.sub(lambda m: html.escape(m[1], quote=False), _COMMENT.sub("", text))
    return _INSTRUCTION.sub("", text) if "<?" in text[5:] else text


def _with(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace").lstrip("\ufeff")
    except LookupError:
        return data.decode("utf-8", "replace")


def unescape(text: str) -> str:
    """Character references resolved."""
    if "&" not in text:
        return text
    pieces = _REFERENCE.split(text)
    pieces[1::2] = map(_letter, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=20_000)
def _letter(reference: str) -> str:
    return html.unescape(reference)


def attribute(attributes: str, name: str) -> str | None:
    """Value of an attribute in the text of a tag, whatever its prefix; None when absent."""
    m = re.search(rf"""(?:^|[\s:]){re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""", attributes)
    return None if m is None else unescape(m[1] if m[1] is not None else m[2])


def stripped(xml: str) -> str:
    """All text of an XML document, a line for each stretch between tags."""
    lines = (line.strip() for line in unescape(_TAG.sub("\n", xml)).split("\n"))
    return "\n".join(_BLANKS.sub(" ", line) for line in lines if line)


_PROPERTY = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)([^>]*)>([^<]+)</")


def properties(xml: str) -> list[tuple[str, str]]:
    """Leaf elements of a property part: (name, text)."""
    found = []
    for name, attributes, text in _PROPERTY.findall(xml):
        own = attribute(attributes, "name") if "name" in attributes else None
        if text.strip():
            found.append((own or name, unescape(text).strip()))
    return found
