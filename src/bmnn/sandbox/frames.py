"""The words between parent and worker: length-prefixed JSON, checked strictly before it is believed."""

from __future__ import annotations

import json
import struct
from typing import Any

HEADER = struct.Struct(">cI")
CALL, READY, ITEM, DONE, ERROR = b"C", b"R", b"I", b"D", b"E"
KINDS = frozenset({CALL, READY, ITEM, DONE, ERROR})


class BadFrame(ValueError):
    """The other side said something outside the protocol."""


def pack(kind: bytes, value: Any) -> bytes:
    """One frame: kind, length of the body, body. Lone surrogates become U+FFFD; NaN is refused (ValueError)."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError:
        body = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
    return HEADER.pack(kind, len(body)) + body


def head(data: bytes, most: int) -> tuple[bytes, int]:
    """Kind and body length of a header; BadFrame if the kind is unknown or the body longer than `most`."""
    kind, length = HEADER.unpack(data)
    if kind not in KINDS:
        raise BadFrame("kind")
    if length > most:
        raise BadFrame("length")
    return kind, length


def unpack(data: bytes) -> Any:
    """The value of a body: plain JSON without NaN, lone surrogates or endless nesting; else BadFrame."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadFrame("json") from error
    if "\\u" in text and _has_surrogate(value):
        raise BadFrame("surrogate")
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)


def _has_surrogate(value: Any) -> bool:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            if any("\ud800" <= c <= "\udfff" for c in one):
                return True
        elif isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            todo.extend(one)
            todo.extend(one.values())
    return False
