"""Which lines of a book a page shows: filters and place stand in the address, searched words never do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from bmnn.office.records.models import Book, Entry
from bmnn.office.records.search import PAGE, Filter
from bmnn.office.records.views.doing import whole
from bmnn.office.records.words import LEVELS


@dataclass(frozen=True)
class Place:
    """The state of a page of a book. `before`/`after`: order numbers (keyset, never an offset); `first`: from
    the first line on, as on paper."""

    level: str = ""
    month: int | None = None
    volume: int | None = None
    before: int | None = None
    after: int | None = None
    first: bool = False

    @classmethod
    def read(cls, data: Any) -> Place:
        """From an address or a form. What is not understood is left out."""
        level = data.get("do", "")
        month = whole(data.get("thang", ""))
        number = whole(data.get("so", ""))
        return cls(
            level=level if level in LEVELS else "",
            month=month if month and month <= 12 else None,
            volume=whole(data.get("quyen", "")),
            before=number + 1 if number is not None else whole(data.get("truoc", "")),
            after=whole(data.get("sau", "")),
            first=bool(data.get("tu-dau")),
        )

    def address(self, **changes: Any) -> str:
        """The query of an address that leads here."""
        it = replace(self, **changes)
        pairs = {
            "do": it.level,
            "thang": it.month,
            "quyen": it.volume,
            "truoc": it.before,
            "sau": it.after,
            "tu-dau": 1 if it.first else None,
        }
        return "?" + urlencode({k: v for k, v in pairs.items() if v})

    @property
    def filtered(self) -> bool:
        """Whether lines are left out."""
        return bool(self.level or self.month or self.volume)

    def as_filter(self, book: Book) -> Filter:
        """The same filters for a search."""
        since, until = self._month(book)
        return Filter(level=self.level, since=since, until=until, volume=self.volume)

    def _month(self, book: Book) -> tuple[date | None, date | None]:
        if self.month is None:
            return None, None
        after = date(book.year + self.month // 12, self.month % 12 + 1, 1)
        return date(book.year, self.month, 1), after

    def page(self, rows: QuerySet[Entry], book: Book) -> tuple[list[Entry], str, str]:
        """The lines of the page, and the addresses of the next and of the previous page ("" where none)."""
        if self.level:
            rows = rows.filter(level=self.level)
        if self.volume:
            rows = rows.filter(volume__number=self.volume)
        since, until = self._month(book)
        if since is not None:
            rows = rows.filter(day__gte=since, day__lt=until)
        if self.first or self.after is not None:
            rows = rows.filter(order_no__gt=self.after) if self.after is not None else rows
            found = list(rows.order_by("order_no")[: PAGE + 1])
            following = self.address(after=found[PAGE - 1].order_no, before=None) if len(found) > PAGE else ""
            return found[:PAGE], following, ""
        if self.before is not None:
            rows = rows.filter(order_no__lt=self.before)
        found = list(rows.order_by("-order_no")[: PAGE + 1])
        following = self.address(before=found[PAGE - 1].order_no) if len(found) > PAGE else ""
        newest = self.address(before=None) if self.before is not None else ""
        return found[:PAGE], following, newest
