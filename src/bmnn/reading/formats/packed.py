"""One compressed stream: GZ, BZ2, XZ, ZST. Counted while it unpacks, because no header can be believed."""

from __future__ import annotations

import bz2
import importlib
import lzma
import re
import zlib
from typing import Any

from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread

_STEP = 1 << 20
_SUFFIX = re.compile(r"\.(?:gz|bz2|xz|zst|lzma|z)$", re.I)
_TAR_SUFFIX = re.compile(r"\.(?:tgz|tbz2?|txz|tzst)$", re.I)


def read(found: Found) -> None:
    """The stream has no text of its own; what it holds is its only member."""
    found.members.append(lambda: iter([_member(found)]))


def _member(found: Found) -> Member:
    name = found.name.rsplit("!", 1)[-1].rsplit("/", 1)[-1]
    inner = _TAR_SUFFIX.sub(".tar", _SUFFIX.sub("", name)) or "nội dung"
    try:
        data, whole = unpack(found)
    except Unread as error:
        return Member(inner, why=error.why)
    return Member(inner, data, None if whole else "damaged")


def unpack(found: Found) -> tuple[bytes, bool]:
    """All streams one after another, and whether the last came to its end. Raises Unread."""
    room = found.budget.room()
    most = min(room, max(found.limits.ratio_from, found.limits.ratio * len(found.data)))
    out, at, whole = bytearray(), 0, False
    data = found.data
    while at < len(data):
        decoder = _decoder(found.type)
        at, whole = _one(decoder, data, at, out, most)
        if len(out) > most:
            raise Unread("too_large" if most == room else "ratio")
        if not whole:
            break
        rest = data[at : at + 6]
        if not rest.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")):
            if len(data) - at > 16 and data[at : at + 512].strip(b"\0"):
                found.notes.add("trailing_data")
            break
    if not out and not whole:
        raise Unread("damaged")
    found.budget.spend(len(out))
    return bytes(out), whole


def _decoder(kind: str) -> Any:
    if kind == "application/gzip":
        return zlib.decompressobj(31)
    if kind == "application/x-bzip2":
        return bz2.BZ2Decompressor()
    if kind == "application/x-xz":
        return lzma.LZMADecompressor(memlimit=300_000_000)
    try:
        return importlib.import_module("backports.zstd").ZstdDecompressor()
    except ImportError as error:
        raise Unread("needs_library") from error


def _one(decoder: Any, data: bytes, at: int, out: bytearray, most: int) -> tuple[int, bool]:
    """One stream from `at`; where it ends and whether it ended well. Stops beyond `most`."""
    try:
        while at < len(data) and not decoder.eof and len(out) <= most:
            chunk = data[at : at + _STEP]
            at += len(chunk)
            room = most - len(out) + 1
            if isinstance(decoder, type(zlib.decompressobj())):
                out += decoder.decompress(chunk, room)
                if decoder.unconsumed_tail and len(out) > most:
                    return at, False
            else:
                out += decoder.decompress(chunk, room)
                while not decoder.eof and not decoder.needs_input and len(out) <= most:
                    out += decoder.decompress(b"", most - len(out) + 1)
    except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError):
        return at, False
    except Exception as error:  # the zstd library has its own kind of error
        if type(error).__name__ == "ZstdError":
            return at, False
        raise
    return at - len(decoder.unused_data), bool(decoder.eof)
