"""Plain text in any encoding, CSV, JSON (chat exports), XML of no known kind, uuencoded files inside text."""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from bmnn.reading.formats import xmltext
from bmnn.reading.formats.salvage import salvage
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_UU = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]+)\r?\n(.*?)^(?:end|====)\s*$", re.S | re.M)
_JSON_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MAX_JSON = 30_000_000


def read(found: Found) -> None:
    """Text, decoded as it reads best. A file longer than the budget is read as far as the budget goes."""
    most = found.limits.text
    data = found.data if len(found.data) <= 2 * most else found.data[: 2 * most]
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or _wide32(data[:400]):
        little = data[:4] == b"\xff\xfe\0\0" or (data[:4] != b"\0\0\xfe\xff" and data[:1] != b"\0")
        text, encoding = (
            data.decode("utf-32-le" if little else "utf-32-be", "replace").lstrip("\ufeff"),
            "utf-32",
        )
    else:
        text, encoding = decoded(data)
    found.text.encoding = encoding if encoding not in ("utf-8", "latin-1") else None
    found.text.add("body", text)
    if len(data) < len(found.data):
        raise Unread("too_much_text")
    if b"begin" in data and _UU.search(data):
        found.members.append(lambda: _uuencoded(data))


def decoded(data: bytes) -> tuple[str, str]:
    """Text and encoding. What is plainly UTF-8 is left for the letters to be settled in the end, once."""
    if b"\0" not in data[:4096]:
        try:
            return data.decode("utf-8").removeprefix("\ufeff"), "utf-8"
        except UnicodeDecodeError:
            pass
    read = decode_legacy(data)
    return read.text, read.encoding


def _wide32(head: bytes) -> bool:
    quads = len(head) // 4
    if quads < 2:
        return False
    head = head[: quads * 4]
    return (
        head[2::4].count(0) + head[3::4].count(0) == 2 * quads
        or head[0::4].count(0) + head[1::4].count(0) == 2 * quads
    )


def _uuencoded(data: bytes) -> Iterator[Member]:
    for m in _UU.finditer(data):
        out = bytearray()
        try:
            if m[0].startswith(b"begin-base64"):
                out += binascii.a2b_base64(m[2])
            else:
                for line in m[2].splitlines():
                    out += binascii.a2b_uu(line)
        except binascii.Error:
            yield Member(m[1].decode("utf-8", "replace"), bytes(out), "damaged")
            continue
        yield Member(m[1].decode("utf-8", "replace"), bytes(out))


def read_xml(found: Found) -> None:
    """XML of no known kind: the text between tags and in attributes."""
    xml = xmltext.decoded(found.data)
    found.text.add("body", xmltext.stripped(xml))
    values = re.findall(r"""\s[\w:.-]+\s*=\s*(?:"([^"]{4,})"|'([^']{4,})')""", xml)
    found.text.add("hidden", "\n".join(xmltext.unescape(one or other) for one, other in values))


def read_json(found: Found) -> None:
    """The strings of a JSON file in order; texts of a message that come in pieces are put together."""
    data = found.data
    if len(data) > found.limits.text * 2:
        data = data[: found.limits.text * 2]
        found.fail("too_much_text")
    text = decoded(data)[0]
    try:
        if len(text) > _MAX_JSON:
            raise ValueError
        lines = list(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        lines = [_json_string(raw) for raw in _JSON_STRING.findall(text)]
        if not lines:
            found.text.add("body", text)
    found.text.add("body", "\n".join(lines))


def _json_string(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"'))
    except ValueError:
        return raw


def _strings(value: Any) -> Iterator[str]:
    """Keys are left out; a list of strings and pieces with a "text" is one text (Telegram)."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        if value and all(
            isinstance(v, str) or (isinstance(v, dict) and isinstance(v.get("text"), str)) for v in value
        ):
            joined = "".join(v if isinstance(v, str) else v["text"] for v in value)
            if any(
                isinstance(v, dict) and set(v) - {"type", "text", "href", "user_id", "document_id"}
                for v in value
            ):
                for one in value:
                    yield from _strings(one) if isinstance(one, dict) else [one]
            else:
                yield joined
        else:
            for one in value:
                yield from _strings(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def read_binary(found: Found) -> None:
    """Bytes of no known kind: not read, but words that stand in them are kept for the search."""
    found.fail("unknown_type")
    text = salvage(found.data[:4_000_000])
    if len(text) > 40:
        found.text.add("salvaged", text)
