"""Applications an inspector asks about, recognised in every trace of a program or a web address."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from bmnn.machines import times
from bmnn.machines.model import Evidence, ProgramTrace, Source


@dataclass(frozen=True)
class Application:
    """One entry of `data/applications.yaml`."""

    name: str
    group: str
    programs: frozenset[str]
    titles: tuple[str, ...]
    folders: tuple[str, ...]
    hosts: frozenset[str]


class ListError(ValueError):
    """A list of applications does not have its form; the text is Vietnamese."""


def parse(text: str) -> tuple[Application, ...]:
    """Entries of one YAML file. Raises ListError when the file does not have the form."""
    try:
        rows = yaml.safe_load(text)["applications"]
        return tuple(
            Application(
                str(r["name"]),
                str(r["group"]),
                frozenset(str(p).casefold() for p in r.get("programs", [])),
                tuple(str(p).casefold() for p in r.get("titles", [])),
                tuple(str(p).casefold() for p in r.get("folders", [])),
                frozenset(str(p).casefold() for p in r.get("hosts", [])),
            )
            for r in rows
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ListError(
            "Danh sách phần mềm «applications.yaml» trong thư mục luật không đúng mẫu."
        ) from error


@lru_cache
def shipped() -> tuple[Application, ...]:
    """The list that comes with the program."""
    return parse((files("bmnn.machines") / "data" / "applications.yaml").read_text("utf-8"))


def load(rules: Path | None) -> tuple[Application, ...]:
    """The shipped list, plus the agency's own from its rules folder."""
    own = rules / "applications.yaml" if rules else None
    return shipped() + (parse(own.read_text("utf-8")) if own and own.is_file() else ())


def _of_program(trace: ProgramTrace, known: tuple[Application, ...]) -> Application | None:
    path = trace.path.casefold().replace("/", "\\").strip('" ')
    names = {path.split('"')[0].rsplit("\\", 1)[-1].split(" ")[0], trace.title.casefold()}
    title = trace.title.casefold()
    for app in known:
        if names & app.programs or any(f in path for f in app.folders):
            return app
        if trace.how in ("installed", "autostart") and any(
            title == t or title.startswith(t + " ") for t in app.titles
        ):
            return app
    return None


def find(evidence: Evidence, known: tuple[Application, ...]) -> list[dict[str, Any]]:
    """Applications seen, each with its evidence: `[{"name", "group", "evidence": [{how, at, path, runs,
    …}]}]`."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for trace in evidence.programs:
        app = _of_program(trace, known)
        if app:
            row = {
                "how": trace.how,
                "at": times.iso(trace.at),
                "detail": trace.path or trace.title,
                "runs": trace.runs,
            }
            found[app.group, app.name].append({**row, **trace.source.json()})
    hosts = {h: app for app in known for h in app.hosts}
    for visit in evidence.internet:
        host = visit.detail.split(" ", 1)[0].casefold() if visit.what == "visit" else ""
        app = hosts.get(host) or hosts.get(host.removeprefix("www."))
        if app:
            row = {"how": "visit", "at": times.iso(visit.at), "detail": visit.detail, "runs": None}
            found[app.group, app.name].append({**row, **visit.source.json()})
    for opened in evidence.opened:
        path = opened.path.casefold()
        for app in known:
            if any(f in path for f in app.folders):
                row = {"how": "file", "at": times.iso(opened.at), "detail": opened.path, "runs": None}
                found[app.group, app.name].append({**row, **opened.source.json()})
    return [
        {
            "name": name,
            "group": group,
            "evidence": sorted(rows, key=lambda r: (r["at"] or "9", r["artefact"], r["key"]))[:50],
        }
        for (group, name), rows in sorted(found.items())
    ]


def source(row: dict[str, Any]) -> Source:
    """The source inside one row of evidence."""
    return Source(row["artefact"], row["key"])
