"""What every act of the registers does first: read its rows again inside the transaction."""

from __future__ import annotations

from dataclasses import fields

from django.db.models import Model

from bmnn.office.core.act import Act, Context, Refusal
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal

# What is read again, with the rows every act asks it for.
_LIVE: dict[type[Model], tuple[str, ...]] = {
    Book: ("unit",),
    Copy: ("item__unit", "holder_unit", "holder_person"),
    Entry: ("book__unit", "item"),
    Item: ("unit",),
    Proposal: ("item__unit",),
}


class RecordAct(Act):
    """A page loads its rows before the lock is held; another clerk may have acted since. So they are read
    again, and `examine` judges what stands now."""

    def check(self, ctx: Context) -> list[Refusal]:
        for one in fields(self.input):
            value = getattr(self.input, one.name)
            related = _LIVE.get(type(value))
            if related is not None:
                rows = type(value)._default_manager.select_related(*related)
                value.refresh_from_db(from_queryset=rows)
        return self.examine(ctx)

    def examine(self, ctx: Context) -> list[Refusal]:
        """Access, authority, separation of duties, law; [] when it may be done."""
        raise NotImplementedError
