"""Checks of computers: what was found, how it was answered, the minutes, and what must be put right."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.minutes import MinutesRow
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.equipment.models.devices import Device
from bmnn.office.equipment.words import CONFIDENCES, FINDING_STATES, REMEDY_STATES, SEVERITIES


@projection
class Check(models.Model):
    """One check of one or several computers of a unit. `result` is the reduced result (`results.reduce`)."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    day = models.DateField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    result = models.JSONField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="one_check_a_number")]

    def __str__(self) -> str:
        return f"Lần kiểm tra {self.number:02d}/{self.year}: {self.title}"

    @property
    def machines(self) -> list[dict[str, object]]:
        """The computers, as `results.reduce` made them."""
        return list(self.result["machines"])


@projection
class Finding(models.Model):
    """One finding of a check and its answer."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="findings")
    rank = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    machines = models.JSONField()
    severity = models.CharField(max_length=10)
    confidence = models.CharField(max_length=12)
    summary = models.TextField()
    law = models.JSONField()
    observations = models.JSONField()
    total = models.PositiveIntegerField()
    does_not_prove = models.TextField()
    serial = models.CharField(max_length=120, blank=True)
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="findings")
    state = models.CharField(max_length=10, default="open")
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["of_id", "rank"]

    @property
    def severity_word(self) -> str:
        """How grave."""
        return SEVERITIES[self.severity]

    @property
    def confidence_word(self) -> str:
        """How sure."""
        return CONFIDENCES[self.confidence]

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return FINDING_STATES[self.state]


@projection
class Minutes(MinutesRow):
    """Minutes of a check (biên bản kiểm tra)."""

    of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="minutes")

    class Meta:
        ordering = ["-id"]


@projection
class Remedy(models.Model):
    """What must be put right: by whom, until when, and what showed that it was."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="remedies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    given_on = models.DateField()
    state = models.CharField(max_length=10, default="open")
    done_on = models.DateField(null=True)
    evidence = models.CharField(max_length=500, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["state", "due", "id"]

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return REMEDY_STATES[self.state]

    def late(self, day: date) -> bool:
        """Whether it is past its day."""
        return self.state == "open" and self.due < day
