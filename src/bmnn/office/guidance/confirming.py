"""What a person does to the points of a reading before confirming: keep, correct, split, merge, add, drop."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from bmnn.office.guidance.models import Source

# Below this the reader itself is unsure: the value is marked for the person.
SURE = 0.8


@dataclass(frozen=True)
class Row:
    """One point as it stands on the page. `origins` are the reader's task ids it came from."""

    text: str = ""
    action: str = ""
    clause: str = ""
    responsible: str = ""
    origins: tuple[str, ...] = ()
    keep: bool = True
    prohibition: bool = False
    unsure: tuple[str, ...] = ()


def parsed(source: Source, in_file: str) -> dict[str, Any] | None:
    """The reader's record of one document of the file."""
    return next((d for d in source.reading.get("documents", []) if d.get("id") == in_file), None)


def _confidence(value: Any) -> float:
    """Confidences are kept as whole thousandths in the log."""
    return float(value) / 1000 if isinstance(value, int) and value > 1 else float(value or 0)


def unsure_fields(document: dict[str, Any], prefix: str) -> tuple[str, ...]:
    """Names of the fields below a path that the reader was not sure of."""
    found = []
    for path, evidence in (document.get("evidence") or {}).items():
        under = path == prefix or path.startswith(f"{prefix}.")
        if under and _confidence(evidence.get("confidence", 1000)) < SURE:
            found.append(path.removeprefix(prefix).lstrip("."))
    return tuple(found)


def span(document: dict[str, Any], path: str) -> tuple[int, int] | None:
    """Where in the text a value stands."""
    place = ((document.get("evidence") or {}).get(path) or {}).get("span")
    return (place[0], place[1]) if place else None


def rows(source: Source, document: dict[str, Any]) -> list[Row]:
    """The reader's tasks as rows of the page."""
    return [
        Row(
            text=_text(source, document, n, task),
            action=str(task.get("action") or task.get("quote") or "")[:1000],
            clause=str(task.get("clause") or ""),
            responsible="; ".join(task.get("responsible") or []),
            origins=(str(task.get("id")),),
            prohibition=bool(task.get("prohibition")),
            unsure=unsure_fields(document, f"tasks.{n}"),
        )
        for n, task in enumerate(document.get("tasks") or [])
    ]


def _text(source: Source, document: dict[str, Any], n: int, task: dict[str, Any]) -> str:
    place = span(document, f"tasks.{n}") or span(document, f"tasks.{n}.quote")
    if place and place[1] - place[0] > len(str(task.get("quote") or "")):
        return " ".join(source.text[place[0] : place[1]].split())
    return "; ".join(task.get("actions") or []) or str(task.get("quote") or "")


def deadlines(document: dict[str, Any], row: Row) -> tuple[dict[str, Any], ...]:
    """The reader's deadlines of the tasks a row came from."""
    return tuple(d for task in _tasks(document, row) for d in task.get("deadline") or [])


def reporting(document: dict[str, Any], row: Row) -> tuple[dict[str, Any], ...]:
    """The reader's reporting lines of the tasks a row came from."""
    return tuple(r for task in _tasks(document, row) for r in task.get("reporting") or [])


def _tasks(document: dict[str, Any], row: Row) -> list[dict[str, Any]]:
    return [t for t in document.get("tasks") or [] if str(t.get("id")) in row.origins]


def edit(current: list[Row], what: str) -> list[Row]:
    """The rows after one press of a button: `split-3`, `merge-3` (with the one above), `add-3` (below it).

    A split divides the text at its first semicolon or full stop after the middle, else in halves at a space. Raises
    ValueError for anything else.
    """
    found = re.fullmatch(r"(split|merge|add)-(\d{1,4})", what)
    if found is None:
        raise ValueError(what)
    verb, n = found[1], int(found[2])
    if verb == "add":
        return [*current[: n + 1], Row(), *current[n + 1 :]]
    if n >= len(current):
        raise ValueError(what)
    if verb == "split":
        return [*current[:n], *_split(current[n]), *current[n + 1 :]]
    if n == 0:
        return current
    return [*current[: n - 1], _merge(current[n - 1], current[n]), *current[n + 1 :]]


def _split(row: Row) -> list[Row]:
    text, middle = row.text.strip(), len(row.text) // 2
    cuts = [m.end() for m in re.finditer(r"[;.](?=\s)", text)]
    spaces = [m.end() for m in re.finditer(r"\s", text)]
    for places in (cuts, spaces):
        if places:
            at = min(places, key=lambda p: abs(p - middle))
            first, second = text[:at].strip(), text[at:].strip()
            return [
                replace(row, text=first, action=first[:200]),
                replace(row, text=second, action=second[:200]),
            ]
    return [row]


def _merge(above: Row, below: Row) -> Row:
    bodies = [b.strip() for b in f"{above.responsible};{below.responsible}".split(";") if b.strip()]
    return replace(
        above,
        text=f"{above.text}\n{below.text}".strip(),
        action=f"{above.action}; {below.action}".strip("; ")[:1000],
        responsible="; ".join(dict.fromkeys(bodies)),
        origins=tuple(dict.fromkeys((*above.origins, *below.origins))),
        prohibition=above.prohibition or below.prohibition,
        unsure=tuple(dict.fromkeys((*above.unsure, *below.unsure))),
    )
