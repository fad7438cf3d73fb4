"""Mails, web pages, chats."""

# ruff: noqa: E501 - literals of file formats
from __future__ import annotations

import base64
import json
import struct
from email.message import EmailMessage


def eml_file(
    plain: str = "", markup: str = "", attachments: dict[str, bytes] | None = None, subject: str = ""
) -> bytes:
    """A mail by the standard library: two bodies that differ, attachments."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@xa.vn", "b@xa.vn", subject or "Về việc họp"
    mail.set_content(plain or "Kính gửi")
    if markup:
        mail.add_alternative(f"<html><body><p>{markup}</p></body></html>", subtype="html")
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def mbox_file(*mails: bytes) -> bytes:
    """A mailbox."""
    return b"".join(
        b"From a@xa.vn Mon Jan  5 08:00:00 2026\n" + mail.replace(b"\nFrom ", b"\n>From ") + b"\n"
        for mail in mails
    )


def mhtml_file(text: str) -> bytes:
    """A page saved as one file."""
    page = base64.encodebytes(f"<html><body><p>{text}</p></body></html>".encode()).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://xa.vn/\r\nSubject: trang\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: base64\r\nContent-Location: http://xa.vn/\r\n\r\n{page}\r\n--b--\r\n"
    ).encode()


def html_file(text: str, hidden: str = "") -> bytes:
    """A page with script, style, hidden text, an attribute and a comment."""
    half = len(text) // 2
    return (
        f"<!DOCTYPE html><html><head><title>Trang</title><style>.khong{{}}</style><script>var khongthay=1;</script></head><body>"
        f"<p>{text[:half]}<b>{text[half:]}</b></p><div style='display:none'>{hidden}</div></body></html>"
    ).encode()


def telegram_file(text: str) -> bytes:
    """An export of a chat: letters escaped, a text in pieces."""
    pieces = [text[:30], {"type": "bold", "text": text[30:60]}, text[60:]]
    messages = [{"id": 1, "from": "A", "text": "chào"}, {"id": 2, "from": "B", "text": pieces}]
    return json.dumps({"name": "Nhóm", "messages": messages}).encode("ascii")


def tnef_file(body: bytes, name: bytes = b"", data: bytes = b"") -> bytes:
    """winmail.dat with a body and an attachment."""

    def attribute(level: int, number: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x0002800C, body)
    if data:
        out += (
            attribute(2, 0x00069002, b"\0" * 14)
            + attribute(2, 0x00018010, name + b"\0")
            + attribute(2, 0x0006800F, data)
        )
    return out
