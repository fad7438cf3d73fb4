"""Documents of guidance, what was read in them, their points and how they hang together."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.models import Person, Unit
from bmnn.office.core.projection import projection
from bmnn.office.guidance.words import POINT_STATES, RELATIONS


@projection
class Source(models.Model):
    """A file that was read: its text and what the reader understood, as it was before anybody corrected it.

    `fingerprint` is the hash of the text without marks and spaces: the same file under another name has the
    same one. A file that carries a level of secrecy is never kept.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, db_index=True)
    text = models.TextField()
    reading = models.JSONField()
    received_on = models.DateField()
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def waiting(self) -> list[str]:
        """Ids (D1, D2 …) of the documents in the file that nobody has confirmed yet."""
        done = set(self.documents.values_list("source_id_in_file", flat=True))
        return [d["id"] for d in self.reading.get("documents", []) if d["id"] not in done]


@projection
class Document(models.Model):
    """A document of guidance in one unit's register, confirmed by a person."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=10)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="documents")
    source_id_in_file = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True)
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=1000)
    registered_on = models.DateField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed = models.JSONField(help_text="kết quả đã sửa, đặt cạnh kết quả máy đọc")
    citations = models.JSONField(default=list, help_text="số, ký hiệu, ngày của văn bản được viện dẫn")
    contents = models.JSONField(default=list, help_text="nội dung bắt buộc đã có (quy chế, nội quy)")
    fold = models.TextField()

    objects = Visible.as_manager()

    class Meta:
        ordering = ["-registered_on", "-id"]
        indexes = [models.Index(fields=["unit", "direction"], name="guidance_unit_direction")]

    def __str__(self) -> str:
        return " ".join(p for p in (self.kind, self.reference) if p)

    @property
    def reference(self) -> str:
        """Number and symbol as they are printed: a Party symbol is joined by a hyphen."""
        if self.number and self.symbol:
            joint = "-" if "/" in self.symbol and not self.symbol.startswith("20") else "/"
            return f"{self.number}{joint}{self.symbol}"
        return self.number or self.symbol


def clause_words(clause: str) -> str:
    """A path of the reader in words: "4.3/p2" is the second paragraph of point 4.3, "1/3" the third item of point 1,
    "closing/1" the first paragraph of the closing part."""
    head, _, rest = clause.partition("/")
    words = "Phần kết" if head == "closing" else f"Điểm {head}"
    if rest[:1] == "p":
        return f"{words}, đoạn {rest[1:]}"
    if rest:
        return f"{words}, {'đoạn' if head == 'closing' else 'gạch đầu dòng'} {rest}"
    return words


@projection
class Point(models.Model):
    """One thing a document orders, as a person confirmed it."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="points")
    order = models.PositiveIntegerField()
    clause = models.CharField(max_length=40, blank=True)
    text = models.TextField(help_text="nguyên văn của điểm")
    action = models.CharField(max_length=1000)
    responsible = models.JSONField(default=list)
    deadlines = models.JSONField(default=list)
    reporting = models.JSONField(default=list)
    prohibition = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="live")
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="doubles")

    objects = Visible.as_manager()

    class Meta:
        ordering = ["document_id", "order"]

    def __str__(self) -> str:
        return clause_words(self.clause) if self.clause else f"Điểm thứ {self.order}"

    @property
    def state_word(self) -> str:
        """Where it stands."""
        return POINT_STATES[self.state]


@projection
class Relation(models.Model):
    """How a document hangs on another: one in the registers, or one only known by its number."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12)
    target = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="related_from")
    target_text = models.CharField(max_length=300, blank=True)
    target_in_file = models.CharField(
        max_length=10, blank=True, help_text="văn bản cùng tệp, khi chưa xác nhận"
    )

    class Meta:
        ordering = ["id"]

    @property
    def kind_word(self) -> str:
        """The relation in words."""
        return RELATIONS[self.kind]

    @property
    def target_word(self) -> Any:
        """What it points to."""
        return self.target or self.target_text


@projection
class Answer(models.Model):
    """A unit's own document answers a point of an upper one: the chain from province to commune and back."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="answers")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="answers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["point", "document"], name="one_answer_a_document")]
