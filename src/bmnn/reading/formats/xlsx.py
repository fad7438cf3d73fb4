"""Spreadsheets of the XML kind: every cell, hidden ones too; comments, drawings, headers, sheet names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bmnn.reading.formats import xmltext
from bmnn.reading.formats.xmltext import unescape
from bmnn.reading.found import Found

if TYPE_CHECKING:
    from bmnn.reading.formats.opc import Package

_STRING = re.compile(r"<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", re.S)
_PHONETIC = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.S)
_RUN = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)")
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)|(</(?:\w+:)?row>)", re.S)
_VALUE = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)")
_TYPE = re.compile(r"""\st=["'](\w+)["']""")
_FORMULA = re.compile(r"""<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)""")
_QUOTED = re.compile(r'"((?:[^"]|"")+)"')
_HEADER = re.compile(r"<(?:\w+:)?(?:odd|even|first)(Header|Footer)>([^<]*)")
_CODES = re.compile(r'&(?:"[^"]*"|[LCRBIUSXYEPNDTFAGZO]|K[0-9A-F]{6}|\d+)')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_DRAWN = re.compile(r"<a:t>([^<]*)|</a:p>")


def read(found: Found, package: Package) -> None:
    """Sheets in the order of their files; hidden sheets and cells like any other."""
    shared = [
        string for name in package.names(r"^xl/sharedStrings\.xml$") for string in _shared(package.xml(name))
    ]
    for name in package.names(r"^xl/workbook\.xml$"):
        xml = package.xml(name)
        names = [xmltext.attribute(attributes, "name") or "" for attributes in _SHEET_NAME.findall(xml)]
        found.text.add("header", "\n".join(names))
        found.text.add("hidden", _defined(xml))
    used: set[int] = set()
    for name in package.names(r"^xl/(?:worksheets|macrosheets|dialogsheets|chartsheets)/[^/]*\.xml$"):
        xml = package.xml(name)
        found.text.add("sheet", _cells(xml, shared, used))
        for where, text in _HEADER.findall(xml):
            found.text.add("header" if where == "Header" else "footer", header_text(unescape(text)))
        found.text.add("hidden", _rules(xml))
    found.text.add("hidden", "\n".join(text for i, text in enumerate(shared) if i not in used))
    for name in package.names(r"^xl/(?:comments|threadedComments).*\.xml$"):
        found.text.add("comment", _plain(package.xml(name)))
    for name in package.names(r"^xl/drawings/[^/]*\.(?:xml|vml)$|^xl/(?:charts|diagrams)/[^/]*\.xml$"):
        xml = package.xml(name)
        text = "".join(unescape(m[1]) if m[1] is not None else "\n" for m in _DRAWN.finditer(xml))
        found.text.add("text_box", text if text.strip() else xmltext.stripped(xml))


def _shared(xml: str) -> list[str]:
    return [_runs(m[1] or "") for m in _STRING.finditer(xml)]


def _runs(xml: str) -> str:
    if "rPh" in xml:
        xml = _PHONETIC.sub("", xml)
    return _unescaped("".join(_RUN.findall(xml)))


def _unescaped(text: str) -> str:
    text = unescape(text)
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _cells(xml: str, shared: list[str], used: set[int]) -> str:
    out: list[str] = []
    for m in _CELL.finditer(xml):
        if m[3]:
            out.append("\n")
            continue
        inner = m[2]
        if not inner:
            continue
        kind = _TYPE.search(m[1])
        value = _VALUE.search(inner)
        if kind and kind[1] == "s" and value and value[1].strip().isdigit():
            index = int(value[1])
            if index < len(shared):
                used.add(index)
                out.append(shared[index] + "\t")
        elif kind and kind[1] == "inlineStr":
            out.append(_runs(inner) + "\t")
        elif value:
            out.append(_unescaped(value[1]) + "\t")
        formula = _FORMULA.search(inner)
        if (formula and "&quot;" in formula[1]) or (formula and '"' in formula[1]):
            out.append(" ".join(_QUOTED.findall(unescape(formula[1]))) + "\t")
    return "".join(out)


def header_text(text: str) -> str:
    """A page header of a sheet without its formatting codes."""
    return _CODES.sub(" ", text.replace("&&", "\0")).replace("\0", "&").strip()


def _defined(xml: str) -> str:
    found = re.findall(r"<(?:\w+:)?definedName\b[^>]*>([^<]*)", xml)
    return "\n".join(text for raw in found for text in _QUOTED.findall(unescape(raw)))


def _rules(xml: str) -> str:
    """Prompts of data validation, quoted lists, tips of links."""
    prompts = re.findall(r'\s(?:prompt|promptTitle|error|errorTitle|tooltip|display)="([^"]+)"', xml)
    lists = re.findall(r"<(?:\w+:)?formula[12]>([^<]*)", xml)
    quoted = [text for raw in lists for text in _QUOTED.findall(unescape(raw))]
    return "\n".join([*map(unescape, prompts), *quoted])


def _plain(xml: str) -> str:
    comments = re.split(r"</(?:\w+:)?(?:comment|threadedComment)>", xml)
    runs = ["".join(re.findall(r"<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>([^<]+)", comment)) for comment in comments]
    authors = re.findall(r"<(?:\w+:)?author>([^<]+)", xml)
    return "\n".join(unescape(text) for text in [*runs, *authors] if text.strip())
