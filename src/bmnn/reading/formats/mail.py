"""Mail: EML and MHTML by the standard library's parser, MBOX split by its From lines. Both bodies are read."""

from __future__ import annotations

import binascii
import email.header
import email.policy
import itertools
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from bmnn.reading.formats import html, plain
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_HEADERS = ("From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject", "Thread-Topic", "Comments", "Keywords",
            "X-Mailer", "Organization", "Snapshot-Content-Location")  # fmt: skip
_BLANK = re.compile(rb"\A\r?\n|\r?\n\r?\n")
_NO_DIGIT = re.compile(rb"[^A-Za-z0-9+/]+")
_PARTS = 2000
_DEPTH = 30
_HEADERS_ONLY = BytesHeaderParser(policy=email.policy.compat32)
_FROM = re.compile(rb"^From [^\r\n]*\r?\n(?=[!-9;-~]{1,70}:|>From )", re.M)


def read(found: Found) -> None:
    """Headers, every text body, attachments as members (a mail inside a mail too)."""
    message, body = _opened(found.data)
    members: list[Member] = []
    _headers(found, message)
    _walk(found, message, body, members, 0)
    found.members.append(lambda: iter(members))
    subject = message.get("Subject")
    if subject:
        found.property("subject", header(str(subject)))


def _opened(data: bytes) -> tuple[Message, bytes]:
    """Headers by the standard library; the body stays bytes, for its parser takes a large attachment line by line."""
    blank = _BLANK.search(data)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (data, b"")
    return _HEADERS_ONLY.parsebytes(head + b"\n\n"), body


def _parts(body: bytes, boundary: bytes) -> tuple[bytes, list[bytes], bytes]:
    """What stands before the first part, the parts, and what stands behind the last."""
    marks = list(itertools.islice(_boundaries(body, b"--" + boundary), _PARTS))
    if not marks:
        return body, [], b""
    parts, after = [], b""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        piece = body[mark.end : following.start if following else len(body)]
        if mark.last:
            after = piece
            break
        parts.append(piece.removesuffix(b"\n").removesuffix(b"\r") if following else piece)
    return body[: marks[0].start], parts, after


class _Boundary(NamedTuple):
    """A line that parts a mail; `last`: the one behind which no part comes."""

    start: int
    end: int
    last: bool


def _boundaries(body: bytes, line: bytes) -> Iterator[_Boundary]:
    # No pattern: it would be compiled anew for each mail, which takes longer than reading it.
    at = body.find(line)
    while at >= 0:
        if at == 0 or body[at - 1] == 10:
            end = body.find(b"\n", at) + 1 or len(body)
            rest = body[at + len(line) : end].removesuffix(b"\n").removesuffix(b"\r").rstrip(b" \t")
            if rest in (b"", b"--"):
                yield _Boundary(at, end, rest == b"--")
        at = body.find(line, at + 1)


def header(value: str) -> str:
    """A header's words decoded (RFC 2047), raw eight-bit bytes too."""
    out = []
    try:
        pieces = email.header.decode_header(value)
    except Exception:
        return value
    for text, charset in pieces:
        if isinstance(text, str):
            out.append(_raw(text))
        else:
            out.append(_decode(text, charset))
    return "".join(out)


def _raw(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # undecoded bytes travel as surrogates
        return decode_legacy(text.encode("utf-8", "surrogateescape")).text
    return text


def _headers(found: Found, message: Message) -> None:
    lines = [f"{name}: {header(str(value))}" for name in _HEADERS for value in message.get_all(name, [])]
    found.text.add("mail_header", "\n".join(lines))


def _walk(found: Found, message: Message, body: bytes, members: list[Member], depth: int) -> None:
    if depth > _DEPTH or len(members) > _PARTS:
        found.fail("too_many")
        return
    kind = message.get_content_type()
    boundary = message.get_boundary() if kind.startswith("multipart/") else None
    if boundary is not None:
        before, parts, after = _parts(body, boundary.encode("utf-8", "surrogateescape"))
        for part in parts:
            _walk(found, *_opened(part), members, depth + 1)
        # A line for old programs stands before; more than that, or a mail without its parts, is worth reading.
        for outside in (before if len(before.strip()) > 120 or not parts else b"", after):
            found.text.add("body" if not parts else "hidden", _decode(outside, None))
        return
    name = _name(message)
    payload = _payload(message, body)
    attached = "attachment" in str(message.get("Content-Disposition", "")).lower() or (name and depth)
    if kind in ("message/rfc822", "message/partial"):
        members.append(Member(name or f"thư {len(members) + 1}.eml", payload))
    elif kind.startswith(("text/", "multipart/")) and not attached:
        _body(found, message, payload)
    elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and b"signedData" not in payload:
        members.append(Member(name or "smime.p7m", payload, "encrypted"))
    elif kind == "application/pgp-encrypted" or b"-----BEGIN PGP MESSAGE-----" in payload[:200]:
        members.append(Member(name or "pgp", payload, "encrypted"))
    elif kind == "message/external-body":
        members.append(Member(name or "phần ngoài", why="remote"))
    elif payload:
        members.append(Member(name or f"phần {len(members) + 1} ({kind})", payload))


def _payload(message: Message, body: bytes) -> bytes:
    """The body with its transfer encoding taken back; damaged base64 as far as it goes."""
    coding = str(message.get("Content-Transfer-Encoding", "")).strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding != "base64":
        return body
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        digits = _NO_DIGIT.sub(b"", body)
        return binascii.a2b_base64(digits[: len(digits) // 4 * 4])


def _body(found: Found, message: Message, payload: bytes) -> None:
    text = _decode(payload, message.get_content_charset())
    kind = message.get_content_type()
    if kind in ("text/html", "text/xml") or re.match(r"\s*<(?:!doctype|html|body|div)", text[:200], re.I):
        text = html.plain(text)
    found.text.add("body", text)
    encoding = plain.decoded(payload)[1]
    if encoding not in ("utf-8", "latin-1"):
        found.text.encoding = encoding


def _decode(data: bytes, charset: str | None) -> str:
    """By the charset the mail names when the bytes fit it, else by how they read."""
    if charset and charset.lower() not in (
        "us-ascii",
        "iso-8859-1",
        "latin-1",
        "windows-1252",
        "unknown-8bit",
        "x-unknown",
    ):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return plain.decoded(data)[0]


def _name(message: Message) -> str:
    try:
        name = message.get_filename() or ""
    except Exception:
        name = ""
    location = str(message.get("Content-Location", "")).rsplit("/", 1)[-1][:100]
    return header(name) if name else location


def read_mbox(found: Found) -> None:
    """The mailbox itself has no text; each mail is a member."""
    data = found.data
    starts = [m.start() for m in _FROM.finditer(data)]
    if not starts:
        raise Unread("damaged")
    found.members.append(lambda: _mails(data, starts))


def _mails(data: bytes, starts: list[int]) -> Iterator[Member]:
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        mail = data[data.index(b"\n", start) + 1 : end]
        yield Member(f"thư {number}.eml", re.sub(rb"^>(>*From )", rb"\1", mail, flags=re.M))
