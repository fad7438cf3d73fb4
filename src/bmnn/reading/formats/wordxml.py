"""Office documents written as one XML file: Word 2003 XML, "flat" packages, Excel 2003 XML."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from bmnn.reading.formats import docx, xmltext
from bmnn.reading.found import Found, Member

_BINARY = re.compile(
    r"<(?:[\w.-]+:)?binData\b([^>]*)>([^<]*)|<pkg:part\b([^>]*)>\s*<pkg:binaryData[^>]*>([^<]*)"
)
_DATA = re.compile(r"<(?:\w+:)?Data\b[^>]*>(.*?)</(?:\w+:)?Data>|(</(?:\w+:)?Row>)", re.S)
_COMMENT = re.compile(r"<(?:\w+:)?Comment\b[^>]*>(.*?)</(?:\w+:)?Comment>", re.S)
_NAME = re.compile(r'<(?:\w+:)?Worksheet\b[^>]*Name="([^"]*)"')


def read_word(found: Found) -> None:
    """The flow of all parts; pictures and objects as members; properties."""
    xml = xmltext.decoded(found.data)
    docx.flow(found, xml, "body")
    properties = re.search(r"<o:DocumentProperties>(.*?)</o:DocumentProperties>", xml, re.S)
    for key, value in xmltext.properties(properties[1]) if properties else []:
        found.property(key, value)
    found.members.append(lambda: _binaries(xml))


def _binaries(xml: str) -> Iterator[Member]:
    for number, m in enumerate(_BINARY.finditer(xml), 1):
        attributes, text = (m[1], m[2]) if m[2] is not None else (m[3], m[4])
        name = (xmltext.attribute(attributes, "name") or f"phần {number}").removeprefix("/")
        try:
            yield Member(name, base64.b64decode(text))
        except (binascii.Error, ValueError):
            yield Member(name, why="damaged")


def read_excel(found: Found) -> None:
    """Cells by row, comments, names of sheets."""
    xml = xmltext.decoded(found.data)
    comments = _COMMENT.findall(xml)
    found.text.add("header", "\n".join(map(xmltext.unescape, _NAME.findall(xml))))
    cells = (_plain(m[1]) + "\t" if m[1] is not None else "\n" for m in _DATA.finditer(_COMMENT.sub("", xml)))
    found.text.add("sheet", "".join(cells))
    found.text.add("comment", "\n".join(map(_plain, comments)))
    page = re.findall(r'<(?:\w+:)?(?:Header|Footer)\b[^>]*Data="([^"]*)"', xml)
    found.text.add("header", "\n".join(map(xmltext.unescape, page)))


def _plain(xml: str) -> str:
    return xmltext.unescape(re.sub(r"<[^>]*>", "", xml))
