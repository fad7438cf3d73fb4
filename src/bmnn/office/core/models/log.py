"""The log: events, their tree, the gapless counters, the signed checkpoints. Written by the engine alone."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Event(models.Model):
    """One act that was done. Append-only: triggers refuse any change (see the first migrations).

    `id` is the place in the order of all acts of the site (1, 2, 3 … without gaps); `stream` and `seq` (from
    0) the place in one log. `body` and `numbers` are canonical JSON; every column but `leaf_hash` is under
    the leaf.
    """

    id = models.BigIntegerField(primary_key=True)
    stream = models.CharField(max_length=100)
    seq = models.BigIntegerField()
    act = models.CharField(max_length=80)
    v = models.PositiveSmallIntegerField(default=1)
    actor = models.CharField(max_length=36, blank=True)
    at = models.CharField(max_length=27)
    day = models.CharField(max_length=10)
    key = models.CharField(max_length=80, unique=True)
    numbers = models.TextField()
    body = models.TextField()
    salt = models.BinaryField(max_length=32)
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_event_a_place")]

    @property
    def data(self) -> dict[str, Any]:
        """The body, parsed."""
        return dict(json.loads(self.body))


class LogHead(models.Model):
    """How far each log has come: size, the roots of its complete subtrees (packed), its root."""

    stream = models.CharField(max_length=100, primary_key=True)
    size = models.BigIntegerField()
    frontier = models.BinaryField()
    root = models.BinaryField(max_length=32)
    last_seen = models.CharField(max_length=27)


class LedgerNode(models.Model):
    """The hash of one complete subtree: `index` counts subtrees of 2**level leaves from the left. Level 0
    stands in Event."""

    stream = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "level", "index"], name="one_node_a_place")]


class Counter(models.Model):
    """The last number given in a series (`name`: which book or kind) within a year or term (`period`)."""

    name = models.CharField(max_length=100)
    period = models.CharField(max_length=20, blank=True)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="one_counter_a_series")]


class Checkpoint(models.Model):
    """A signed statement of one log's size and root (C2SP note), with the cosignatures that came back."""

    stream = models.CharField(max_length=100)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made = models.CharField(max_length=27)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
