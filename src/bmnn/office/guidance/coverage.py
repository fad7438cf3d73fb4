"""What became of each point: who has it, what is owed, what is late, what is proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from bmnn.office.core.models import Unit
from bmnn.office.guidance.models import Answer, Document, Due, Point, Task
from bmnn.office.guidance.words import OWED

# From the worst to the best; a point or a cell takes the worst of what it holds.
STATES: dict[str, str] = {
    "late": "Quá hạn",
    "no_owner": "Chưa giao",
    "no_evidence": "Chưa có bằng chứng",
    "submitted": "Chờ duyệt",
    "waiting": "Chờ sự việc",
    "done": "Đã xong",
    "merged": "Theo điểm đã gộp",
    "dropped": "Không theo dõi",
}
_ORDER = list(STATES)


def state_of_due(due: Due, today: date) -> str:
    """One of STATES for one date."""
    if due.state == "closed":
        return "done"
    if due.state == "waiting":
        return "waiting"
    if due.days_late(today):
        return "late"
    return "submitted" if due.state == "submitted" else "no_evidence"


def worst(states: Iterable[str]) -> str | None:
    """The worst of several states; None for none."""
    return min(states, key=_ORDER.index, default=None)


@dataclass
class PointCover:
    """A point with its state and each unit's state."""

    point: Point
    state: str
    units: dict[int, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The state in words."""
        return STATES[self.state]


def _dues(points: Iterable[Point]) -> dict[int, list[Due]]:
    found: dict[int, list[Due]] = defaultdict(list)
    rows = (
        Due.objects.filter(task__point__in=list(points))
        .exclude(state="withdrawn")
        .select_related("task", "task__unit", "unit")
    )
    for due in rows:
        found[due.task.point_id].append(due)
    return found


def cover(points: Iterable[Point], today: date) -> list[PointCover]:
    """Each point with what became of it. A merged point shows the state of the one it was merged into."""
    points = list(points)
    heads = {p.same_as_id for p in points if p.same_as_id}
    dues = _dues([*points, *Point.objects.filter(pk__in=heads)])
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(point__in=points).select_related("document", "unit"):
        answers[answer.point_id].append(answer)
    return [_cover_one(p, dues, answers[p.pk], today) for p in points]


def _cover_one(point: Point, dues: dict[int, list[Due]], answers: list[Answer], today: date) -> PointCover:
    if point.state == "dropped":
        return PointCover(point, "dropped", {}, answers)
    mine = dues.get(point.same_as_id or point.pk, [])
    by_unit: dict[int, list[str]] = defaultdict(list)
    for due in mine:
        by_unit[due.unit_id].append(state_of_due(due, today))
    units = {unit: worst(states) or "no_evidence" for unit, states in by_unit.items()}
    overall = worst(units.values())
    if overall is None:
        overall = "merged" if point.state == "merged" else "no_owner"
    return PointCover(point, overall, units, answers)


@dataclass(frozen=True)
class Matrix:
    """Units × points of one document."""

    units: list[Unit]
    rows: list[PointCover]

    def cells(self, row: PointCover) -> list[tuple[str, str]]:
        """(state, words) for each unit; ("", "") where the point was not given to it."""
        return [(s, STATES[s]) if (s := row.units.get(u.pk, "")) else ("", "") for u in self.units]


def matrix(document: Document, today: date) -> Matrix:
    """The matrix of a document's points that are followed."""
    rows = cover(document.points.exclude(state="dropped"), today)
    wanted = {unit for row in rows for unit in row.units}
    return Matrix(list(Unit.objects.filter(pk__in=wanted)), rows)


def chase(dues: QuerySet[Due], today: date) -> list[tuple[Due, int]]:
    """What is past its date, the latest first, with the days of lateness."""
    rows = (
        dues.filter(state__in=OWED, day__lt=today)
        .select_related("task", "task__giver", "task__person", "task__point__document", "unit")
        .order_by("day", "id")
    )
    late = [(due, due.days_late(today)) for due in rows]
    return sorted(((d, n) for d, n in late if n), key=lambda pair: -pair[1])


@dataclass
class Score:
    """For the yearly rating of a unit and its head: counts of dates that fell in the year."""

    unit: Unit
    due: int = 0
    in_time: int = 0
    late_done: int = 0
    late_open: int = 0
    returned: int = 0

    @property
    def percent(self) -> int | None:
        """Share done in time, whole percent; None where nothing was due."""
        return round(100 * self.in_time / self.due) if self.due else None


def evaluation(dues: QuerySet[Due], first: date, last: date, today: date) -> list[Score]:
    """Counts per unit over the dates from `first` to `last`, both included; dates to come are not counted."""
    scores: dict[int, Score] = {}
    rows = dues.filter(day__gte=first, day__lte=min(last, today)).exclude(state__in=("withdrawn", "waiting"))
    for due in rows.select_related("unit"):
        score = scores.setdefault(due.unit_id, Score(due.unit))
        score.due += 1
        score.returned += due.returns
        if due.state == "closed":
            if due.was_late:
                score.late_done += 1
            else:
                score.in_time += 1
        elif due.days_late(today):
            score.late_open += 1
    return sorted(scores.values(), key=lambda s: s.unit.fold)


@dataclass
class Link:
    """A step of the chain: a document, its points that matter here and what stands under each."""

    document: Document
    points: list[tuple[PointCover, list[Link]]] = field(default_factory=list)


def chain(document: Document, today: date, depth: int = 4) -> Link:
    """From a document through the answers of the units below to theirs, as deep as the tiers go."""
    link = Link(document)
    for row in cover(document.points.exclude(state="dropped"), today):
        below = [chain(a.document, today, depth - 1) for a in row.answers] if depth > 1 else []
        link.points.append((row, below))
    return link


def tasks_of(point: Point) -> QuerySet[Task]:
    """The tasks of a point, through the one it was merged into."""
    return Task.objects.filter(point=point.same_as or point).select_related("unit", "person", "giver")
