"""Devices, their security checks, seals, repairs, and the history of each."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.equipment.words import GONE, KINDS, ROLES, STATES, TYPES


@projection
class Device(models.Model):
    """One device of a unit. `number` is its number in the unit's register; `serial_key` the serial as it compares.

    `role` is what a computer is for; `roles` the computers a stick or disk may be used on.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    type = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=200)
    serial = models.CharField(max_length=120, blank=True)
    serial_key = models.CharField(max_length=120, blank=True, db_index=True)
    vid = models.CharField(max_length=4, blank=True)
    pid = models.CharField(max_length=4, blank=True)
    role = models.CharField(max_length=10, blank=True)
    roles = models.JSONField(default=list)
    purpose = models.CharField(max_length=300, blank=True)
    place = models.CharField(
        max_length=200, blank=True, help_text="phòng đặt máy; với điện thoại: nơi cấm mang vào"
    )
    keeper = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    keeper_text = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default="registered")
    registered_on = models.DateField()
    registered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approval = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=200, blank=True)
    certificate = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    fold = models.CharField(max_length=1500, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["unit_id", "number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_device_a_number")]
        indexes = [models.Index(fields=["unit", "kind", "state"], name="device_list")]

    def __str__(self) -> str:
        kind = self.kind_word.split(",")[0]
        return self.name if self.name.casefold().startswith(kind.casefold()) else f"{kind} {self.name}"

    @property
    def kind_word(self) -> str:
        """What it is."""
        return KINDS[self.kind]

    @property
    def type_word(self) -> str:
        """The type of a stick; empty for other kinds."""
        return TYPES[self.type] if self.type else ""

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return STATES[self.state]

    @property
    def role_words(self) -> str:
        """What it is for, or on which computers it may be used."""
        found: list[Any] = [self.role] if self.role else list(self.roles)
        return ", ".join(ROLES[r] for r in found)

    @property
    def keeper_word(self) -> str:
        """Who keeps it."""
        return str(self.keeper) if self.keeper else self.keeper_text

    @property
    def gone(self) -> bool:
        """Whether it is retired or lost."""
        return self.state in GONE

    def overdue(self, day: date) -> bool:
        """Whether its security check has run out on the day."""
        return self.valid_until is not None and self.valid_until < day and not self.gone


@projection
class SecurityCheck(models.Model):
    """One security check of a device: who, when, which certificate or sticker, until when."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="checks")
    day = models.DateField()
    by = models.CharField(max_length=200)
    certificate = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(null=True)
    passed = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-day", "-id"]


@projection
class Seal(models.Model):
    """A seal on a device, from the day it was put on to the day it was found broken or taken off."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="seals")
    number = models.CharField(max_length=60)
    place = models.CharField(max_length=120, blank=True)
    put_on = models.DateField()
    off_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]


@projection
class Repair(models.Model):
    """A repair, from the day the device left to the day it came back."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="repairs")
    sent_on = models.DateField()
    where = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    storage = models.CharField(
        max_length=10, help_text="ổ lưu trữ: removed tháo giữ lại, watched có người giám sát"
    )
    supervisor = models.CharField(max_length=120, blank=True)
    back_on = models.DateField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]


@projection
class Step(models.Model):
    """One line of a device's history, in words."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="steps")
    event = models.BigIntegerField()
    day = models.DateField()
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=1000, blank=True)
    person = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
