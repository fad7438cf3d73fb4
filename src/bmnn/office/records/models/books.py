"""Books (sổ), their volumes (quyển) and their entries (dòng sổ)."""

from __future__ import annotations

import uuid

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Unit
from bmnn.office.core.projection import projection
from bmnn.office.records.models.items import Copy, Item, no_summary_at_top_level
from bmnn.office.records.words import BOOKS, LEVELS, SERIES


@projection
class Book(models.Model):
    """A register of one unit in one working year. `form` is the version of the form on the day it was opened.

    `term` is filled for Party bodies, whose document numbers run by kind through a five-year term.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    series = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    term = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    old = models.BooleanField(default=False, help_text="sổ giấy của năm trước, nhập lại theo số trên giấy")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-year", "code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "series", "year"], name="one_book_a_year")
        ]

    def __str__(self) -> str:
        if self.series == "bmnn":
            return f"{BOOKS[self.code]} năm {self.year}"
        series = SERIES[self.series]
        return f"{BOOKS[self.code]}, {series[:1].lower()}{series[1:]}, năm {self.year}"

    @property
    def stream(self) -> str:
        """The log of this book."""
        return f"book/{self.public_id}"

    @property
    def open_volume(self) -> Volume | None:
        """The volume in use."""
        return self.volumes.filter(closed_on__isnull=True).first()


@projection
class Volume(models.Model):
    """One bound volume of a book. Numbers run on from volume to volume."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="volumes")
    number = models.PositiveIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    first_no = models.PositiveIntegerField(null=True)
    last_no = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["book_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_volume_a_number"),
            models.UniqueConstraint(
                fields=["book"], condition=models.Q(closed_on__isnull=True), name="one_open_volume"
            ),
        ]


@projection
class Entry(models.Model):
    """One line of a book, as it is printed. `fold` and `scope` feed the search index by triggers."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="entries")
    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="entries")
    copy = models.ForeignKey(Copy, null=True, on_delete=models.PROTECT, related_name="+")
    unit_id_of_book = models.BigIntegerField()
    order_no = models.PositiveIntegerField()
    arrival_no = models.PositiveIntegerField(null=True)
    document_no = models.PositiveIntegerField(null=True)
    day = models.DateField(help_text="ngày đăng ký")
    reference = models.CharField(max_length=130, blank=True)
    document_day = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    doc_type = models.CharField(max_length=60)
    abstract = models.TextField(null=True)
    series = models.CharField(max_length=12)
    level = models.CharField(max_length=10, blank=True)
    level_rank = models.PositiveSmallIntegerField(default=0)
    signer = models.CharField(max_length=120, blank=True)
    recipients = models.TextField(blank=True)
    keeper = models.CharField(max_length=300, blank=True)
    copies = models.PositiveIntegerField(null=True)
    signed = models.CharField(max_length=300, blank=True, help_text="ai đã ký nhận, ngày nào")
    note = models.CharField(max_length=500, blank=True)
    voided = models.CharField(max_length=500, blank=True, help_text="lý do hủy số")
    fold = models.TextField(blank=True)
    scope = models.TextField(blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ["book_id", "order_no"]
        constraints = [
            models.UniqueConstraint(fields=["book", "order_no"], name="one_entry_a_number"),
            no_summary_at_top_level("entry_no_summary"),
        ]

    @property
    def level_word(self) -> str:
        """The level in words; for the other series their name."""
        return LEVELS.get(self.level, SERIES[self.series])

    @property
    def summary(self) -> str:
        """Kind and summary, as one cell of the form."""
        return ": ".join(p for p in (self.doc_type, self.abstract or "") if p)
