"""Books on screen: the shelf, a book as its form, search, the queues."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from bmnn.office.core.access import see_or_404
from bmnn.office.records import books
from bmnn.office.records.models import Book, Copy, Entry, Proposal
from bmnn.office.records.search import PAGE, search
from bmnn.office.records.views.doing import looked, viewer


@login_required
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Every book the person keeps or oversees."""
    found = Book.objects.visible_to(request.user).select_related("unit")
    return render(request, "records/shelf.html", {"books": found, "title": "Sổ đăng ký"})


@login_required
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, public_id: str) -> HttpResponse:
    """A book as the paper form, newest line first; a search is sent by POST and never stands in the address."""
    one = see_or_404(request.user, Book, public_id)
    text = request.POST.get("q", "")
    before = _whole(request.POST.get("before") or request.GET.get("truoc", ""))
    if text.strip():
        entries = search(request.user, viewer(request), text, one, before)
        after = entries[-1].pk if len(entries) == PAGE else None
    else:
        rows = Entry.objects.visible_to(request.user).filter(book=one)
        if before is not None:
            rows = rows.filter(order_no__lt=before)
        entries = list(rows.order_by("-order_no")[:PAGE])
        after = entries[-1].order_no if len(entries) == PAGE else None
    looked(request, "book", one.public_id, len(entries))
    context: dict[str, Any] = {
        "book": one,
        "title": str(one),
        "headings": books.headings(one),
        "rows": [(e, books.row(one, e)) for e in entries],
        "after": after,
        "q": text,
    }
    return render(request, "records/book.html", context)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Proposals that wait for a decision."""
    waiting = (
        Proposal.objects.visible_to(request.user)
        .filter(status="waiting")
        .select_related("item", "drafter", "item__unit")[:PAGE]
    )
    looked(request, "queue", None, len(waiting))
    return render(request, "records/queue.html", {"proposals": waiting, "title": "Chờ xác định độ mật"})


@login_required
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    """Copies handed over whose receipt is missing."""
    copies = (
        Copy.objects.visible_to(request.user)
        .filter(state="handed")
        .select_related("item", "holder_person", "holder_unit")[:PAGE]
    )
    looked(request, "receipts", None, len(copies))
    return render(request, "records/receipts.html", {"copies": copies, "title": "Chờ ký nhận"})
