"""Mail: EML and MHTML by the standard library's parser, MBOX split by its From lines. Both bodies are read."""

from __future__ import annotations

import email
import email.header
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from bmnn.reading.formats import html
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_HEADERS = ("From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject", "Thread-Topic", "Comments", "Keywords",
            "X-Mailer", "Organization", "Snapshot-Content-Location")  # fmt: skip
_PARTS = 2000
_DEPTH = 30
_FROM = re.compile(rb"^From [^\r\n]*\r?\n(?=[!-9;-~]{1,70}:|>From )", re.M)


def read(found: Found) -> None:
    """Headers, every text body, attachments as members (a mail inside a mail too)."""
    message = email.message_from_bytes(found.data, policy=email.policy.compat32)
    members: list[Member] = []
    _headers(found, message)
    _walk(found, message, members, 0)
    found.members.append(lambda: iter(members))
    subject = message.get("Subject")
    if subject:
        found.property("subject", header(str(subject)))


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


def _walk(found: Found, message: Message, members: list[Member], depth: int) -> None:
    if depth > _DEPTH or len(members) > _PARTS:
        found.fail("too_many")
        return
    kind = message.get_content_type()
    if message.is_multipart() and kind != "message/rfc822":
        for part in message.get_payload():
            if isinstance(part, Message):
                _walk(found, part, members, depth + 1)
        if message.preamble and len(message.preamble.strip()) > 120:
            found.text.add("hidden", message.preamble)
        if message.epilogue and message.epilogue.strip():
            found.text.add("hidden", message.epilogue)
        return
    name = _name(message)
    if kind in ("message/rfc822", "message/partial"):
        inner = message.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        whole = first if isinstance(first, Message) else message
        members.append(Member(name or f"thư {len(members) + 1}.eml", _as_bytes(whole)))
        return
    payload = _payload(message)
    attached = "attachment" in str(message.get("Content-Disposition", "")).lower() or (name and depth)
    if kind.startswith("text/") and not attached:
        _body(found, message, payload)
    elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and b"signedData" not in payload:
        members.append(Member(name or "smime.p7m", payload, "encrypted"))
    elif kind == "application/pgp-encrypted" or b"-----BEGIN PGP MESSAGE-----" in payload[:200]:
        members.append(Member(name or "pgp", payload, "encrypted"))
    elif payload:
        members.append(Member(name or f"phần {len(members) + 1} ({kind})", payload))
    elif str(message.get("Content-Type", "")).lower().startswith("message/external-body"):
        members.append(Member(name or "phần ngoài", why="remote"))


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception:
        return str(message).encode("utf-8", "replace")


def _payload(message: Message) -> bytes:
    try:
        data = message.get_payload(decode=True)
    except Exception:
        data = None
    if isinstance(data, bytes):
        return data
    raw = message.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _body(found: Found, message: Message, payload: bytes) -> None:
    text = _decode(payload, message.get_content_charset())
    kind = message.get_content_type()
    if kind in ("text/html", "text/xml") or re.match(r"\s*<(?:!doctype|html|body|div)", text[:200], re.I):
        text = html.plain(text)
    found.text.add("body", text)
    if message.get_content_charset() is None or not payload.isascii():
        encoding = decode_legacy(payload[:20_000]).encoding
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
    return data.decode("ascii") if data.isascii() else decode_legacy(data).text


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
