"""The typing grid: which fields of a form stand in which column, what is copied from the line above."""

from __future__ import annotations

from django.forms import BoundField, Form
from django.http import Http404, HttpRequest

from bmnn.office.core.access import see_or_404
from bmnn.office.records import forms
from bmnn.office.records.books import Layout
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.views.doing import viewer

# Column of the form → fields that are typed there, in order of preference by what the form has.
_TYPED: dict[str, tuple[str, ...]] = {
    "order_no": ("order_no",),
    "arrival_no": ("arrival_no",),
    "day": ("arrived", "day"),
    "issuer": ("issuer",),
    "reference": ("reference", "number", "symbol"),
    "document_day": ("document_day",),
    "summary": ("doc_type", "abstract"),
    "level": ("level",),
    "signer": ("signer",),
    "recipients": ("receiver", "recipients"),
    "recipients_signed": ("receiver", "recipients", "signed"),
    "keeper": ("keeper",),
    "copies": ("copies",),
    "note": ("note",),
}
_HINTS = {
    "arrived": "ngày đến",
    "day": "ngày đến",
    "issuer": "nơi ban hành",
    "reference": "15/KH-UBND",
    "number": "15/KH-UBND",
    "symbol": "ký hiệu",
    "document_day": "0104",
    "abstract": "trích yếu",
    "receiver": "đơn vị nhận",
    "recipients": "nơi nhận",
    "signed": "ký nhận",
    "signer": "người ký",
    "keeper": "đơn vị lưu",
    "note": "ghi chú",
}
_SHOWN = 6


def kept(request: HttpRequest, public_id: object) -> Book:
    """A book the person keeps as its clerk; 404 for anybody else, also for those who may read it."""
    who = viewer(request)
    book = see_or_404(request.user, Book, public_id)
    if book.unit_id not in who.units("van_thu"):
        raise Http404
    return book


def last_lines(request: HttpRequest, book: Book) -> list[Entry]:
    """The last lines of the book that the person may see, in the order of the paper."""
    rows = Entry.objects.visible_to(request.user).filter(book=book).select_related("item")
    return list(reversed(rows.order_by("-order_no")[:_SHOWN]))


def cells(form: Form, layout: Layout) -> list[list[BoundField]]:
    """For each column of the book the fields typed in it; the others of the form stand below the table."""
    for name, words in _HINTS.items():
        if name in form.fields:
            form.fields[name].widget.attrs |= {"placeholder": words, "aria-label": words}
    return [[form[n] for n in _TYPED.get(c.field, ()) if n in form.fields] for c in layout.columns]


def others(form: Form, layout: Layout) -> list[BoundField]:
    """The visible fields that have no column."""
    typed = {f.name for cell in cells(form, layout) for f in cell}
    return [f for f in form.visible_fields() if f.name not in typed]


def above(form: Form, last: Entry) -> None:
    """What F2 and "Chép dòng trên" bring down from the last line."""
    number, symbol = forms.split_reference(last.reference)
    values = {
        "arrived": f"{last.day:%d/%m/%Y}",
        "day": f"{last.day:%d/%m/%Y}",
        "issuer": last.issuer,
        "number": number,
        "symbol": symbol,
        "document_day": f"{last.document_day:%d/%m/%Y}" if last.document_day else "",
        "doc_type": last.doc_type,
        "level": last.level,
        "abstract": last.abstract or "",
        "receiver": last.recipients,
        "recipients": last.recipients,
        "signer": last.signer,
        "keeper": last.keeper,
        "note": last.note,
    }
    for name, value in values.items():
        if name in form.fields:
            form.fields[name].widget.attrs["data-above"] = value
