"""Small steps that several projections share."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bmnn import vietnamese
from bmnn.office.core.models import Account, Event, Person, Unit
from bmnn.office.records.models import Book, Copy, Custody, Entry, Interest, Item, Trace


def day_of(text: str | None) -> date | None:
    """A day of an event's body."""
    return date.fromisoformat(text) if text else None


def unit_of(public_id: str | None) -> Unit | None:
    """A unit of an event's body."""
    return Unit.objects.get(public_id=public_id) if public_id else None


def actor_of(event: Event) -> Person:
    """The person who did the act."""
    return Account.objects.select_related("person").get(public_id=event.actor).person


def interest(item: Item, person: Person, why: str) -> None:
    """From now on the person needs to know the item."""
    Interest.objects.get_or_create(item=item, person=person, defaults={"why": why})


def taken(event: Event) -> dict[str, int]:
    """The numbers the event gave, by label."""
    return {t["label"]: t["value"] for t in json.loads(event.numbers) if "label" in t}


def fold_of(values: dict[str, Any]) -> str:
    """What a line is found by: everything a person reads in it, without marks."""
    keys = ("reference", "issuer", "doc_type", "abstract", "signer", "recipients", "keeper", "note")
    return vietnamese.fold(" ".join(str(values[k]) for k in keys if values.get(k)))


def scope_of(unit_id: int, level_rank: int) -> str:
    """Tokens by which the search index keeps a line from those who may not see it."""
    return f"u{unit_id}r{level_rank}"


def add_entry(book: Book, item: Item, **values: Any) -> Entry:
    """A line at the end of a book's open volume."""
    volume = book.open_volume
    if volume is None:
        raise ValueError(f"sổ {book.public_id} không có quyển đang mở")
    # The lines of an old paper book may be typed in any order.
    volume.first_no = min(volume.first_no or values["order_no"], values["order_no"])
    volume.last_no = max(volume.last_no or 0, values["order_no"])
    volume.save(update_fields=["first_no", "last_no"])
    common: dict[str, Any] = {
        "doc_type": item.doc_type,
        "abstract": item.abstract,
        "series": item.series,
        "level": item.level,
        "level_rank": item.level_rank,
    }
    return Entry.objects.create(
        book=book,
        volume=volume,
        item=item,
        unit_id_of_book=book.unit_id,
        fold=fold_of({**common, **values}),
        scope=f"{scope_of(book.unit_id, item.level_rank)} b{book.pk}",
        **common,
        **values,
    )


def custody(event: Event, copy: Copy, step: str, *, giver: str = "", taker: str = "", note: str = "") -> None:
    """One link of the chain."""
    Custody.objects.create(
        copy=copy,
        event=event.id,
        day=date.fromisoformat(event.day),
        step=step,
        giver=giver,
        taker=taker,
        note=note,
    )


def trace(event: Event, item: Item | int) -> None:
    """The event belongs to the history of the item."""
    Trace.objects.create(item_id=item if isinstance(item, int) else item.pk, event=event.id)
