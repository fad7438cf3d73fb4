"""Proofs and exports out of the stored tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bmnn import ledger
from bmnn.ledger import Subtree
from bmnn.office.core import checkpoints
from bmnn.office.core.leaf import leaf_of
from bmnn.office.core.models import Event, LedgerNode, LogHead


def subtrees(stream: str) -> Subtree:
    """The stored hashes of a stream, for making proofs."""

    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return bytes(Event.objects.values_list("leaf_hash", flat=True).get(stream=stream, seq=index))
        return bytes(LedgerNode.objects.get(stream=stream, level=level, index=index).hash)

    return subtree


def prove(entry: int) -> dict[str, Any] | None:
    """That the event at this place in the whole log stands in its stream as it is now, under the stream's
    newest signed checkpoint; None when there is no such event or the checkpoint is older than it."""
    event = Event.objects.filter(pk=entry).first()
    if event is None:
        return None
    newest = checkpoints.newest(event.stream)
    if newest is None or newest.size <= event.seq:
        return None
    path = ledger.inclusion(event.seq, newest.size, subtrees(event.stream))
    return {
        "stream": event.stream,
        "index": event.seq,
        "size": newest.size,
        "root": bytes(newest.root).hex(),
        "hashes": [h.hex() for h in path],
        "leaf": leaf_of(event).text(),
        "checkpoint": newest.note,
    }


def continues(stream: str, older: int) -> dict[str, Any] | None:
    """That a stream, under its newest checkpoint, begins with its first `older` events: what a witness who
    kept the older checkpoint asks for. None when the stream has no such checkpoint."""
    newest = checkpoints.newest(stream)
    if newest is None or not 0 < older <= newest.size:
        return None
    path = ledger.consistency(older, newest.size, subtrees(stream))
    return {
        "stream": stream,
        "older_size": older,
        "size": newest.size,
        "root": bytes(newest.root).hex(),
        "hashes": [h.hex() for h in path],
        "checkpoint": newest.note,
    }


def loose(stream: str) -> dict[str, Any]:
    """How many events of a stream its newest checkpoint does not cover, and since when (CONTRACTS 4)."""
    newest = checkpoints.newest(stream)
    rest = Event.objects.filter(stream=stream, seq__gte=newest.size if newest else 0).order_by("seq")
    first = rest.first()
    return {"entries": rest.count(), "since": first.at if first else None}


def size_of(stream: str) -> int:
    """How many events a stream holds."""
    head = LogHead.objects.filter(stream=stream).first()
    return head.size if head else 0


def export(stream: str | None = None) -> Iterator[str]:
    """Every event as its leaf's text, one a line, in order."""
    events = Event.objects.order_by("id")
    for event in (events.filter(stream=stream) if stream else events).iterator(chunk_size=2000):
        yield leaf_of(event).text()
