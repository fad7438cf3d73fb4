"""Books on screen: the shelf, a book as its form, search, the queues."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from bmnn.office.core.access import see_or_404
from bmnn.office.records import books
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal
from bmnn.office.records.search import PAGE, SHOWN, search
from bmnn.office.records.views.doing import law_words, looked, viewer, whole
from bmnn.office.records.views.paging import Place
from bmnn.office.records.words import BOOKS, LEVELS, SERIES

MONTHS = range(1, 13)


@login_required
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Every book the person keeps or oversees, newest year first, with its volumes."""
    found = Book.objects.visible_to(request.user).select_related("unit").prefetch_related("volumes")
    order = list(SERIES), list(BOOKS)
    found = sorted(
        found, key=lambda b: (-b.year, b.unit.fold, order[0].index(b.series), order[1].index(b.code))
    )
    years: dict[int, list[Book]] = {}
    for one in found:
        years.setdefault(one.year, []).append(one)
    wanted = whole(request.GET.get("nam", "")) or next(iter(years), None)
    context = {
        "title": "Tủ sổ",
        "years": list(years),
        "year": wanted,
        "books": years.get(wanted or 0, []),
        "keeps": bool(viewer(request).units("van_thu")),
        "help": "so-dang-ky",
    }
    return render(request, "records/shelf.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, public_id: str) -> HttpResponse:
    """A book as the paper form; filters and place stand in the address, a search is sent by POST."""
    who = viewer(request)
    one = see_or_404(request.user, Book, public_id, "unit")
    text = request.POST.get("q", "").strip()
    place = Place.read(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and not text:
        return HttpResponseRedirect(request.path + place.address())
    layout = books.layout(one)
    following, newest, last = "", "", None
    if text:
        entries = search(request.user, who, text, one, place.before, place.as_filter(one))
        last = entries[-1].pk if len(entries) == PAGE else None
    else:
        rows = Entry.objects.visible_to(request.user).filter(book=one).select_related("item").only(*SHOWN)
        entries, following, newest = place.page(rows, one)
    looked(request, "book", one.public_id, len(entries))
    context: dict[str, Any] = {
        "book": one,
        "title": str(one),
        "layout": layout,
        "rows": [(e, layout.row(e)) for e in entries],
        "place": place,
        "following": following,
        "newest": newest,
        "last": last,
        "q": text,
        "levels": LEVELS if one.series == "bmnn" else {},
        "months": MONTHS,
        "keeps": one.unit_id in who.units("van_thu"),
        "volume": one.open_volume,
        "crumbs": [("Tủ sổ", "/ho-so/so/"), (str(one), "")],
        "help": "so-dang-ky",
    }
    return render(request, "records/book.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Search in all books the person may see; the words are sent by POST and stand in no address."""
    text = request.POST.get("q", "").strip()
    before = whole(request.POST.get("truoc", ""))
    entries = search(request.user, viewer(request), text, None, before) if text else []
    if text:
        looked(request, "search", None, len(entries))
    context = {
        "title": "Tìm trong các sổ",
        "q": text,
        "entries": entries,
        "last": entries[-1].pk if len(entries) == PAGE else None,
        "help": "so-dang-ky",
    }
    return render(request, "records/find.html", context)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Proposals that wait for a decision, the oldest first."""
    waiting = (
        Proposal.objects.visible_to(request.user)
        .filter(status="waiting")
        .select_related("item", "drafter", "item__unit")
        .order_by("id")[:PAGE]
    )
    looked(request, "queue", None, len(waiting))
    context = {
        "proposals": waiting,
        "title": "Chờ xác định độ mật",
        "decides": bool(viewer(request).units("thu_truong")),
        "help": "xac-dinh-do-mat",
        **law_words("authority"),
    }
    return render(request, "records/queue.html", context)


@login_required
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    """Copies handed over whose receipt is missing, the oldest first."""
    who = viewer(request)
    copies = (
        Copy.objects.visible_to(request.user)
        .filter(state="handed")
        .select_related("item__unit", "holder_person", "holder_unit")
        .order_by("id")[:PAGE]
    )
    last = {
        e.copy_id: e for e in Entry.objects.filter(copy__in=[c.pk for c in copies], signed="").order_by("pk")
    }
    clerk, person = who.units("van_thu"), request.user.person_id
    rows = [
        (
            c,
            last.get(c.pk),
            (who.day - last[c.pk].day).days if c.pk in last else 0,
            c.holder_person_id == person
            or (c.holder_person_id is None and bool({c.holder_unit_id, c.item.unit_id} & clerk)),
            c.holder_person_id == person or c.item.unit_id in clerk,
        )
        for c in copies
    ]
    looked(request, "receipts", None, len(rows))
    context = {
        "rows": sorted(rows, key=lambda r: -r[2]),
        "title": "Chờ ký nhận",
        "help": "giao-nhan",
        **law_words("hand_over"),
    }
    return render(request, "records/receipts.html", context)


@login_required
@require_GET
def to_register(request: HttpRequest) -> HttpResponse:
    """Items whose level is determined and that wait for their number."""
    who = viewer(request)
    items = (
        Item.objects.visible_to(request.user)
        .filter(state="determined", unit__in=who.units("van_thu"))
        .select_related("unit")
        .order_by("id")[:PAGE]
    )
    looked(request, "to_register", None, len(items))
    context = {
        "items": items,
        "title": "Chờ đăng ký đi",
        "help": "so-dang-ky",
        **law_words("register_out"),
    }
    return render(request, "records/to_register.html", context)


@login_required
@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """Items whose protection ends within 30, 60 or 90 days (or has just ended)."""
    days = whole(request.GET.get("ngay", "")) or 90
    days = days if days in (30, 60, 90) else 90
    today = viewer(request).day
    items = (
        Item.objects.visible_to(request.user)
        .filter(term_until__range=(today - timedelta(days=30), today + timedelta(days=days)))
        .exclude(state__in=("voided", "returned", "refused"))
        .select_related("unit")
        .order_by("term_until", "id")[:PAGE]
    )
    rows = [(i, (i.term_until - today).days) for i in items if i.term_until is not None]
    looked(request, "ending", None, len(rows))
    context = {
        "rows": rows,
        "days": days,
        "choices": (30, 60, 90),
        "title": "Sắp hết thời hạn bảo vệ",
        "help": "xac-dinh-do-mat",
        **law_words("term"),
    }
    return render(request, "records/ending.html", context)


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the person proposed, and how it was answered."""
    proposals = (
        Proposal.objects.visible_to(request.user)
        .filter(drafter=request.user.person_id)
        .select_related("item__unit", "decider")
        .order_by("-id")[:PAGE]
    )
    looked(request, "proposals", None, len(proposals))
    context = {"proposals": proposals, "title": "Đề xuất của tôi", "help": "xac-dinh-do-mat"}
    return render(request, "records/mine.html", context)


@login_required
@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """The copies the person holds."""
    copies = (
        Copy.objects.visible_to(request.user)
        .filter(holder_person=request.user.person_id, state__in=("handed", "received"))
        .select_related("item__unit")
        .order_by("-id")[:PAGE]
    )
    looked(request, "held", None, len(copies))
    context = {"copies": copies, "title": "Tài liệu tôi đang giữ", "help": "giao-nhan"}
    return render(request, "records/held.html", context)
