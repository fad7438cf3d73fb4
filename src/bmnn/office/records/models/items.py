"""Items of secrecy, the proposals that made them so, their numbered copies and who holds each."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.records.words import (
    COPY_STATES,
    ITEM_STATES,
    KINDS,
    LEVELS,
    NO_SUMMARY,
    PROPOSAL_STATES,
    SERIES,
)


def no_summary_at_top_level(name: str) -> models.CheckConstraint:
    """The database itself refuses a summary of a Tuyệt mật item."""
    return models.CheckConstraint(condition=~Q(level=NO_SUMMARY) | Q(abstract__isnull=True), name=name)


def secrets_have_a_level(name: str) -> models.CheckConstraint:
    """A level stands on state secrets and on nothing else."""
    return models.CheckConstraint(
        condition=(Q(series="bmnn") & Q(level__in=list(LEVELS))) | (~Q(series="bmnn") & Q(level="")),
        name=name,
    )


@projection
class Item(models.Model):
    """A document, object, place, words or activity in one agency's keeping. `unit` is that agency."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    series = models.CharField(max_length=12)
    level = models.CharField(max_length=10, blank=True)
    level_rank = models.PositiveSmallIntegerField(default=0)
    list_code = models.CharField(max_length=120, blank=True)
    list_text = models.TextField(blank=True)
    doc_type = models.CharField(max_length=60)
    draft_ref = models.CharField(max_length=30, blank=True)
    abstract = models.TextField(null=True)
    number = models.CharField(max_length=60, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12)
    term_from = models.DateField(null=True)
    term_until = models.DateField(null=True)
    copies_permitted = models.PositiveIntegerField(default=0)
    copying = models.BooleanField(default=False)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [no_summary_at_top_level("item_no_summary"), secrets_have_a_level("item_level")]
        indexes = [
            models.Index(fields=["unit", "state"], name="item_unit_state"),
            models.Index(fields=["term_until"], name="item_term"),
        ]

    def __str__(self) -> str:
        return f"{self.doc_type} {self.reference}".strip()

    @property
    def reference(self) -> str:
        """Number and symbol as people write them, the draft's mark before there is a number."""
        if self.number and self.symbol:
            joint = "-" if "/" in self.symbol else "/"
            return f"{self.number}{joint}{self.symbol}"
        return self.number or self.symbol or self.draft_ref

    @property
    def level_word(self) -> str:
        """The level in words; for the other series their name."""
        return LEVELS.get(self.level, SERIES[self.series])

    @property
    def kind_word(self) -> str:
        """What sort of carrier it is."""
        return KINDS[self.kind]

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return ITEM_STATES[self.state]

    def is_state_secret(self, day: date | None = None) -> bool:
        """Whether it counts as a state secret (on the day: within its term)."""
        return self.series == "bmnn" and (day is None or self.term_until is None or day <= self.term_until)


@projection
class Proposal(models.Model):
    """What a drafter proposed: the five things the law wants recorded, bound by their hash."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposals")
    drafter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, blank=True)
    list_code = models.CharField(max_length=120, blank=True)
    recipients = models.JSONField()
    copies = models.PositiveIntegerField()
    copying = models.BooleanField()
    reason = models.CharField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10, default="waiting")
    proposed_on = models.DateField()
    decider = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    basis = models.CharField(max_length=500, blank=True, help_text="căn cứ thẩm quyền của người quyết định")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decider__isnull=True) | ~Q(decider=F("drafter")), name="two_pairs_of_eyes"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decider__isnull=True)
                | (~Q(status="waiting") & Q(decider__isnull=False)),
                name="decided_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="proposal_queue")]

    @property
    def status_word(self) -> str:
        """Where it stands."""
        return PROPOSAL_STATES[self.status]

    @property
    def recipients_text(self) -> str:
        """The recipients on one line."""
        return "; ".join(str(r) for r in self.recipients)


@projection
class Copy(models.Model):
    """One numbered copy (or the object itself) and who holds it now."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="copies")
    number = models.PositiveIntegerField()
    holder_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    holder_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    holder_text = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="held")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["item_id", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_copy_a_number")]
        indexes = [models.Index(fields=["state", "id"], name="copy_state")]

    def __str__(self) -> str:
        return f"Bản số {self.number}"

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return COPY_STATES[self.state]

    @property
    def holder(self) -> str:
        """Who holds it now."""
        parts: list[Any] = [self.holder_person, self.holder_unit or self.holder_text]
        return ", ".join(str(p) for p in parts if p) or "Văn thư"


@projection
class Custody(models.Model):
    """One link in the chain of custody of a copy."""

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="chain")
    event = models.BigIntegerField()
    day = models.DateField()
    step = models.CharField(max_length=10, help_text="made, handed, received, returned")
    giver = models.CharField(max_length=300, blank=True)
    taker = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]


@projection
class Interest(models.Model):
    """A person who needs to know one item: its drafter, its decider, one to whom it was handed."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="one_interest_a_person")]


@projection
class Trace(models.Model):
    """Which events concern which item: the pages of history are read along it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="traces")
    event = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
