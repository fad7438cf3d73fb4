"""Proofs and exports out of the stored tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bmnn.office.core import inclusion
from bmnn.office.core.leaf import leaf_text
from bmnn.office.core.models import Event, LedgerNode, LogHead


def prove(entry: int) -> dict[str, Any] | None:
    """That the event at this place in the whole log stands in its stream as it is now; None when there is
    none."""
    event = Event.objects.filter(pk=entry).first()
    if event is None:
        return None
    head = LogHead.objects.get(stream=event.stream)

    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return bytes(
                Event.objects.values_list("leaf_hash", flat=True).get(stream=event.stream, seq=index)
            )
        node = LedgerNode.objects.get(stream=event.stream, level=level, index=index)
        return bytes(node.hash)

    return {
        "schema_version": 1,
        "stream": event.stream,
        "index": event.seq,
        "size": head.size,
        "root": bytes(head.root).hex(),
        "hashes": [h.hex() for h in inclusion.path(event.seq, head.size, subtree)],
        "leaf": leaf_text(event),
    }


def export(stream: str | None = None) -> Iterator[str]:
    """Every event as its leaf's text, one a line, in order."""
    events = Event.objects.order_by("id")
    for event in (events.filter(stream=stream) if stream else events).iterator(chunk_size=2000):
        yield leaf_text(event)
