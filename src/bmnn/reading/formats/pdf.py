"""PDF by pdfium: text page by page, attachments, notes, form fields, properties; pages as pictures on demand."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from bmnn.reading.found import Found, Member
from bmnn.reading.model import Unread
from bmnn.reading.pictures import Pixels

_PASSWORD_ERRORS = ("password", "security")
_OBJECTS = 3000
"""Objects of a page looked at for pictures: a drawing of a million strokes is no scan."""
_ANNOTATIONS = 500
_MOST_PIXELS = 40_000_000
_HYPHEN = "\ufffe"
"""pdfium's sign for a hyphen at a line's end."""


def read(found: Found) -> None:
    """Every page within the budget. Raises Unread: encrypted, damaged."""
    data = found.data
    start = data.find(b"%PDF-", 0, 1024 + 5)
    if start > 0:
        found.notes.add("leading_data")
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        # pdfium may repeat the reason of an earlier file; an encrypted one always names its dictionary in plain bytes.
        locked = b"/Encrypt" in data and any(word in str(error).lower() for word in _PASSWORD_ERRORS)
        raise Unread("encrypted" if locked else "damaged") from error
    found.closers.append(document.close)
    if b"/Encrypt" in data[-4096:] or b"/Encrypt" in data[:2048]:
        found.notes.add("restricted")
    readable = 0
    for number in range(min(count, found.limits.pages)):
        readable += _page(found, document, number)
    found.text.after_pages()
    if count > found.limits.pages:
        found.fail("too_many_pages")
    if count == 0 or readable == 0:
        found.fail("damaged")
    elif readable < min(count, found.limits.pages):
        found.notes.add("part_damaged")
        found.fail("damaged")
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        found.property(key.lower(), value)
    if b"/XFA" in data:
        found.members.append(lambda: _xfa(document))
    found.images = PdfPages(document, min(count, found.limits.pages))
    found.members.append(lambda: _attachments(found, document))


def _page(found: Found, document: pypdfium2.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        found.text.page(None)
        return False
    try:
        found.text.page(_image_share(page))
        text_page = page.get_textpage()
        found.text.add("body", _tidy(text_page.get_text_range()))
        text_page.close()
        _notes(found, page)
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()
    return True


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace(f"{_HYPHEN}\n", "").replace(_HYPHEN, "") if _HYPHEN in text else text


def _image_share(page: pypdfium2.PdfPage) -> float:
    """Share of the page's area covered by pictures, 0..1."""
    width, height = page.get_size()
    covered, left = 0.0, [_OBJECTS]
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        if left[0] <= 0:
            break
        covered += _covered(pdfium.FPDFPage_GetObject(page.raw, index), left, 0)
    return round(min(1.0, covered / max(1.0, float(width * height))), 3)


def _covered(shape: Any, left: list[int], depth: int) -> float:
    """Area of the pictures in this object of a page; forms are gone into a little way."""
    left[0] -= 1
    kind = pdfium.FPDFPageObj_GetType(shape)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
        count = min(left[0], pdfium.FPDFFormObj_CountObjects(shape))
        area = 0.0
        for index in range(max(0, count)):
            area += _covered(pdfium.FPDFFormObj_GetObject(shape, index), left, depth + 1)
        return area
    if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
        return 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(shape, *map(ctypes.byref, sides)):
        return 0.0
    x0, y0, x1, y1 = (side.value for side in sides)
    return float(max(0.0, x1 - x0) * max(0.0, y1 - y0))


def _notes(found: Found, page: pypdfium2.PdfPage) -> None:
    """Words of notes and values of form fields: they stand beside the page's text."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            for key in (b"Contents", b"T", b"V", b"RC"):
                text = _string(annotation, key)
                if text:
                    found.text.add("comment", text if key != b"RC" else re.sub(r"<[^>]*>", " ", text))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < 10_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
    )
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _attachments(found: Found, document: pypdfium2.PdfDocument) -> Iterator[Member]:
    for index in range(min(document.count_attachments(), found.limits.members)):
        try:
            attachment = document.get_attachment(index)
            name = attachment.get_name() or f"đính kèm {index + 1}"
            room = found.budget.room()
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield Member(f"đính kèm {index + 1}", why="damaged")
            continue
        if len(data) > room:
            yield Member(name, why="too_large", size=len(data))
            continue
        found.budget.spend(len(data))
        yield Member(name, data)


def _xfa(document: pypdfium2.PdfDocument) -> Iterator[Member]:
    """Packets of an XML form: their text is nowhere else."""
    for index in range(min(pdfium.FPDF_GetXFAPacketCount(document.raw), 100)):
        size = ctypes.c_ulong()
        pdfium.FPDF_GetXFAPacketContent(document.raw, index, None, 0, ctypes.byref(size))
        if 0 < size.value < 50_000_000:
            buffer = ctypes.create_string_buffer(size.value)
            pdfium.FPDF_GetXFAPacketContent(document.raw, index, buffer, size.value, ctypes.byref(size))
            yield Member(f"mẫu XFA {index + 1}.xml", buffer.raw[: size.value])


class PdfPage:
    """A page rendered when asked for."""

    dpi: float | None = None

    def __init__(self, document: pypdfium2.PdfDocument, number: int) -> None:
        """`number` from 1."""
        self.number, self._document = number, document

    def gray(self, dpi: int = 200) -> Pixels:
        """See PageImage."""
        return self._render(dpi, grayscale=True)

    def colour(self, dpi: int = 200) -> Pixels:
        """See PageImage."""
        return self._render(dpi, grayscale=False)

    def _render(self, dpi: int, *, grayscale: bool) -> Pixels:
        page = self._document[self.number - 1]
        try:
            width, height = page.get_size()
            scale = dpi / 72
            pixels = width * height * scale * scale
            if pixels > _MOST_PIXELS:
                scale *= (_MOST_PIXELS / pixels) ** 0.5
            bitmap = page.render(
                scale=max(scale, 0.01), grayscale=grayscale, rev_byteorder=True, prefer_bgrx=False
            )
            array = np.array(bitmap.to_numpy(), dtype=np.uint8)
            bitmap.close()
        finally:
            page.close()
        if array.ndim == 3 and (grayscale or array.shape[2] == 1):
            return np.ascontiguousarray(array[:, :, 0])
        return np.ascontiguousarray(array[:, :, :3]) if array.ndim == 3 else array


class PdfPages(Sequence[PdfPage]):
    """All pages of a document."""

    def __init__(self, document: pypdfium2.PdfDocument, count: int) -> None:
        """`count` pages of an open document."""
        self._document, self._count = document, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> PdfPage:  # type: ignore[override]  # a slice of pages is never asked for
        if not 0 <= index < self._count:
            raise IndexError(index)
        return PdfPage(self._document, index + 1)
