"""Scans of files for secrets: what was found, what a person says of it, and its removal until the last copy is gone."""

from __future__ import annotations

import uuid

from django.db import models

from bmnn.discovery.signals.model import LEVEL_WORDS
from bmnn.discovery.verdict import WORDS
from bmnn.office.core.access import Visible
from bmnn.office.core.minutes import MinutesRow
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.oversight.words import ANSWERS, METHODS


@projection
class Scan(models.Model):
    """One finished scan. `place`: where the files are, in words; `totals`: as the scan counts; `job`: where its names
    and pictures lie while they are kept."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300)
    day = models.DateField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    totals = models.JSONField()
    job = models.UUIDField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="one_scan_a_number")]

    def __str__(self) -> str:
        return f"Lần rà soát {self.number:02d}/{self.year}: {self.title}"


@projection
class Removal(MinutesRow):
    """Minutes of removal (biên bản gỡ bỏ) of confirmed findings."""

    of = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="removals")

    class Meta:
        ordering = ["of_id", "number"]

    @property
    def left(self) -> int:
        """Copies that are still where they were found."""
        return self.findings.filter(removed_on=None).count()


@projection
class ScanFinding(models.Model):
    """One item that a person must look at. `label`: its path, without the name where that could be a summary; `mark`:
    keyed mark of its text; `answer`: what a person says; `by_memory`: said of the same content before."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    of = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="findings")
    rank = models.PositiveIntegerField()
    label = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=32, blank=True)
    type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    verdict = models.CharField(max_length=12)
    level = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=40, blank=True)
    signals = models.JSONField()
    answer = models.CharField(max_length=12, default="open")
    said_level = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True)
    by_memory = models.BooleanField(default=False)
    removal = models.ForeignKey(Removal, null=True, on_delete=models.SET_NULL, related_name="findings")
    removed_on = models.DateField(null=True)
    method = models.CharField(max_length=12, blank=True)
    evidence = models.CharField(max_length=500, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["of_id", "rank"]
        indexes = [models.Index(fields=["answer", "removed_on"], name="finding_open")]

    @property
    def verdict_word(self) -> str:
        """What the scan says."""
        return WORDS[self.verdict]

    @property
    def level_word(self) -> str:
        """The level a person named, else the one the marks name."""
        return LEVEL_WORDS.get(self.said_level or self.level, "")

    @property
    def answer_word(self) -> str:
        """What a person says."""
        return ANSWERS[self.answer]

    @property
    def method_word(self) -> str:
        """How it was removed."""
        return METHODS.get(self.method, "")

    @property
    def state_word(self) -> str:
        """Where its removal stands; empty where none is due."""
        if self.answer != "secret":
            return ""
        if self.removed_on:
            return f"Đã gỡ ngày {self.removed_on:%d/%m/%Y}"
        return "Chờ gỡ bỏ" if self.removal_id else "Chờ lập biên bản"
