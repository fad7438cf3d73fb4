"""Tasks given to units and persons, each date by which something is owed, and the evidence given."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.guidance.models.documents import Document, Point
from bmnn.office.guidance.models.plans import PlanItem
from bmnn.office.guidance.words import DEADLINES, EVIDENCE_KINDS, OWED, TASK_STATES


@projection
class Task(models.Model):
    """What one unit (or one of its persons) must do about a point or an item of the annual plan."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    point = models.ForeignKey(Point, null=True, on_delete=models.PROTECT, related_name="tasks")
    plan_item = models.ForeignKey(PlanItem, null=True, on_delete=models.PROTECT, related_name="tasks")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=1000)
    deadline = models.CharField(max_length=14)
    trigger = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=10, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(point__isnull=False) | Q(plan_item__isnull=False), name="task_has_an_origin"
            )
        ]
        indexes = [models.Index(fields=["unit", "id"], name="task_unit")]

    def __str__(self) -> str:
        return self.action

    @property
    def deadline_word(self) -> str:
        """What sort of deadline it has."""
        return DEADLINES[self.deadline]

    @property
    def origin(self) -> Any:
        """The point or item it came from."""
        return self.point or self.plan_item


@projection
class Due(models.Model):
    """One date of a task. A task has one, a periodic one gets its next when the last was closed."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="dues")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    no = models.PositiveIntegerField(default=1)
    day = models.DateField(null=True)
    first_day = models.DateField(null=True, help_text="hạn ban đầu, trước khi gia hạn")
    state = models.CharField(max_length=10)
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    returns = models.PositiveIntegerField(default=0)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["task_id", "no"]
        constraints = [
            models.UniqueConstraint(fields=["task", "no"], name="one_due_a_number"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(reviewed_by=F("submitted_by")),
                name="nobody_closes_own_report",
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="due_state_day")]

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return TASK_STATES[self.state]

    def days_late(self, today: date) -> int:
        """Days past the date; 0 when in time, without a date, or when nothing is owed any more.

        A report handed in on time is not late while it waits for its reviewer.
        """
        if self.day is None or self.state not in OWED:
            return 0
        reached = self.submitted_on if self.state == "submitted" and self.submitted_on else today
        return max(0, (reached - self.day).days)

    @property
    def was_late(self) -> bool:
        """Whether it was closed after its date (by the day of the accepted report)."""
        done = self.submitted_on or self.closed_on
        return self.day is not None and done is not None and done > self.day


@projection
class Evidence(models.Model):
    """What proves that a date was met."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True, help_text="mã số liệu của phòng khác")
    value = models.IntegerField(null=True)

    class Meta:
        ordering = ["id"]

    @property
    def kind_word(self) -> str:
        """What sort of proof."""
        return EVIDENCE_KINDS[self.kind]


@projection
class Step(models.Model):
    """What happened to a date, in order: given, changed, submitted, returned, closed."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="steps")
    event = models.BigIntegerField()
    day = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]
