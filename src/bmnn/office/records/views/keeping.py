"""Keeping the books: opening, closing, typing in, correcting, voiding."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from bmnn.office.core.access import see_or_404
from bmnn.office.core.models import Unit
from bmnn.office.records import books, forms, suggest
from bmnn.office.records.acts.close_book import CloseBook
from bmnn.office.records.acts.close_volume import CloseVolume
from bmnn.office.records.acts.correct import FIELDS, Correct
from bmnn.office.records.acts.open_book import OpenBook
from bmnn.office.records.acts.open_volume import OpenVolume
from bmnn.office.records.acts.register_in import RegisterIn
from bmnn.office.records.acts.void_number import VoidNumber
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.views.doing import act_page, fresh_key, law_words, looked, viewer
from bmnn.office.records.views.grid import above, cells, kept, last_lines, others
from bmnn.office.records.words import BOOKS, NO_SUMMARY

_VOLUME_ACTS = {"khoa-quyen": CloseVolume, "mo-quyen": OpenVolume, "khoa-so": CloseBook}


def _book_page(book: Book) -> str:
    return reverse("records:book", args=[book.public_id])


@login_required
def open_book(request: HttpRequest) -> HttpResponse:
    """The clerk opens a book of this year."""
    who = viewer(request)
    units = Unit.objects.on(who.day).filter(pk__in=who.units("van_thu"))
    if not units.exists():
        raise Http404
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
        context={
            "title": f"{OpenBook.title} năm {who.day.year}",
            "button": OpenBook.title,
            "about": "Sổ dùng mẫu có hiệu lực vào ngày mở; số thứ tự bắt đầu từ 01 theo năm công tác.",
            "cancel": reverse("records:shelf"),
            "help": "so-dang-ky",
            **law_words("order"),
        },
        template="records/form.html",
    )


@login_required
def volume(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """Close a volume, open the next, close the book."""
    book = kept(request, public_id)
    act = _VOLUME_ACTS[what]
    form = forms.RecordForm(request.POST or None, initial={"key": fresh_key()})
    used = book.open_volume
    about = {
        "khoa-quyen": books.closing_line(used.first_no, used.last_no) if used else "",
        "mo-quyen": "Quyển mới ghi tiếp số thứ tự của quyển trước.",
        "khoa-so": "Khóa sổ khi hết năm công tác: không ghi thêm dòng nào; vẫn xem, in, đính chính được.",
    }[what]
    return act_page(
        request,
        form,
        lambda data: act(act.Input(book)),
        back=lambda done: _book_page(book),
        context={
            "title": f"{act.title}: {book}",
            "button": act.title,
            "about": about,
            "cancel": _book_page(book),
            "help": "so-dang-ky",
            **law_words("order"),
        },
        template="records/form.html",
    )


@login_required
def register_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """The typing grid: one line after the other; after saving the next empty line opens."""
    book = kept(request, public_id)
    if book.code != "so_den" or book.old:
        raise Http404
    lines = last_lines(request, book)
    initial = {"key": fresh_key(), "arrived": f"{viewer(request).day:%d/%m/%Y}", "receiver": "Văn phòng"}
    form = forms.RegisterInForm(request.POST or None, initial=initial)
    if book.series != "bmnn":
        form.fields["level"].widget = HiddenInput()
    if lines:
        above(form, lines[-1])
    layout = books.layout(book)

    def make(data: dict[str, Any]) -> RegisterIn:
        return RegisterIn(RegisterIn.Input(book, **{k: v for k, v in data.items() if k != "key"}))

    if request.method == "GET":
        looked(request, "book", book.public_id, len(lines))
    return act_page(
        request,
        form,
        make,
        back=lambda done: request.path,
        context={
            "title": f"{RegisterIn.title}: {book}",
            "button": RegisterIn.title,
            "book": book,
            "layout": layout,
            "lines": [(e, layout.row(e)) for e in lines],
            "cells": cells(form, layout),
            "others": others(form, layout),
            "following": suggest.next_numbers(book),
            "crumbs": [
                ("Tủ sổ", reverse("records:shelf")),
                (str(book), _book_page(book)),
                (RegisterIn.title, ""),
            ],
            "help": "so-dang-ky",
            **law_words("register_in"),
        },
        template="records/grid.html",
    )


@login_required
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct one column of a line."""
    entry = see_or_404(request.user, Entry, public_id)
    kept(request, entry.book.public_id)
    form = forms.CorrectForm(request.POST or None, level=entry.level, initial={"key": fresh_key()})
    form.fields["field"].choices = [
        (name, words[0].capitalize())
        for name, words in FIELDS.items()
        if not (name == "abstract" and entry.level == NO_SUMMARY)
        and not (name == "reference" and entry.document_no is not None)
    ]
    layout = books.layout(entry.book)
    return act_page(
        request,
        form,
        lambda data: Correct(Correct.Input(entry, data["field"], data["value"], data["reason"])),
        back=lambda done: reverse("records:item", args=[entry.item.public_id]),
        context={
            "title": f"{Correct.title} số {entry.order_no:02d}",
            "button": Correct.title,
            "about": "Nội dung cũ không mất: nhật ký giữ cả nội dung trước và sau khi đính chính, kèm lý do.",
            "facts": [(c.heading, v) for c, v in zip(layout.columns, layout.row(entry), strict=True) if v],
            "cancel": _book_page(entry.book),
            "help": "so-dang-ky",
            **law_words("registers"),
        },
        template="records/form.html",
    )


@login_required
def void_number(request: HttpRequest, public_id: str) -> HttpResponse:
    """Void a number with its reason."""
    entry = see_or_404(request.user, Entry, public_id)
    kept(request, entry.book.public_id)
    form = forms.ReasonForm(request.POST or None, initial={"key": fresh_key()})
    return act_page(
        request,
        form,
        lambda data: VoidNumber(VoidNumber.Input(entry, data["reason"])),
        back=lambda done: _book_page(entry.book),
        context={
            "title": f"{VoidNumber.title} {entry.order_no:02d}: {entry.book}",
            "button": VoidNumber.title,
            "about": "Số đã hủy vẫn đứng trong sổ cùng lý do và không cấp lại cho văn bản khác.",
            "cancel": _book_page(entry.book),
            "danger": True,
            "help": "so-dang-ky",
            **law_words("numbers"),
        },
        template="records/form.html",
    )
