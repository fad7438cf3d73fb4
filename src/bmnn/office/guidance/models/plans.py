"""The annual plan of protecting state secrets and its items."""

from __future__ import annotations

import uuid

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.guidance.words import PLAN_STATES


@projection
class Plan(models.Model):
    """One unit's plan of one year."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    goals = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="draft")
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True)
    reference = models.CharField(max_length=100, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "version"], name="one_plan_a_version")]

    def __str__(self) -> str:
        return f"Kế hoạch bảo vệ bí mật nhà nước năm {self.year}"

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return PLAN_STATES[self.state]


@projection
class PlanItem(models.Model):
    """A line of the plan: what, who leads, who helps, when, what comes of it, what it costs."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    group = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    lead = models.CharField(max_length=300)
    helpers = models.CharField(max_length=300, blank=True)
    when = models.CharField(max_length=100)
    due = models.DateField(null=True)
    product = models.CharField(max_length=300, blank=True)
    cost = models.CharField(max_length=100, blank=True)
    origin = models.CharField(max_length=300, blank=True, help_text="điều luật, điểm chỉ đạo hoặc tồn tại")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["plan_id", "order"]

    def __str__(self) -> str:
        return self.text
