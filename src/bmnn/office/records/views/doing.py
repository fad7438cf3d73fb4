"""What the pages of the registers share beside `web.doing`: the words of law at a button, pages without a book."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bmnn.office.core.access import Viewer
from bmnn.office.core.lawview import law_on
from bmnn.office.core.models import RoleGrant
from bmnn.office.records import legal
from bmnn.office.web.doing import act_page, fresh_key, looked

__all__ = ["act_page", "fresh_key", "law_words", "looked", "no_book", "viewer", "whole"]


def viewer(request: HttpRequest) -> Viewer:
    """Who looks, today. The roles are read once a request: every rule of access asks for them."""
    if "grants" not in getattr(request.user, "_prefetched_objects_cache", {}):
        grants = RoleGrant.objects.select_related("unit")
        prefetch_related_objects([request.user], Prefetch("grants", queryset=grants))
    return Viewer(request.user, timezone.localdate())


def law_words(key: str) -> dict[str, Any]:
    """The article at a button, with its badge while it waits to be compared with the original."""
    basis = legal.basis(law_on(timezone.localdate()), key)
    return {"law": basis.citation, "law_unchecked": basis.unchecked}


def no_book(request: HttpRequest, words: str) -> HttpResponse:
    """A book must be opened first."""
    context = {"title": "Chưa có sổ", "words": words, "help": "so-dang-ky"}
    return render(request, "records/no_book.html", context, status=409)


def whole(text: str) -> int | None:
    """A typed whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
