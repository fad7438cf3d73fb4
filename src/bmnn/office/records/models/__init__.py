"""Tables of the registers. All are projections of the acts under `records/acts`."""

from bmnn.office.records.models.books import Book, Entry, Volume
from bmnn.office.records.models.items import Copy, Custody, Interest, Item, Proposal, Trace

__all__ = ["Book", "Copy", "Custody", "Entry", "Interest", "Item", "Proposal", "Trace", "Volume"]
