"""Printing: a book as PDF, its export as a sheet, the stamps at true size."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bmnn import printing
from bmnn.office.core.access import see_or_404
from bmnn.office.core.engine import Refused, perform
from bmnn.office.core.lawview import law_on
from bmnn.office.records import demo, forms, paper
from bmnn.office.records.acts.export_book import FORMATS, ExportBook
from bmnn.office.records.models import Book, Entry, Volume
from bmnn.office.records.views.doing import fresh_key, law_words, whole
from bmnn.office.web.fields import choice, line_field

_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class PrintForm(forms.RecordForm):
    """What to print."""

    format = choice("Dạng", list(FORMATS.items()))
    volume = choice("Quyển", (), required=False)
    blank_rows = django_forms.IntegerField(
        label="Số dòng trống thêm vào cuối",
        initial=0,
        required=False,
        min_value=0,
        max_value=500,
        error_messages={
            "invalid": "Số dòng trống phải là một số nguyên.",
            "min_value": "Số dòng trống từ 0 đến 500.",
            "max_value": "Số dòng trống từ 0 đến 500.",
        },
    )
    by_hand = django_forms.BooleanField(label="Để trống chỗ ký nhận, ký tay", required=False)
    purpose = line_field("Mục đích", help_text="Ví dụ: in sổ để ký nhận, đóng quyển; phục vụ đoàn kiểm tra.")


@login_required
@require_http_methods(["GET", "POST"])
def print_book(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what for, write it down, hand out the file."""
    book = see_or_404(request.user, Book, public_id)
    volumes = list(book.volumes.all())
    form = PrintForm(request.POST or None, initial={"key": fresh_key(), "format": "pdf"})
    form.fields["volume"].choices = [("", "Cả sổ")] + [(str(v.number), f"Quyển {v.number}") for v in volumes]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            volume = next((v for v in volumes if v.number == whole(data["volume"])), None)
            try:
                return _file(request, book, volume, data)
            except Refused as refused:
                for r in refused.refusals:
                    form.add_error(r.field if r.field in form.fields else None, r.message)
            except printing.PrintError as error:
                form.add_error(None, str(error))
    context = {
        "title": f"In, xuất sổ: {book}",
        "form": form,
        "button": "Tạo tệp",
        "about": "Mỗi lần in, xuất được ghi vào nhật ký: ai, lúc nào, bao nhiêu dòng, để làm gì.",
        "cancel": reverse("records:book", args=[book.public_id]),
        "help": "in-so",
        **law_words("print"),
    }
    return render(request, "records/print.html", context, status=status)


def _file(request: HttpRequest, book: Book, volume: Volume | None, data: dict[str, Any]) -> HttpResponse:
    """The log first, then the file: what could not be written down is not handed out."""
    rows = Entry.objects.visible_to(request.user).filter(book=book)
    count = (rows.filter(volume=volume) if volume else rows).count()
    number = volume.number if volume else None
    act = ExportBook(ExportBook.Input(book, data["format"], number, count, data["purpose"]))
    perform(act, request.user, data["key"])
    wanted = paper.Request(
        book,
        volume,
        request.user,
        timezone.localtime(),
        data["blank_rows"] or 0,
        data["by_hand"],
        mark=demo.MARK if (settings.DATA / demo.MARKER).is_file() else "",
    )
    kind = data["format"]
    body = printing.register_pdf(paper.register(wanted)) if kind == "pdf" else paper.sheet(wanted)
    response = HttpResponse(body, content_type=_TYPES[kind])
    name = paper.file_name(book, volume, kind, timezone.localdate())
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def stamps(request: HttpRequest) -> HttpResponse:
    """All stamps of today's law at true size."""
    body = printing.stamps_pdf(law_on(timezone.localdate()).stamps())
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="mau-dau.pdf"'
    return response
