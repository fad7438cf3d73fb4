"""Search without marks over the lines a person may see.

SQLite: an FTS5 index kept by triggers; the scope (unit and level) stands inside the index, so that lines of
others are never touched. Elsewhere: the folded column.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import QuerySet

from bmnn import vietnamese
from bmnn.office.core.access import Viewer, may
from bmnn.office.core.models import Account
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.policies import register_units
from bmnn.office.records.project import scope_of

PAGE = 50


def tokens(text: str) -> list[str]:
    """The words to look for, folded."""
    return re.findall(r"\w+", vietnamese.fold(text[:200]))[:12]


def search(
    account: Account, viewer: Viewer, text: str, book: Book | None = None, before: int | None = None
) -> list[Entry]:
    """Lines that hold every word (the last one as a beginning), newest first, one page."""
    words = tokens(text)
    if not words:
        return []
    if connection.vendor == "sqlite":
        return _fts(viewer, words, book, before)
    rows: QuerySet[Entry] = Entry.objects.visible_to(account)
    for word in words:
        rows = rows.filter(fold__contains=word)
    return list(_page(rows, book, before))


def _page(rows: QuerySet[Entry], book: Book | None, before: int | None) -> QuerySet[Entry]:
    if book is not None:
        rows = rows.filter(book=book)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.select_related("book").order_by("-pk")[:PAGE]


def _fts(viewer: Viewer, words: list[str], book: Book | None, before: int | None) -> list[Entry]:
    quoted = [f'"{w}"' for w in words]
    match = "fold : (" + " AND ".join([*quoted[:-1], f"{quoted[-1]}*"]) + ")"
    if book is not None:
        match += f" AND scope : b{book.pk}"
    scopes = [scope_of(u, r) for u in sorted(register_units(viewer)) for r in range(viewer.ceiling + 1)]
    last = before if before is not None else 2**62
    found: set[int] = set()
    with connection.cursor() as cursor:
        if scopes:
            cursor.execute(
                "SELECT rowid FROM records_search WHERE records_search MATCH %s AND rowid < %s "
                "ORDER BY rowid DESC LIMIT %s",
                [f"{match} AND scope : ({' OR '.join(scopes)})", last, PAGE],
            )
            found |= {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT s.rowid FROM records_search s WHERE records_search MATCH %s AND rowid < %s AND rowid IN "
            "(SELECT e.id FROM records_entry e JOIN records_interest i ON i.item_id = e.item_id "
            "WHERE i.person_id = %s) ORDER BY rowid DESC LIMIT %s",
            [match, last, viewer.account.person_id, PAGE],
        )
        found |= {row[0] for row in cursor.fetchall()}
    rows = Entry.objects.filter(pk__in=sorted(found, reverse=True)[:PAGE]).select_related("book", "item")
    return [e for e in rows.order_by("-pk") if may(viewer.account, "see", e, viewer.day)]
