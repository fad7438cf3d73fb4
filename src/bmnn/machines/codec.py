"""Traces as JSON and back: how a locked-down worker hands what it read to the process that judges.

What comes back is not trusted: every value must have the type its field declares, or `BadTraces` is raised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from bmnn.machines import model

_LISTS: dict[str, type[Any]] = {
    "devices": model.DeviceTrace,
    "networks": model.NetworkTrace,
    "internet": model.InternetTrace,
    "programs": model.ProgramTrace,
    "opened": model.OpenedFile,
    "clock": model.ClockChange,
    "cleared": model.LogCleared,
    "marks": model.Mark,
    "listed": model.ListedFile,
}


class BadTraces(ValueError):
    """The answer of a worker does not have the form of traces."""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, model.Source):
        return [value.artefact, value.key]
    return value


def encode(evidence: model.Evidence) -> dict[str, Any]:
    """The traces of one artefact as a JSON value: rows of values in the order of the fields."""
    found: dict[str, Any] = {
        name: [[_plain(getattr(row, f.name)) for f in fields(row)] for row in getattr(evidence, name)]
        for name in _LISTS
        if getattr(evidence, name)
    }
    found["machine"] = evidence.machine
    found["declared"] = evidence.declared
    return found


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadTraces("moment")
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _exactly(kind: type[Any]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise BadTraces(kind.__name__)
        return value

    return check


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise BadTraces("list")
    return value


def _source(value: Any) -> model.Source:
    if not isinstance(value, list) or len(value) != 2:
        raise BadTraces("source")
    return model.Source(*_texts(value))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadTraces("number")
    return float(value)


def _sure_moment(value: Any) -> datetime:
    moment = _moment(value)
    if moment is None:
        raise BadTraces("moment")
    return moment


_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _exactly(str),
    "bool": _exactly(bool),
    "int": _exactly(int),
    "int | None": lambda v: None if v is None else _exactly(int)(v),
    "float": _number,
    "list[str]": _texts,
    "Source": _source,
    "datetime": _sure_moment,
    "datetime | None": _moment,
}


def decode(value: Any) -> model.Evidence:
    """The traces back from JSON. Raises BadTraces."""
    if not isinstance(value, dict):
        raise BadTraces("shape")
    found = model.Evidence()
    for name, kind in _LISTS.items():
        readers = [_READERS[str(f.type)] for f in fields(kind)]
        for row in _rows(value.get(name, []), len(readers)):
            try:
                parts = [read(v) for read, v in zip(readers, row, strict=True)]
            except ValueError as error:
                raise BadTraces(name) from error
            getattr(found, name).append(kind(*parts))
    found.machine, found.declared = _words(value.get("machine", {})), _words(value.get("declared", {}))
    return found


def _rows(value: Any, width: int) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(r, list) and len(r) == width for r in value):
        raise BadTraces("rows")
    return value


def _words(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise BadTraces("words")
    return value


def artefact(value: Any) -> model.Artefact:
    """An artefact back from JSON. Raises BadTraces."""
    if not isinstance(value, dict) or not isinstance(value.get("facts"), dict):
        raise BadTraces("artefact")
    words = [value.get(k) for k in ("path", "kind", "sha256", "status", "note")]
    if words[3] not in ("read", "partly", "unreadable", "missing"):
        raise BadTraces("status")
    path, kind, sha256, status, note = _texts(words)
    return model.Artefact(path, kind, sha256, status, note, value["facts"])
