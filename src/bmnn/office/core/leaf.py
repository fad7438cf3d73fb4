"""The leaf of an event row."""

from __future__ import annotations

from typing import Any

from bmnn.ledger import Leaf


def leaf_of(event: Any) -> Leaf:
    """What the log says of an event. `event` has the columns of `Event`."""
    return Leaf(
        n=event.id,
        stream=event.stream,
        seq=event.seq,
        act=event.act,
        v=event.v,
        actor=event.actor,
        at=event.at,
        day=event.day,
        key=event.key,
        numbers=event.numbers,
        body=event.body,
        salt=bytes(event.salt),
    )
