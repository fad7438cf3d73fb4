"""Reading from outside: the same items through a pool of sandboxed workers. No parser is imported on this side."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from bmnn.reading.model import Item, ReadingLimits, verdict_of
from bmnn.reading.names import clean
from bmnn.sandbox import Box, Job, Limits, Outcome


class Reader:
    """Reads files in locked-down workers; each file gives its items, also when it kills the worker."""

    def __init__(
        self, workers: int = 1, limits: ReadingLimits | None = None, box: Limits | None = None
    ) -> None:
        """`box`: budgets of a worker; `box.wall` is the longest a single item may take."""
        self._limits = limits or ReadingLimits()
        box_limits = box or Limits(input=self._limits.input, reply=512 * 1024 * 1024)
        self._box = Box("bmnn.reading.worker:serve", box_limits, workers=workers)

    def items(self, path: str | Path) -> list[Item]:
        """All items of one file. Raises SandboxError only when the box itself cannot work."""
        job = self._job(path)
        return items_of(self._box.call(job.paths, job.argument), str(path))

    def many(self, paths: Iterable[str | Path]) -> Iterator[tuple[str, list[Item]]]:
        """(path, items) in the order of the paths, with all workers busy."""
        named: list[str] = []

        def jobs() -> Iterator[Job]:
            for path in paths:
                named.append(os.fspath(path))
                yield self._job(path)

        for index, outcome in enumerate(self._box.map(jobs())):
            yield named[index], items_of(outcome, named[index])

    def _job(self, path: str | Path) -> Job:
        return Job((path,), {"name": clean(os.fspath(path)), "limits": self._limits.to_json()})

    def close(self) -> None:
        """End the workers."""
        self._box.close()

    def __enter__(self) -> Self:
        """Start one worker, so that a missing layer of the sandbox is known at once."""
        self._box.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        self._box.close()


def items_of(outcome: Outcome, path: str) -> list[Item]:
    """Items of a call; when it was cut short, one more that says why and stands for what was not reached."""
    items = [Item.from_json(value) for value in outcome.value or []]
    if outcome.ok:
        return items
    name = clean(path) if not items else f"{clean(path)}!(phần còn lại)"
    size = 0
    if not items:
        try:
            size = os.lstat(path).st_size
        except (OSError, ValueError):
            size = 0
    kind, verdict = "application/octet-stream", verdict_of(outcome.why)
    lost = Item(path=name, sha256="", size=size, type=kind, verdict=verdict, why=outcome.why)
    return [*items, lost]
