"""Keeping the books: opening, closing, typing in, correcting, voiding."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Unit
from bmnn.office.records import forms
from bmnn.office.records.acts.close_book import CloseBook
from bmnn.office.records.acts.close_volume import CloseVolume
from bmnn.office.records.acts.correct import FIELDS, Correct
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.open_volume import OpenVolume
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.acts.void_number import VoidNumber
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.views.doing import act_page, fresh_key, viewer
from bmnn.office.records.words import BOOKS

_VOLUME_ACTS = {"khoa-quyen": CloseVolume, "mo-quyen": OpenVolume, "khoa-so": CloseBook}


def _book_page(book: Book) -> str:
    return reverse("records:book", args=[book.public_id])


@login_required
def open_book(request: HttpRequest) -> HttpResponse:
    """The clerk opens a book of this year."""
    units = Unit.objects.filter(pk__in=viewer(request).units("van_thu"))
    form = forms.OpenBookForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["unit"].choices = [(str(u.public_id), u.name) for u in units]
    form.fields["code"].choices = list(BOOKS.items())

    def make(data: dict[str, Any]) -> OpenBook:
        return OpenBook(
            OpenBook.Input(
                units.get(public_id=data["unit"]),
                data["code"],
                data["series"],
                data["term"].strip(),
                data["last_order"] or 0,
            )
        )

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("records:book", args=[done.event.data["book"]]),
        context={"title": OpenBook.title, "button": OpenBook.title},
    )


@login_required
def volume(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """Close a volume, open the next, close the book."""
    book = see_or_404(request.user, Book, public_id)
    act = _VOLUME_ACTS[what]
    form = forms.RecordForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: act(act.Input(book)),
        back=lambda done: _book_page(book),
        context={"title": f"{act.title}: {book}", "button": act.title},
    )


@login_required
def register_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Type incoming items one after the other; after saving the next empty line opens."""
    book = see_or_404(request.user, Book, public_id)
    last = Entry.objects.filter(book=book).order_by("-order_no").first()
    initial = {"key": fresh_key(), "arrived": f"{viewer(request).day:%d/%m/%Y}", "receiver": book.unit.name}
    if last is not None:
        initial |= {"issuer": last.issuer, "doc_type": last.doc_type}
    form = forms.RegisterInForm(request.POST or None, initial=initial)

    def make(data: dict[str, Any]) -> RegisterIn:
        return RegisterIn(RegisterIn.Input(book, **{k: v for k, v in data.items() if k != "key"}))

    return act_page(
        request,
        form,
        make,
        back=lambda done: request.path,
        context={"title": f"{RegisterIn.title}: {book}", "button": RegisterIn.title, "book": book},
    )


@login_required
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct one column of a line."""
    entry = see_or_404(request.user, Entry, public_id)
    form = forms.CorrectForm(request.POST or None, initial={"key": fresh_key()})
    form.fields["field"].choices = [(k, v[0].capitalize()) for k, v in FIELDS.items()]
    return act_page(
        request,
        form,
        lambda data: Correct(Correct.Input(entry, data["field"], data["value"], data["reason"])),
        back=lambda done: _book_page(entry.book),
        context={"title": f"{Correct.title} số {entry.order_no}", "button": Correct.title},
    )


@login_required
def void_number(request: HttpRequest, public_id: str) -> HttpResponse:
    """Void a number with its reason."""
    entry = see_or_404(request.user, Entry, public_id)
    form = forms.ReasonForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: VoidNumber(VoidNumber.Input(entry, data["reason"])),
        back=lambda done: _book_page(entry.book),
        context={"title": f"{VoidNumber.title} {entry.order_no}", "button": VoidNumber.title},
    )
