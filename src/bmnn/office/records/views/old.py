"""Old paper books: taking one in, typing it line by line, reading it from a sheet."""

from __future__ import annotations

import json
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bmnn.office.core.models import Unit
from bmnn.office.records import books, forms, importing
from bmnn.office.records.acts.enter_old_line import EnterOldLine
from bmnn.office.records.acts.open_old_book import OLD_BOOKS, OpenOldBook
from bmnn.office.records.models import Book
from bmnn.office.records.views.doing import act_page, fresh_key, law_words, looked, viewer
from bmnn.office.records.views.grid import above, cells, kept, last_lines
from bmnn.office.records.words import NO_SUMMARY

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 10 * 1024 * 1024


@login_required
def open_old(request: HttpRequest) -> HttpResponse:
    """The clerk takes in a paper book of an earlier year."""
    who = viewer(request)
    units = Unit.objects.filter(pk__in=who.units("van_thu"))
    if not units.exists():
        raise Http404
    form = forms.OpenOldBookForm(request.POST or None, initial={"key": fresh_key(), "year": who.day.year - 1})
    form.fields["unit"].choices = [(str(u.public_id), u.name) for u in units]
    form.fields["code"].choices = list(OLD_BOOKS.items())

    def make(data: dict[str, Any]) -> OpenOldBook:
        unit = units.get(public_id=data["unit"])
        return OpenOldBook(OpenOldBook.Input(unit, data["code"], data["year"], data["series"]))

    return act_page(
        request,
        form,
        make,
        back=lambda done: reverse("records:old_lines", args=[done.event.data["book"]]),
        context={
            "title": OpenOldBook.title,
            "button": OpenOldBook.title,
            "about": "Để tra cứu và theo dõi thời hạn của tài liệu trong sổ giấy các năm trước. Số thứ tự, số đến "
            "ghi đúng như trên giấy.",
            "cancel": reverse("records:shelf"),
            "help": "so-dang-ky",
            **law_words("registers"),
        },
        template="records/form.html",
    )


def _crumbs(book: Book) -> list[tuple[str, str]]:
    return [("Tủ sổ", reverse("records:shelf")), (str(book), reverse("records:book", args=[book.public_id]))]


def _old(request: HttpRequest, public_id: object) -> Book:
    book = kept(request, public_id)
    if not book.old:
        raise Http404
    return book


@login_required
def lines(request: HttpRequest, public_id: str) -> HttpResponse:
    """The typing grid of an old book."""
    book = _old(request, public_id)
    shown = last_lines(request, book)
    last = shown[-1] if shown else None
    number = last.order_no + 1 if last else 1
    arrival = (last.arrival_no or 0) + 1 if last else 1
    initial = {"key": fresh_key(), "order_no": number, "arrival_no": arrival}
    form = forms.OldLineForm(request.POST or None, year=book.year, initial=initial)
    layout = books.layout(book)
    if last is not None:
        above(form, last)

    def make(data: dict[str, Any]) -> EnterOldLine:
        values = {k: v for k, v in data.items() if k not in ("key", "number", "symbol")}
        values["reference"] = forms.join_reference(data["number"], data["symbol"])
        return EnterOldLine(EnterOldLine.Input(book, **values))

    if request.method == "GET":
        looked(request, "book", book.public_id, len(shown))
    return act_page(
        request,
        form,
        make,
        back=lambda done: request.path,
        context={
            "title": f"{EnterOldLine.title}: {book}",
            "button": EnterOldLine.title,
            "book": book,
            "layout": layout,
            "lines": [(e, layout.row(e)) for e in shown],
            "cells": cells(form, layout),
            "import": reverse("records:import", args=[book.public_id]),
            "crumbs": _crumbs(book),
            "help": "so-dang-ky",
            **law_words("registers"),
        },
        template="records/grid.html",
    )


@login_required
@require_GET
def sheet_template(request: HttpRequest, public_id: str) -> HttpResponse:
    """The empty sheet to fill in."""
    book = _old(request, public_id)
    response = HttpResponse(importing.template(book), content_type=_SHEET)
    response["Content-Disposition"] = f'attachment; filename="bang-mau-{book.code.replace("_", "-")}.xlsx"'
    return response


class UploadForm(django_forms.Form):
    """The workbook."""

    sheet = django_forms.FileField(
        label="Bảng tính XLSX",
        error_messages={"required": "Hãy chọn tệp bảng tính.", "empty": "Tệp rỗng."},
        widget=django_forms.FileInput(attrs={"accept": ".xlsx"}),
    )


@login_required
@require_http_methods(["GET", "POST"])
def read_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Preview with every error at once; written only when all rows are right and the clerk says so."""
    book = _old(request, public_id)
    context: dict[str, Any] = {
        "title": f"Nhập từ bảng tính: {book}",
        "book": book,
        "form": UploadForm(),
        "crumbs": _crumbs(book),
        "help": "so-dang-ky",
    }
    status = 200
    if request.method == "POST" and "rows" in request.POST:
        status = 422
        try:
            result = importing.run(book, _table(request.POST["rows"]), request.user, write=True)
        except importing.Unreadable as error:
            messages.error(request, str(error))
        else:
            if not result.problems:
                messages.success(request, f"Đã nhập {result.count} dòng vào {book}.")
                return HttpResponseRedirect(reverse("records:book", args=[book.public_id]))
            context["result"] = result
    elif request.method == "POST":
        form = context["form"] = UploadForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            upload = form.cleaned_data["sheet"]
            try:
                if upload.size > _LARGEST:
                    raise importing.Unreadable("Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp.")
                table = importing.read(upload.read())
                result = importing.run(book, table, request.user, write=False)
            except importing.Unreadable as error:
                form.add_error("sheet", str(error))
            else:
                status = 200
                context |= {"result": result, "table": table, "shown": _shown(book, table)[:20]}
                context["rows"] = json.dumps(
                    {"sheet": table.sheet, "headings": table.headings, "rows": table.rows}
                )
    return render(request, "records/import.html", context, status=status)


def _shown(book: Book, table: importing.Table) -> list[tuple[int, list[str]]]:
    """The rows as previewed; what stands as the summary of a Tuyệt mật line is not shown again."""
    places = importing.check_headings(book, table)
    level, summary = places["level"], places["summary"]
    for _, row in table.rows:
        if (
            len(row) > max(level, summary)
            and importing.level_of(row[level]) == NO_SUMMARY
            and ":" in row[summary]
        ):
            row[summary] = importing.HIDDEN
    return table.rows


def _table(text: str) -> importing.Table:
    """The rows that came back from the preview; they are judged again like new ones. Raises Unreadable."""
    try:
        data = json.loads(text)
        rows = [(int(n), [str(c) for c in r]) for n, r in data["rows"]]
        return importing.Table(str(data["sheet"]), [str(h) for h in data["headings"]], rows)
    except (ValueError, TypeError, KeyError) as error:
        raise importing.Unreadable("Bảng xem trước không còn nguyên. Hãy chọn lại tệp.") from error
