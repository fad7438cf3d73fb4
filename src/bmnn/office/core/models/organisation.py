"""Units as a dated tree, persons, posts, delegations: projections of the acts under `core/acts`.

A unit is never deleted: it is dissolved on a day, and every question about it names a day. Days are inclusive
at the start and exclusive at the end (`until` is the first day on which it no longer holds).
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from bmnn.office.core.projection import projection


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose dates hold on the day. `prefix` reaches through a relation (`"versions__"`)."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    )


class Dated(models.Model):
    """Something that holds from `since` (inclusive) to `until` (exclusive; null: still)."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.since <= day and (self.until is None or day < self.until)


class UnitQuery(models.QuerySet["Unit"]):
    """Questions about units."""

    def on(self, day: date) -> UnitQuery:
        """Units that exist on the day."""
        return self.filter(in_force(day))

    def under(self, unit: Unit, day: date) -> UnitQuery:
        """The unit and everything below it on the day."""
        found = [unit.pk]
        level = found
        while level:
            level = list(
                UnitVersion.objects.filter(in_force(day), parent_id__in=level).values_list(
                    "unit_id", flat=True
                )
            )
            found = found + level
        return self.filter(pk__in=found)


@projection
class Unit(Dated):
    """A body, agency or part of one. Name, kind, tier and parent here are the newest; `version_on(day)` gives
    any day's."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=100, blank=True)
    fold = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=60, help_text="loại cơ quan theo luật (body_type)")
    tier = models.CharField(max_length=40, help_text="cấp: central, province, commune … (tier)")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")
    ended_by = models.CharField(max_length=300, blank=True, help_text="văn bản chấm dứt hoạt động")

    objects = UnitQuery.as_manager()

    class Meta:
        ordering = ["fold"]

    def __str__(self) -> str:
        return self.name

    def version_on(self, day: date) -> UnitVersion | None:
        """How the unit stood on the day, or None when it did not exist."""
        return self.versions.filter(in_force(day)).first()

    def name_on(self, day: date) -> str:
        """The unit's name on the day; its newest name where the day is outside its life."""
        version = self.version_on(day)
        return version.name if version else self.name

    def parent_on(self, day: date) -> Unit | None:
        """The unit above on the day."""
        version = self.version_on(day)
        return version.parent if version else None


@projection
class UnitVersion(Dated):
    """A unit's name, kind, tier and place in the tree over a span of days."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=60)
    tier = models.CharField(max_length=40)
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=300, blank=True, help_text="văn bản làm căn cứ")

    class Meta:
        ordering = ["unit_id", "since"]


@projection
class OfficeService(Dated):
    """A shared office serves a body (an office of the Party committee that also serves the People's Council,
    for one)."""

    office = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="serves")
    body = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="served_by")
    document = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]


@projection
class Person(models.Model):
    """A person the agency works with. `fold` is for search, `sort` for lists (by given name)."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    fold = models.CharField(max_length=120, db_index=True)
    sort = models.CharField(max_length=1000, db_index=True)
    code = models.CharField(max_length=40, blank=True, help_text="số hiệu cán bộ, nếu có")
    outside = models.BooleanField(default=False, help_text="người của cơ quan khác")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["sort"]

    def __str__(self) -> str:
        return self.name

    def posts_on(self, day: date) -> models.QuerySet[Post]:
        """The posts held on the day, the heads first."""
        return self.posts.filter(in_force(day)).select_related("unit").order_by("deputy", "id")


@projection
class Post(Dated):
    """A person's post in a unit. A person may hold several, in several units, on the same day."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    post = models.CharField(max_length=60, help_text="mã chức vụ theo law.VOCABULARY")
    deputy = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True, help_text="chức danh như in trên văn bản")
    document = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title or self.post


@projection
class Delegation(Dated):
    """A written delegation from the holder of a post to a person: which acts, which levels, which days."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_taken")
    acts = models.JSONField(help_text="mã việc theo luật: copy, classify …; rỗng là mọi việc được ủy quyền")
    levels = models.JSONField(help_text="độ mật: MAT, TOI_MAT, TUYET_MAT; rỗng là mọi độ mật")
    document = models.CharField(max_length=300)
    revoked_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def covers(self, act: str, level: str | None, day: date) -> bool:
        """Whether the delegation reaches this act at this level on this day."""
        scope: tuple[Any, Any] = (self.acts, self.levels)
        return (
            self.holds(day)
            and (not scope[0] or act in scope[0])
            and (not scope[1] or level is None or level in scope[1])
        )
