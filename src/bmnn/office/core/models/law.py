"""The agency's own reading of rules: confirmations and corrections from the original text."""

from __future__ import annotations

from django.db import models

from bmnn.office.core.projection import projection


@projection
class LawRule(models.Model):
    """One confirmation or correction of a rule of law: who compared it with the original, when, which
    citation."""

    rule = models.CharField(max_length=120, db_index=True)
    confirmed = models.BooleanField()
    value = models.TextField(blank=True, help_text="giá trị đúng theo bản gốc, JSON; rỗng khi chỉ xác nhận")
    citation = models.TextField()
    note = models.TextField(blank=True)
    person = models.CharField(max_length=200)
    day = models.DateField()
    event = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
