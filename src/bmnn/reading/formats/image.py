"""Image files as pages to look at; words their metadata hold. Vector pictures give the words they draw."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Mapping
from typing import Any

import pillow_heif
from PIL import Image, UnidentifiedImageError

from bmnn.reading.found import Found
from bmnn.reading.model import Unread
from bmnn.reading.pictures import Frames

pillow_heif.register_heif_opener()
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "DIB", "WEBP", "HEIF", "AVIF", "JPEG2000", "ICO", "PSD")
_TEXT_TAGS = {0x010D: "document_name", 0x010E: "description", 0x0131: "software", 0x013B: "artist", 0x8298: "copyright",
              0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "author", 0x9C9E: "keywords", 0x9C9F: "subject"}  # fmt: skip


def read(found: Found) -> None:
    """Check the header, count the frames, keep the words of the metadata. Nothing is decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _read(found, found.data)


def _read(found: Found, data: bytes) -> None:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        width, height = image.size
        frames = int(getattr(image, "n_frames", 1))
    except UnidentifiedImageError as error:
        raise Unread("damaged") from error
    if width * height > found.limits.pixels:
        raise Unread("too_many_pixels")
    if width < 1 or height < 1:
        raise Unread("damaged")
    if frames > 1 and found.type in ("image/gif", "image/webp", "image/png"):
        # An animation: the first and last frames tell what it says, between them little is new.
        frames = min(frames, 30)
    if frames > found.limits.pages:
        found.fail("too_many_pages")
        frames = found.limits.pages
    _words(found, image)
    for _ in range(frames):
        found.text.page(1.0)
    found.text.after_pages()
    dpi = image.info.get("dpi")
    found.images = Frames(data, frames, float(dpi[0]) if isinstance(dpi, tuple) and dpi and dpi[0] else None)
    if not _decodes(data):
        found.fail("damaged")


def _decodes(data: bytes) -> bool:
    """Whether the first frame's pixels are all there. Small pictures are simply decoded; it is what OCR does next."""
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        image.draft("L", (image.width // 8, image.height // 8))
        image.load()
    except (OSError, ValueError, SyntaxError, struct.error, EOFError, IndexError):
        return False
    return True


def _words(found: Found, image: Image.Image) -> None:
    lines = []
    for key, value in image.info.items():
        if isinstance(value, str) and isinstance(key, str) and key not in ("dpi",):
            lines.append(value[:100_000])
        elif key == "comment" and isinstance(value, bytes):
            lines.append(value.decode("utf-8", "replace"))
    tags: Mapping[int, Any] = {}
    with contextlib.suppress(Exception):
        tags = image.getexif()
    for tag, name in _TEXT_TAGS.items():
        value = tags.get(tag)
        if isinstance(value, bytes):
            value = value.decode("utf-16-le" if tag >= 0x9C9B else "utf-8", "replace").rstrip("\0")
        if isinstance(value, str) and value.strip():
            found.property(name, value)
    found.text.add("property", "\n".join(lines))


def read_emf(found: Found) -> None:
    """Words drawn by an enhanced metafile (MS-EMF 2.3.5.8)."""
    found.notes.add("vector_only")
    data, at, out = found.data, 0, []
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:
            break
        if kind in (83, 84) and at + 52 <= len(data):
            count, where = struct.unpack_from("<II", data, at + 44)
            width = 2 if kind == 84 else 1
            raw = data[at + where : at + where + width * min(count, size)]
            out.append(raw.decode("utf-16-le" if kind == 84 else "cp1252", "replace"))
        at += size
    found.text.add("body", "\n".join(out))


def read_wmf(found: Found) -> None:
    """Words drawn by a metafile (MS-WMF 2.3.3.5, 2.3.3.20)."""
    found.notes.add("vector_only")
    data, out = found.data, []
    at = (22 if data[:4] == b"\xd7\xcd\xc6\x9a" else 0) + 18
    while at + 6 <= len(data):
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3:
            break
        if kind == 0x0A32 and at + 14 <= len(data):
            count, options = struct.unpack_from("<HH", data, at + 10)
            start = at + 14 + (8 if options & 6 else 0)
            out.append(data[start : start + count].decode("cp1252", "replace"))
        elif kind == 0x0521 and at + 8 <= len(data):
            count = struct.unpack_from("<H", data, at + 6)[0]
            out.append(data[at + 8 : at + 8 + count].decode("cp1252", "replace"))
        at += 2 * size
    found.text.add("body", "\n".join(out))
