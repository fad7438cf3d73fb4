"""Findings: what the evidence means against the rules. One file per group of codes, found by registration.

Every finding says how grave and how sure it is, which traces it stands on, which article it touches, and
what it does
NOT prove. Judging a violation is the task of the competent authority; the tool states signs.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from bmnn.machines import times
from bmnn.machines.model import Source

if TYPE_CHECKING:
    from bmnn.machines.check import Options
from bmnn.machines.machine import Machine

SEVERITIES = ("high", "medium", "low")
MAX_OBSERVATIONS = 50


Observations = list[tuple[Source, datetime | None]]


@dataclass
class Finding:
    """One finding about one machine or several."""

    code: str
    machines: list[str]
    severity: str
    confidence: str
    summary: str
    observations: Observations = field(default_factory=list)
    device: str = ""
    shared: list[tuple[str, Source, datetime | None]] = field(default_factory=list)
    """Of a finding about several machines: (machine, source, moment); the same path lies on each of them."""

    @property
    def latest(self) -> date | None:
        """The day of the latest observation, or None when none has a moment."""
        return max((d for _, _, at in self.seen() if (d := times.day(at))), default=None)

    def seen(self) -> list[tuple[str, Source, datetime | None]]:
        """Every observation once, with the machine it was made on."""
        mine = [(self.machines[0], s, at) for s, at in self.observations]
        return list(dict.fromkeys([*self.shared, *mine]))

    def json(self, law: list[Any]) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `findings`)."""
        seen = self.seen()
        return {
            "code": self.code,
            "title": texts()[self.code]["title"],
            "machine": self.machines[0] if len(self.machines) == 1 else self.machines,
            "severity": self.severity,
            "confidence": self.confidence,
            "summary": self.summary,
            "device": self.device or None,
            "law": law,
            "observations": [
                {**s.json(), "at": times.iso(at), "machine": m} for m, s, at in seen[:MAX_OBSERVATIONS]
            ],
            "observations_total": len(seen),
            "does_not_prove": texts()[self.code]["does_not_prove"],
        }


Judge = Callable[["Machine", "Options"], Iterable[Finding]]
JUDGES: list[Judge] = []


def judge_of_machine(function: Judge) -> Judge:
    """Registers a function that judges one machine."""
    JUDGES.append(function)
    return function


@lru_cache
def texts() -> dict[str, dict[str, str]]:
    """Title and limit of each code, from `data/findings.yaml`."""
    found: dict[str, dict[str, str]] = yaml.safe_load(
        (files("bmnn.machines") / "data" / "findings.yaml").read_text("utf-8")
    )["codes"]
    return found


def limits() -> list[str]:
    """The limits printed in every report."""
    found: list[str] = yaml.safe_load((files("bmnn.machines") / "data" / "findings.yaml").read_text("utf-8"))[
        "limits"
    ]
    return found


def _load() -> None:
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")


def judge(machines: list[Machine], options: Options) -> list[dict[str, Any]]:
    """All findings, gravest first, in an order that does not depend on the order of the machines."""
    from bmnn.machines.citations import citations
    from bmnn.machines.findings.between import between

    _load()
    found = [f for machine in machines for function in JUDGES for f in function(machine, options)]
    found += between(machines)
    found.sort(key=lambda f: (SEVERITIES.index(f.severity), f.code, f.machines, f.summary, f.device))
    return [f.json(citations(f.code, f.latest)) for f in found]


def shared_devices(machines: list[Machine]) -> list[dict[str, Any]]:
    """Devices of one USB serial seen on several machines, whatever their roles, in order of use."""
    from bmnn.machines.findings.between import shared_devices as shared

    return shared(machines)
