"""HTML, saved pages, site copies: all text, also hidden one, without script and style; inner pictures as members."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator

from bmnn.reading.found import Found, Member
from bmnn.vietnamese import decode_legacy

_DROP = re.compile(rb"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
_COMMENT = re.compile(rb"<!--(.*?)(?:-->|\Z)", re.S)
_BLOCK = re.compile(
    rb"<(?:/?(?:p|div|li|ul|ol|tr|table|thead|tbody|h[1-6]|section|article|header|footer|nav|aside|blockquote|pre|form"
    rb"|dl|dt|dd|option|select|textarea|title|body|html|head|center|fieldset|figcaption|figure|address|hr|main)\b"
    rb"|br\b)[^>]*>",
    re.I,
)
_CELL = re.compile(rb"</t[dh]\b[^>]*>", re.I)
_TAG = re.compile(rb"<[!?/a-zA-Z][^>]*>")
_SPACES = re.compile(r"[ \t\r\xa0]*\n[ \t\r\n\xa0]*")
_RUNS = re.compile(rb"[ \t\r\n]+")
_SAID = re.compile(
    rb"""\s(?:alt|title|content|value|placeholder|aria-label|summary)\s*=\s*(?:"([^"]{4,})"|'([^']{4,})')""",
    re.I,
)
_DATA_URI = re.compile(rb"""data:([\w.+-]+/[\w.+-]+)?(?:;[\w=-]+)*;base64,([A-Za-z0-9+/=\s%]+)""", re.I)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.-]+)""", re.I)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.I | re.S)


def read(found: Found) -> None:
    """Text in the order of the source; attributes that show as text and comments after it."""
    data = utf8(found.data)
    if b"base64," in data:
        uris = _DATA_URI.findall(data)
        data = _DATA_URI.sub(b"data:", data)
        found.members.append(lambda: _pictures(uris))
    body, aside = parts(data)
    text, encoding = letters(body, _CHARSET.search(data[:4096]))
    found.text.encoding = encoding
    found.text.add("body", text)
    for piece in aside:
        found.text.add("hidden", letters(piece, None)[0])
    title = _TITLE.search(data[:20_000].decode("utf-8", "replace"))
    if title:
        found.property("title", html.unescape(title[1]))


def utf8(data: bytes) -> bytes:
    """UTF-16 pages as UTF-8; everything else as it is: tags are ASCII in every other encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode()
    if data[1:2] == b"\0" and data[3:4] == b"\0":
        return data.decode("utf-16-le", "replace").encode()
    if data[:1] == b"\0" and data[2:3] == b"\0":
        return data.decode("utf-16-be", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def parts(data: bytes) -> tuple[bytes, list[bytes]]:
    """The text without tags, and what is not shown as running text: attributes, comments."""
    data = _DROP.sub(b" ", data)
    comments: list[bytes] = []
    if b"<!--" in data:
        comments = [c for c in _COMMENT.findall(data) if c.strip() and not c.lstrip().startswith(b"[if")]
        data = _COMMENT.sub(b"", data)
    said = b"\n".join(one or other for one, other in _SAID.findall(data))
    text = _RUNS.sub(b" ", data) if b"<pre" not in data.lower() else data
    text = _CELL.sub(b"\t", _BLOCK.sub(b"\n", text))
    return _TAG.sub(b"", text), [said, _TAG.sub(b"\n", b"\n".join(comments))]


def letters(body: bytes, charset: re.Match[bytes] | None) -> tuple[str, str | None]:
    """The bytes between tags as text: UTF-8 where valid, else the page's own word, else what reads as Vietnamese."""
    encoding = None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        read = decode_legacy(body)
        text, encoding = read.text, read.encoding
        if encoding in ("latin-1", "utf-8"):
            encoding = None
            text = body.decode("utf-8", "replace") if _named(charset) == "utf-8" else text
    text = html.unescape(text) if "&" in text else text
    return _SPACES.sub("\n", text).strip(), encoding


def _named(charset: re.Match[bytes] | None) -> str:
    return charset[1].decode("ascii").lower() if charset else ""


def _pictures(uris: list[tuple[bytes, bytes]]) -> Iterator[Member]:
    for number, (kind, data) in enumerate(uris, 1):
        try:
            yield Member(f"hình {number} ({(kind or b'').decode('ascii')})", base64.b64decode(data + b"=="))
        except (binascii.Error, ValueError):
            continue


def plain(markup: str) -> str:
    """Text of a piece of HTML that is already decoded (a mail body)."""
    body, aside = parts(markup.encode("utf-8", "replace"))
    text, _ = letters(body, None)
    rest = "\n".join(letters(piece, None)[0] for piece in aside)
    return f"{text}\n{rest}" if rest.strip() else text
