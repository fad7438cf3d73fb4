"""What a page hands out on paper: PDF, Word by the office's own template, or why it cannot be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bmnn import printing
from bmnn.law.vocabulary import BODY_TYPES
from bmnn.office.core.models import Unit
from bmnn.office.web.demo import is_demo

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mark() -> str:
    """What stands on every print of the sample agency."""
    from bmnn.office.records.demo import MARK

    return MARK if is_demo() else ""


def head(unit: Unit, day: date | None, symbol: str, number: str = "") -> printing.Head:
    """The head of a document of the unit on the day."""
    on = day or unit.since
    version = unit.version_on(on)
    parent = unit.parent_on(on)
    body = BODY_TYPES.get(version.kind if version else unit.kind)
    return printing.Head(
        agency=unit.name_on(on).split(" (")[0],
        parent=parent.name_on(on).split(" (")[0] if parent else "",
        number=number,
        symbol=symbol,
        day=day,
        style="party" if body is not None and body.party else "state",
    )


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file for download."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def hand_out(request: HttpRequest, document: printing.Document, name: str, form: str) -> HttpResponse:
    """The document as `form` ("pdf", "docx"); a page that says what is wrong with the template or the text."""
    document = replace(document, mark=document.mark or mark())
    try:
        if form == "pdf":
            return download(printing.document_pdf(document), f"{name}.pdf", PDF)
        word = printing.document_docx(document, folder=settings.DATA / "mau")
    except printing.PrintError as error:
        context = {"title": "Không in được", "words": str(error)}
        return render(request, "web/error.html", context, status=409)
    return download(word, f"{name}.docx", DOCX)
