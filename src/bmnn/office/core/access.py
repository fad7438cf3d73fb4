"""Who may see and do what: one declared rule a model, read both as a predicate and as a queryset.

A room declares its models:

    @policy(Item)
    def item(viewer: Viewer) -> Condition:
        return Has("level_rank", "lte", viewer.ceiling) & (
            Has("assignments__account_id", "exact", viewer.account.pk)
            | Has("registrar_unit_id", "in", viewer.units("van_thu"))
            | (ALWAYS if viewer.roles("kiem_tra") else NEVER)
        )

`may(account, "see", obj)` evaluates the very same condition in Python that `visible_to` turns into SQL. What
is not declared is denied. A view answers 404 on deny (`see_or_404`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from bmnn.office.core.models import Account, RoleGrant

M = TypeVar("M", bound=models.Model)


class Condition:
    """Something that holds for a row, in Python and in SQL alike."""

    def q(self, model: type[models.Model]) -> Q:
        """As a filter on the model."""
        raise NotImplementedError

    def holds(self, obj: Any) -> bool:
        """For one row."""
        raise NotImplementedError

    def __and__(self, other: Condition) -> Condition:
        return Both((self, other))

    def __or__(self, other: Condition) -> Condition:
        return Either((self, other))


@dataclass(frozen=True)
class Both(Condition):
    """All parts hold."""

    parts: tuple[Condition, ...]

    def q(self, model: type[models.Model]) -> Q:
        result = self.parts[0].q(model)
        for part in self.parts[1:]:
            result &= part.q(model)
        return result

    def holds(self, obj: Any) -> bool:
        return all(p.holds(obj) for p in self.parts)


@dataclass(frozen=True)
class Either(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def q(self, model: type[models.Model]) -> Q:
        result = self.parts[0].q(model)
        for part in self.parts[1:]:
            result |= part.q(model)
        return result

    def holds(self, obj: Any) -> bool:
        return any(p.holds(obj) for p in self.parts)


@dataclass(frozen=True)
class Constant(Condition):
    """Holds for every row or for none."""

    value: bool

    def q(self, model: type[models.Model]) -> Q:
        return ~Q(pk__in=[]) if self.value else Q(pk__in=[])

    def holds(self, obj: Any) -> bool:
        return self.value


ALWAYS, NEVER = Constant(True), Constant(False)

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda a, b: a is not None and a == b,
    "in": lambda a, b: a is not None and a in b,
    "lte": lambda a, b: a is not None and a <= b,
    "lt": lambda a, b: a is not None and a < b,
    "gte": lambda a, b: a is not None and a >= b,
    "gt": lambda a, b: a is not None and a > b,
    "isnull": lambda a, b: (a is None) == b,
}


@dataclass(frozen=True)
class Has(Condition):
    """`path` (as in a filter: `item__unit_id`, to-many relations too) compared with a value.

    `test` is one of exact, in, lte, lt, gte, gt, isnull.
    """

    path: str
    test: str
    value: Any

    def q(self, model: type[models.Model]) -> Q:
        value = list(self.value) if self.test == "in" else self.value
        wanted = Q(**{f"{self.path}__{self.test}": value})
        return _apart(model, wanted) if _through_many(model, self.path) else wanted

    def holds(self, obj: Any) -> bool:
        compare = _COMPARE[self.test]
        return any(compare(v, self.value) for v in _values(obj, self.path.split("__")))


@dataclass(frozen=True)
class Linked(Condition):
    """Some row at the far end of a to-many relation meets ALL the comparisons (one join in SQL)."""

    relation: str
    tests: tuple[tuple[str, str, Any], ...]

    def q(self, model: type[models.Model]) -> Q:
        far = _far_end(model, self.relation)
        meeting = far._default_manager.filter(Both(tuple(Has(*t) for t in self.tests)).q(far))
        return _apart(model, Q(**{f"{self.relation}__in": meeting.values("pk")}))

    def holds(self, obj: Any) -> bool:
        return any(
            all(Has(path, test, value).holds(row) for path, test, value in self.tests)
            for row in _values(obj, self.relation.split("__"))
            if row is not None
        )


def _apart(model: type[models.Model], wanted: Q) -> Q:
    """A condition on a to-many relation as a subquery of its own: two of them in one filter would mean one row."""
    return Q(pk__in=model._default_manager.filter(wanted).values("pk"))


def _through_many(model: type[models.Model], path: str) -> bool:
    for part in path.split("__"):
        related = model._meta.get_field(part)
        if related.one_to_many or related.many_to_many:
            return True
        if related.related_model is None or part.endswith("_id"):
            return False
        model = related.related_model
    return False


def _far_end(model: type[models.Model], relation: str) -> type[models.Model]:
    for part in relation.split("__"):
        model = model._meta.get_field(part).related_model
    return model


def _values(obj: Any, path: list[str]) -> Iterable[Any]:
    if obj is None:
        return [None]
    value = getattr(obj, path[0], None)
    if isinstance(value, models.Manager):
        rows: list[Any] = list(value.all())
        if len(path) == 1:
            return rows or [None]
        return [v for row in rows for v in _values(row, path[1:])] or [None]
    return [value] if len(path) == 1 else _values(value, path[1:])


@dataclass(frozen=True)
class Viewer:
    """An account on a day, with what its rule may ask for. All answers are empty for a closed account."""

    account: Account
    day: date

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The roles that hold on the day."""
        return self.account.grants_on(self.day) if self.account.is_active else []

    @property
    def ceiling(self) -> int:
        """Highest level as a rank: 0 none, 1 Mật, 2 Tối mật, 3 Tuyệt mật."""
        return self.account.ceiling_rank if self.account.is_active else 0

    def roles(self, role: str) -> bool:
        """Whether the role holds anywhere."""
        return any(g.role == role for g in self.grants)

    def everywhere(self, role: str) -> bool:
        """Whether the role holds for the whole site."""
        return any(g.role == role and g.unit_id is None for g in self.grants)

    def units(self, *roles: str) -> set[int]:
        """The units in which one of the roles holds."""
        return {g.unit_id for g in self.grants if g.role in roles and g.unit_id is not None}

    @cached_property
    def own_units(self) -> set[int]:
        """The units in which the person holds a post on the day."""
        return {p.unit_id for p in self.account.person.posts_on(self.day)}


Rule = Callable[[Viewer], Condition]
_RULES: dict[tuple[type[models.Model], str], Rule] = {}


def policy(model: type[models.Model], action: str = "see") -> Callable[[Rule], Rule]:
    """Declare the rule for an action on a model. Raises ValueError for a second rule on the same."""

    def declare(rule: Rule) -> Rule:
        if (model, action) in _RULES:
            raise ValueError(f"đã có quy tắc truy cập cho {model.__name__}, {action}")
        _RULES[model, action] = rule
        return rule

    return declare


def condition(
    account: Any, model: type[models.Model], action: str = "see", day: date | None = None
) -> Condition:
    """The condition that applies; NEVER for a stranger, a closed account or an undeclared model."""
    rule = _RULES.get((model, action))
    if rule is None or not isinstance(account, Account) or not account.is_active:
        return NEVER
    return rule(Viewer(account, day or timezone.localdate()))


def may_view(viewer: Viewer, obj: models.Model) -> bool:
    """`may(…, "see", obj)` for a viewer whose roles are already read. Deny by default."""
    rule = _RULES.get((type(obj), "see"))
    return rule is not None and viewer.account.is_active and rule(viewer).holds(obj)


def may(account: Any, action: str, obj: models.Model, day: date | None = None) -> bool:
    """Whether the account may do this to the row. Deny by default."""
    return condition(account, type(obj), action, day).holds(obj)


class Visible(models.QuerySet[M]):
    """Mix-in for querysets: what reaches a person starts with `visible_to`."""

    def visible_to(self, account: Any, action: str = "see", day: date | None = None) -> Any:
        """The rows for which `may` holds."""
        wanted = condition(account, self.model, action, day)
        if wanted is NEVER:
            return self.none()
        return self.filter(wanted.q(self.model))


def see_or_404(account: Any, model: type[M], public_id: object, *related: str) -> M:
    """The row with this public id when the account may see it; Http404 else, as if it did not exist.

    `related` rows come with it in the same query.
    """
    try:
        found = model._default_manager.filter(public_id=public_id)
        obj = (found.select_related(*related) if related else found).first()
    except (ValueError, TypeError) as error:
        raise Http404 from error
    except Exception as error:
        from django.core.exceptions import ValidationError

        if isinstance(error, ValidationError):
            raise Http404 from error
        raise
    if obj is None or not may(account, "see", obj):
        raise Http404
    return obj


def rows_for(account: Any, model: type[M], day: date | None = None) -> models.QuerySet[M]:
    """The rows of a model that the account may see, for models whose manager has no `visible_to`."""
    return model._default_manager.filter(condition(account, model, "see", day).q(model))
