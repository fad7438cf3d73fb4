"""Steering committees and secrecy teams: decision, members by post, rules, meetings."""

from __future__ import annotations

import uuid

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.models.organisation import Dated
from bmnn.office.core.projection import projection
from bmnn.office.guidance.models.documents import Document
from bmnn.office.guidance.words import BODY_KINDS


@projection
class Body(Dated):
    """A steering committee (Ban Chỉ đạo) or a secrecy team (Tổ bảo mật)."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    decision = models.CharField(max_length=300)
    rules = models.CharField(max_length=300, blank=True, help_text="quy chế làm việc: số, ngày")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return f"{BODY_KINDS[self.kind]} của {self.unit}"


@projection
class Member(models.Model):
    """A place on the body: the post is what the decision names; the person is who holds it now."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    order = models.PositiveIntegerField()
    role = models.CharField(max_length=100)
    post = models.CharField(max_length=200)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["body_id", "order"]


@projection
class Meeting(models.Model):
    """A meeting of the body and its conclusions; no secret text stands here."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="meetings")
    day = models.DateField()
    subject = models.CharField(max_length=300)
    conclusions = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=100, blank=True, help_text="thông báo kết luận: số, ngày")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
