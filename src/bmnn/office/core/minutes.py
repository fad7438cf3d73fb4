"""Minutes (biên bản): the act by which they take their number, and the columns each room keeps of them.

A room gives what the minutes are about, its words for those who drew them up and those who were present, and what must
hold before; its projection writes `written(event)` beside its own columns.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models

from bmnn.office.core.access import Visible
from bmnn.office.core.act import Context, Refusal, numbers_of
from bmnn.office.core.clean import check_words, line
from bmnn.office.core.models import Event
from bmnn.office.core.rules import LiveAct

NUMBER = "Số biên bản"
_WORDS = ("place", "basis", "team", "present", "conclusion")


class MinutesRow(models.Model):
    """Number, place, who was there, what was concluded. A room adds `of`, the row the minutes are about."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    number = models.PositiveIntegerField()
    day = models.DateField()
    place = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)
    team = models.JSONField()
    present = models.JSONField()
    conclusion = models.TextField(blank=True)

    objects = Visible.as_manager()

    class Meta:
        abstract = True


@dataclass(frozen=True)
class MinutesInput:
    """`of`: a row with a `unit`; `team`, `present`: one person an entry."""

    of: Any
    place: str
    team: tuple[str, ...]
    present: tuple[str, ...]
    basis: str = ""
    conclusion: str = ""


class MinutesAct(LiveAct):
    """The text is drawn from the findings as they stand when it is printed."""

    series: ClassVar[str]
    """The name of the series of numbers, one a unit and year."""
    names: ClassVar[tuple[str, str]]
    """What the event calls the minutes and what they are about."""
    labels: ClassVar[dict[str, str]]
    """The room's words for `team`, `present` and `conclusion`."""

    def may(self, ctx: Context) -> list[Refusal]:
        """Whether the actor may draw them up; nothing else is said before."""
        raise NotImplementedError

    def ready(self, ctx: Context) -> list[Refusal]:
        """What must hold of the row they are about."""
        raise NotImplementedError

    def more(self, ctx: Context) -> dict[str, Any]:
        """What else the event holds."""
        return {}

    def examine(self, ctx: Context) -> list[Refusal]:
        data, words = self.input, self.labels
        found = self.may(ctx)
        if found:
            return found
        found = self.ready(ctx)
        for field in ("team", "present"):
            if not any(m.strip() for m in getattr(data, field)):
                found.append(Refusal(field, f"Hãy ghi {words[field]}, mỗi người một dòng."))
        return found + check_words(
            (
                ("place", "địa điểm", data.place, 200, True),
                ("basis", "căn cứ", data.basis, 300, False),
                ("conclusion", words["conclusion"], " ".join(data.conclusion.split()), 2000, False),
                *(("team", words["team"], m, 200, False) for m in data.team),
                *(("present", words["present"], m, 200, False) for m in data.present),
            )
        )

    def number(self, ctx: Context) -> None:
        ctx.take(NUMBER, f"{self.series}/{self.input.of.unit.public_id}", str(ctx.day.year))

    def event(self, ctx: Context) -> dict[str, Any]:
        data = self.input
        minutes, about = self.names
        return {
            minutes: str(ctx.new_id()),
            about: str(data.of.public_id),
            **self.more(ctx),
            "place": line(data.place),
            "basis": line(data.basis),
            "team": [line(m) for m in data.team if m.strip()],
            "present": [line(m) for m in data.present if m.strip()],
            "conclusion": "\n".join(line(p) for p in data.conclusion.splitlines() if p.strip()),
        }

    @classmethod
    def written(cls, event: Event) -> dict[str, Any]:
        """The columns of `MinutesRow`, out of the event."""
        body = event.data
        return {
            "public_id": uuid.UUID(body[cls.names[0]]),
            "number": numbers_of(event)[NUMBER],
            "day": date.fromisoformat(event.day),
            **{k: body[k] for k in _WORDS},
        }
