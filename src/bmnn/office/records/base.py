"""What every act of the registers does first: read its rows again inside the transaction."""

from __future__ import annotations

from dataclasses import fields

from bmnn.office.core.act import Act, Context, Refusal
from bmnn.office.records.models import Book, Copy, Entry, Item, Proposal

_LIVE = (Book, Copy, Entry, Item, Proposal)


class RecordAct(Act):
    """A page loads its rows before the lock is held; another clerk may have acted since. So they are read
    again, and `examine` judges what stands now."""

    def check(self, ctx: Context) -> list[Refusal]:
        for one in fields(self.input):
            value = getattr(self.input, one.name)
            if isinstance(value, _LIVE):
                value.refresh_from_db()
        return self.examine(ctx)

    def examine(self, ctx: Context) -> list[Refusal]:
        """Access, authority, separation of duties, law; [] when it may be done."""
        raise NotImplementedError
