"""Steps that several projections share."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from bmnn import vietnamese
from bmnn.office.core.models import Event, Person, Unit
from bmnn.office.core.rules import day_of
from bmnn.office.guidance.models import Document, Due, Point, Relation, Source, Step, Task
from bmnn.office.guidance.rules import actor_of, next_day


def add_document(event: Event, direction: str) -> Document:
    """The document of an event's body, with its points and relations."""
    body = event.data
    person = actor_of(event)
    made = Document.objects.create(
        public_id=uuid.UUID(body["document"]),
        unit=Unit.objects.get(public_id=body["unit"]),
        direction=direction,
        source=Source.objects.get(public_id=body["source"]) if body["source"] else None,
        source_id_in_file=body["in_file"],
        kind=body["kind"],
        number=body["number"],
        symbol=body["symbol"],
        day=day_of(body["day"]),
        issuer=body["issuer"],
        subject=body["subject"],
        registered_on=date.fromisoformat(event.day),
        confirmed_by=person,
        confirmed={"points": body["points"], "relations": body["relations"]},
        citations=body["citations"],
        contents=body["contents"],
        fold=vietnamese.fold(" ".join([body["kind"], body["number"], body["issuer"], body["subject"]])),
    )
    for order, one in enumerate(body["points"], 1):
        Point.objects.create(
            public_id=uuid.UUID(one["id"]),
            document=made,
            order=order,
            clause=one["clause"],
            text=one["text"],
            action=one["action"],
            responsible=one["responsible"],
            deadlines=one["deadlines"],
            reporting=one["reporting"],
            prohibition=one["prohibition"],
        )
    for one in body["relations"]:
        Relation.objects.create(
            document=made,
            kind=one["kind"],
            target=Document.objects.get(public_id=one["target"]) if one["target"] else None,
            target_text=one["text"],
            target_in_file=one["in_file"],
        )
    if made.source_id is not None:
        # Documents of the same file that were confirmed earlier and point to this one.
        Relation.objects.filter(
            document__source=made.source_id, target__isnull=True, target_in_file=made.source_id_in_file
        ).update(target=made)
    return made


def add_due(task: Task, public_id: str, day: date | None, state: str, no: int = 1) -> Due:
    """The first or next date of a task."""
    return Due.objects.create(
        public_id=uuid.UUID(public_id),
        task=task,
        unit=task.unit,
        no=no,
        day=day,
        first_day=day,
        state=state,
    )


def step(event: Event, due: Due, what: str, reason: str = "") -> Person:
    """One line of the history of a date; returns who did it."""
    person = actor_of(event)
    Step.objects.create(
        due=due, event=event.id, day=date.fromisoformat(event.day), person=person, what=what, reason=reason
    )
    return person


def next_due(event: Event, due: Due, public_id: str) -> None:
    """A periodic task gets its next date when the last one was closed."""
    if not due.task.period or due.day is None:
        return
    made = add_due(due.task, public_id, next_day(due.day, due.task.period), "open", due.no + 1)
    step(event, made, f"Kỳ tiếp theo, hạn {made.day:%d/%m/%Y}")


def due_of(body: dict[str, Any]) -> Due:
    """The date an event is about."""
    return Due.objects.select_related("task").get(public_id=body["due"])
