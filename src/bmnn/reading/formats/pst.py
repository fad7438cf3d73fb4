"""Outlook mailboxes (PST, OST) by libpff: every message of every folder, orphans too, as a member."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypff

from bmnn.reading.formats import html
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.vietnamese import decode_legacy

_DEPTH = 60


def read(found: Found) -> None:
    """Open the mailbox. Raises Unread("damaged")."""
    mailbox = pypff.file()
    try:
        mailbox.open_file_object(io.BytesIO(found.data))
        root = mailbox.get_root_folder()
    except OSError as error:
        raise Unread("damaged") from error
    found.closers.append(mailbox.close)
    found.members.append(lambda: _folder(found, root, "", 0))
    found.members.append(lambda: _orphans(found, mailbox))


def _folder(found: Found, folder: Any, path: str, depth: int) -> Iterator[Member]:
    if depth > _DEPTH:
        raise Unread("too_deep")
    for index in range(_number(folder, "number_of_sub_messages")):
        yield _message(found, lambda i=index: folder.get_sub_message(i), f"{path}thư {index + 1}")
    for index in range(_number(folder, "number_of_sub_folders")):
        try:
            below = folder.get_sub_folder(index)
            name = below.name or f"thư mục {index + 1}"
        except OSError:
            yield Member(f"{path}thư mục {index + 1}", why="damaged")
            continue
        yield from _folder(found, below, f"{path}{name}/", depth + 1)


def _orphans(found: Found, mailbox: Any) -> Iterator[Member]:
    """Messages deleted from every folder that the file still holds."""
    for index in range(_number(mailbox, "number_of_orphan_items")):
        yield _message(found, lambda i=index: mailbox.get_orphan_item(i), f"mục mồ côi {index + 1}")


def _number(thing: Any, name: str) -> int:
    try:
        return int(getattr(thing, name) or 0)
    except OSError:
        return 0


def _message(found: Found, get: Any, name: str) -> Member:
    try:
        message = get()
        content = b"\n".join(
            _bytes(message, field) for field in ("subject", "plain_text_body", "html_body", "rtf_body")
        )
    except OSError:
        return Member(name, why="damaged")
    found.budget.spend(len(content))
    return Member(name, content, reader=lambda inner: _read_message(inner, message))


def _bytes(message: Any, field: str) -> bytes:
    try:
        value = getattr(message, field, None)
    except OSError:
        return b""
    return value if isinstance(value, bytes) else str(value).encode() if value else b""


def _read_message(found: Found, message: Any) -> None:
    found.type = "application/vnd.ms-outlook"
    headers = [
        _bytes(message, f).decode("utf-8", "replace") for f in ("sender_name", "subject", "transport_headers")
    ]
    found.text.add("mail_header", "\n".join(filter(None, headers)))
    found.property("subject", _bytes(message, "subject").decode("utf-8", "replace"))
    found.text.add("body", decode_legacy(_bytes(message, "plain_text_body")).text)
    markup = _bytes(message, "html_body")
    if markup:
        body, aside = html.parts(html.utf8(markup))
        found.text.add("body", html.letters(body, None)[0])
        found.text.add("hidden", "\n".join(html.letters(piece, None)[0] for piece in aside))
    rtf = _bytes(message, "rtf_body")
    if rtf:
        found.members.append(lambda: iter([Member("nội dung.rtf", rtf)]))
    found.members.append(lambda: _attachments(found, message))


def _attachments(found: Found, message: Any) -> Iterator[Member]:
    for index in range(_number(message, "number_of_attachments")):
        name = f"đính kèm {index + 1}"
        try:
            attachment = message.get_attachment(index)
            name = getattr(attachment, "long_filename", None) or name
            size = int(attachment.size or 0)
            if size > found.budget.room():
                yield Member(name, why="too_large", size=size)
                continue
            data = attachment.read_buffer(size) if size else b""
        except OSError:
            yield Member(name, why="damaged")
            continue
        found.budget.spend(len(data))
        yield Member(name, data)
