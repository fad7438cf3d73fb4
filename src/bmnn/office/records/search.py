"""Search without marks over the lines a person may see.

SQLite: an FTS5 index kept by triggers; the scope (unit and level) stands inside the index, so that lines of
others are never touched. Elsewhere: the folded column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from bmnn import vietnamese
from bmnn.office.core.access import Viewer, condition
from bmnn.office.core.models import Account
from bmnn.office.core.models.accounts import LEVEL_RANK
from bmnn.office.records.models import Book, Entry
from bmnn.office.records.policies import register_units
from bmnn.office.records.project import scope_of

PAGE = 50
_BEGINNING = 3
# How many of the newest lines are read for a beginning before the index is asked for it.
_LOOKED_AT = 150
# What a line on screen, and the rule of access, need; the searched text, for one, is left where it is.
SHOWN = (
    "order_no", "arrival_no", "day", "document_day", "reference", "issuer", "doc_type", "abstract", "series", "level",
    "signer", "recipients", "signed", "keeper", "copies", "note", "voided", "unit_id_of_book", "item__public_id",
    "item__level_rank",
)  # fmt: skip
_BOOK = ("book__code", "book__series", "book__year")


@dataclass(frozen=True)
class Filter:
    """What else a found line must meet: level, days (`until` exclusive), volume of its book."""

    level: str = ""
    since: date | None = None
    until: date | None = None
    volume: int | None = None


ANY = Filter()


def tokens(text: str) -> list[str]:
    """The words to look for, folded."""
    return re.findall(r"\w+", vietnamese.fold(text[:200]))[:12]


def search(
    account: Account,
    viewer: Viewer,
    text: str,
    book: Book | None = None,
    before: int | None = None,
    wanted: Filter = ANY,
) -> list[Entry]:
    """Lines that hold every word, newest first, one page. `before`: a row's key. The last word may be a beginning,
    from three letters on or when it stands alone."""
    words = tokens(text)
    if not words:
        return []
    if connection.vendor == "sqlite":
        return _fts(viewer, words, book, before, wanted)
    rows: QuerySet[Entry] = Entry.objects.visible_to(account)
    for word in words:
        rows = rows.filter(fold__contains=word)
    return list(_page(rows, book, before, wanted))


def _page(rows: QuerySet[Entry], book: Book | None, before: int | None, wanted: Filter) -> QuerySet[Entry]:
    if book is not None:
        rows = rows.filter(book=book)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.since is not None:
        rows = rows.filter(day__gte=wanted.since, day__lt=wanted.until)
    if wanted.volume:
        rows = rows.filter(volume__number=wanted.volume)
    return rows.select_related("book", "item").order_by("-pk")[:PAGE]


def _further(wanted: Filter) -> tuple[str, list[Any]]:
    """The conditions that the index does not hold, as a look at the line itself."""
    parts, values = [], []
    if wanted.level:
        parts.append("e.level = %s")
        values.append(wanted.level)
    if wanted.since is not None:
        parts.append("e.day >= %s AND e.day < %s")
        values += [wanted.since, wanted.until]
    if wanted.volume:
        parts.append("e.volume_id IN (SELECT v.id FROM records_volume v WHERE v.number = %s)")
        values.append(wanted.volume)
    if not parts:
        return "", []
    condition = f"e.id = rowid AND {' AND '.join(parts)}"
    return f"AND EXISTS (SELECT 1 FROM records_entry e WHERE {condition}) ", values  # noqa: S608  fixed words only


def _fts(
    viewer: Viewer, words: list[str], book: Book | None, before: int | None, wanted: Filter
) -> list[Entry]:
    quoted = [f'"{w}"' for w in words]
    last = before if before is not None else 2**62
    ranks = [LEVEL_RANK[wanted.level]] if wanted.level else list(range(viewer.ceiling + 1))
    scopes = [scope_of(u, r) for u in sorted(register_units(viewer)) for r in ranks if r <= viewer.ceiling]
    within = f"scope : b{book.pk}" if book is not None else ""
    further, values = _further(wanted)
    # A beginning of one or two letters stands in nearly every line; as a whole word it is found at once.
    beginning = len(words[-1]) >= _BEGINNING or len(words) == 1
    match = " AND ".join(filter(None, (f"fold : ({' AND '.join(quoted)}{'*' if beginning else ''})", within)))
    found: set[int] = set()
    with connection.cursor() as cursor:
        if scopes:
            own = f"scope : ({' OR '.join(scopes)})"
            newest = None
            if beginning and words[-1].isalnum():
                newest = _newest(cursor, quoted[:-1], words[-1], [within, own], last, (further, values))
            if newest is None:
                cursor.execute(
                    "SELECT rowid FROM records_search WHERE records_search MATCH %s AND rowid < %s "  # noqa: S608
                    f"{further}ORDER BY rowid DESC LIMIT %s",
                    [f"{match} AND {own}", last, *values, PAGE],
                )
                newest = {row[0] for row in cursor.fetchall()}
            found |= newest
        known = _known(cursor, viewer)
        if known:
            cursor.execute(
                "SELECT rowid FROM records_search WHERE records_search MATCH %s AND rowid < %s AND rowid IN "  # noqa: S608
                f"(SELECT e.id FROM records_entry e WHERE e.item_id IN (SELECT item_id FROM records_interest "
                f"WHERE person_id = %s)) {further}ORDER BY rowid DESC LIMIT %s",
                [match, last, viewer.account.person_id, *values, PAGE],
            )
            found |= {row[0] for row in cursor.fetchall()}
    rows = Entry.objects.filter(pk__in=sorted(found, reverse=True)[:PAGE])
    if book is None:
        rows = rows.select_related("book", "item").only(*SHOWN, *_BOOK)
    else:
        rows = rows.select_related("item").only(*SHOWN)
    allowed = condition(viewer.account, Entry, "see", viewer.day)
    return [e for e in rows.order_by("-pk") if allowed.holds(e)]


def _newest(
    cursor: Any, whole: list[str], beginning: str, scope: list[str], last: int, further: tuple[str, list[Any]]
) -> set[int] | None:
    """A full page of lines with a word that begins so, found among the newest lines with the other words; None
    when those do not fill a page.

    The index gives the lines of a beginning only after it has put together those of all words that begin so (8 ms
    at a million lines); where the beginning is frequent, a look at the newest lines finds them sooner.
    """
    parts = [f"fold : ({' AND '.join(whole)})" if whole else "", *scope]
    cursor.execute(
        "SELECT rowid, fold FROM records_search WHERE records_search MATCH %s AND rowid < %s "  # noqa: S608
        f"{further[0]}ORDER BY rowid DESC LIMIT %s",
        [" AND ".join(filter(None, parts)), last, *further[1], _LOOKED_AT],
    )
    # The index parts words at everything but letters and digits, `_` too.
    begins = re.compile(rf"(?<![^\W_]){beginning}")
    found: set[int] = set()
    for row, fold in iter(cursor.fetchone, None):
        if begins.search(fold):
            found.add(row)
            if len(found) == PAGE:
                return found
    return None


def _known(cursor: Any, viewer: Viewer) -> bool:
    """Whether the person has a part in any item beyond the registers of their units."""
    cursor.execute("SELECT 1 FROM records_interest WHERE person_id = %s LIMIT 1", [viewer.account.person_id])
    return cursor.fetchone() is not None
