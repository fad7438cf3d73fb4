"""Which tables are projections of the log: they are emptied and built again by `bmnn rebuild`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from django.db import models

M = TypeVar("M", bound=type[models.Model])

_declared: dict[type[models.Model], frozenset[str]] = {}


@overload
def projection(model: M) -> M: ...
@overload
def projection(*, keep: tuple[str, ...]) -> Callable[[M], M]: ...
def projection(model: Any = None, *, keep: tuple[str, ...] = ()) -> Any:
    """Declare a model as built from events alone; its many-to-many tables are included.

    `keep` names columns that are not in the log and stay through a rebuild (a password's hash, for one); they
    need a row that is found again by its primary key.
    """

    def declare(cls: M) -> M:
        _declared[cls] = frozenset(keep)
        return cls

    return declare if model is None else declare(model)


def projections() -> dict[type[models.Model], frozenset[str]]:
    """Every declared model with the columns it keeps, in the order of their declaration."""
    return dict(_declared)
