"""Any file → its items: sniff, read, hand on, then the members, each the same way, within the budgets."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bmnn.reading import tail
from bmnn.reading.budget import Budget
from bmnn.reading.formats import (
    archive,
    html,
    image,
    libarchive,
    mail,
    ole,
    packed,
    pdf,
    plain,
    pst,
    rar,
    rtf,
    sevenzip,
    tar,
    tnef,
    wordxml,
)
from bmnn.reading.formats import odf as odf_format
from bmnn.reading.found import Found, Member
from bmnn.reading.model import Item, ReadingLimits, Unread, verdict_of
from bmnn.reading.names import clean
from bmnn.reading.sniff import BINARY, EMPTY, NOT_DOCUMENTS, TEXT, sniff
from bmnn.reading.text import Gathered
from bmnn.sandbox.opening import Unopened, open_regular


def _nothing(found: Found) -> None:
    """An empty file is read: there is nothing in it."""


def _no_document(found: Found) -> None:
    found.fail("not_a_document")


def _unsupported(found: Found) -> None:
    plain.read_binary(found)
    found.why = "unsupported_version"


READERS: dict[str, Callable[[Found], None]] = {
    EMPTY: _nothing,
    TEXT: plain.read,
    BINARY: plain.read_binary,
    NOT_DOCUMENTS: _no_document,
    "application/json": plain.read_json,
    "application/xml": plain.read_xml,
    "image/svg+xml": plain.read_xml,
    "text/html": html.read,
    "application/x-word-xml": wordxml.read_word,
    "application/x-excel-xml": wordxml.read_excel,
    "application/x-flat-opendocument": odf_format.read_flat,
    "application/zip": archive.read,
    "application/x-ole-storage": ole.read,
    "application/rtf": rtf.read,
    "application/pdf": pdf.read,
    "message/rfc822": mail.read,
    "application/mbox": mail.read_mbox,
    "application/ms-tnef": tnef.read,
    "application/vnd.ms-outlook-pst": pst.read,
    "application/x-7z-compressed": sevenzip.read,
    "application/vnd.rar": rar.read,
    "application/x-tar": tar.read,
    **dict.fromkeys(
        ("application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd"), packed.read
    ),
    **dict.fromkeys(
        (
            "application/vnd.ms-cab-compressed",
            "application/x-iso9660-image",
            "application/x-lzh",
            "application/x-cpio",
            "application/x-archive",
        ),
        libarchive.read,
    ),
    **dict.fromkeys(
        (
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/tiff",
            "image/bmp",
            "image/webp",
            "image/heic",
            "image/jp2",
            "image/x-icon",
            "image/vnd.adobe.photoshop",
        ),
        image.read,
    ),
    "image/emf": image.read_emf,
    "image/wmf": image.read_wmf,
    **dict.fromkeys(("image/vnd.djvu", "application/postscript", "application/x-arj"), _unsupported),
}


def read(
    source: str | Path | bytes | BinaryIO, name: str = "", limits: ReadingLimits | None = None
) -> Iterator[Item]:
    """The items of one file: itself first, then what it holds, depth first.

    `source`: a path, the bytes, or a binary file open for reading. Never raises for what the content does. Pictures of
    an item can be used until the next item is asked for.
    """
    limits = limits or ReadingLimits()
    name = clean(name or (os.fspath(source) if isinstance(source, str | Path) else "(dữ liệu)"))
    try:
        data = _load(source, limits.input)
    except MemoryError:
        yield _refused(name, "memory")
        return
    except Unopened as error:
        yield _refused(name, error.why)
        return
    if len(data) > limits.input:
        yield _refused(name, "input_too_large", len(data))
        return
    yield from _item(name, Member(name, data), Budget(limits), 0)


def _load(source: str | Path | bytes | BinaryIO, most: int) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, str | Path):
        with open_regular(source, most) as file:
            return file.read()
    try:
        if os.fstat(source.fileno()).st_size <= most:
            return source.read()
    except (OSError, AttributeError):  # no file of the system behind it
        pass
    return source.read(most + 1)


def _refused(path: str, why: str, size: int = 0, kind: str = BINARY) -> Item:
    return Item(path=path, sha256="", size=size, type=kind, verdict=verdict_of(why), why=why)


def _item(path: str, member: Member, budget: Budget, depth: int) -> Iterator[Item]:
    if not len(member.data) and member.why and member.reader is None:
        yield _refused(path, member.why, member.size or 0)
        return
    if depth > budget.limits.depth:
        yield _refused(path, "too_deep", len(member.data), sniff(member.data))
        return
    found = Found(member.data, path, sniff(member.data), budget, Gathered(budget.limits.text))
    try:
        _read(found, member)
        item = _finished(found, path, member)
        yield item
        item.images = ()
        yield from _members(found, path, budget, depth)
    finally:
        for close in reversed(found.closers):
            with contextlib.suppress(Exception):
                close()


def _read(found: Found, member: Member) -> None:
    """Fill in what this file gives. Whatever goes wrong becomes the reason."""
    try:
        if member.reader is not None:
            member.reader(found)
        else:
            READERS[found.type](found)
    except Unread as error:
        found.fail(error.why)
    except MemoryError:
        found.fail("memory")
    except Exception:
        found.fail("damaged")
    if member.reader is None:
        # Also of a file that could not be read: what hides behind a damaged one is read for itself.
        with contextlib.suppress(Exception):
            tail.look(found)
    if member.why:
        found.why = member.why


def _finished(found: Found, path: str, member: Member) -> Item:
    _properties_as_text(found)
    try:
        settled = found.text.settled()
    except MemoryError:
        found.text, found.why = Gathered(0), "memory"
        settled = found.text.settled()
    if settled.hidden:
        found.notes.add("zero_width")
    digest = hashlib.sha256(member.data).hexdigest()
    return Item(
        path=path,
        sha256=digest,
        size=len(member.data) or (member.size or 0),
        type=found.type,
        text=settled.text,
        verdict=verdict_of(found.why),
        why=found.why,
        encoding=settled.encoding,
        parts=settled.parts,
        pages=settled.pages,
        properties={name: clean(value) for name, value in found.properties.items()},
        notes=tuple(sorted(found.notes)),
        images=found.images,
        data=member.data,
    )


def _properties_as_text(found: Found) -> None:
    with contextlib.suppress(Unread):
        found.text.add("property", "\n".join(found.properties.values()))


def _members(found: Found, path: str, budget: Budget, depth: int) -> Iterator[Item]:
    for give in found.members:
        try:
            for member in give():
                budget.member()
                yield from _item(f"{path}!{clean(member.name)}", member, budget, depth + 1)
        except Unread as error:
            yield _refused(f"{path}!(phần còn lại)", error.why)
            if error.why in ("too_many", "total"):
                return
        except MemoryError:
            yield _refused(f"{path}!(phần còn lại)", "memory")
        except GeneratorExit:
            raise
        except Exception:
            yield _refused(f"{path}!(phần còn lại)", "damaged")
