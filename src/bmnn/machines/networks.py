"""Networks this computer joined, and whether it reached the Internet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bmnn.machines import times
from bmnn.machines.model import Artefact, InternetTrace, NetworkTrace, Source

_NUMBERS = {"public": 0, "private": 1, "domain": 2}
# Artefacts in which use of the Internet would have left a trace; without any of them nothing can be said.
_TELLING = {"browser", "srum", "webcache"}
_TELLING_HIVES = {"NTUSER"}
_TELLING_CHANNELS = ("system", "ncsi", "bits-client", "windowsupdate", "time-service", "windows defender")
MAX_EVIDENCE = 200


@dataclass
class Network:
    """One network by its name, with all that was seen of it."""

    name: str
    kind: str
    categories: list[str]
    first: datetime | None
    last: datetime | None
    connections: int
    gateway_mac: str
    joined: bool
    sources: list[Source]

    def json(self) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `networks`). `last` is the last event seen about the network."""
        local = self.first is not None and self.first.tzinfo is None
        return {
            "name": self.name,
            "kind": self.kind or None,
            "category": self.categories[-1] if self.categories else None,
            "categories": sorted(_NUMBERS[c] for c in set(self.categories)),
            "first": times.iso(self.first),
            "last": times.iso(self.last),
            "time_basis": None if self.first is None else ("local" if local else "utc"),
            "connections": self.connections,
            "gateway_mac": self.gateway_mac or None,
            "sources": [s.json() for s in self.sources[:50]],
        }


def join(traces: list[NetworkTrace]) -> list[Network]:
    """One network a name, in order of names."""
    named: dict[str, list[NetworkTrace]] = defaultdict(list)
    for trace in traces:
        named[trace.name].append(trace)
    return [_network(name, named[name]) for name in sorted(named)]


def _network(name: str, traces: list[NetworkTrace]) -> Network:
    traces = sorted(traces, key=lambda t: (str(t.at or ""), t.source))
    moments = [m for t in traces for m in (t.at, t.first, t.last) if m]
    utc = [m for m in moments if m.tzinfo] or moments
    return Network(
        name=name,
        kind=next((t.kind for t in traces if t.kind), ""),
        categories=[t.category for t in traces if t.category],
        first=min(utc, default=None),
        last=max(utc, default=None),
        connections=len({t.at for t in traces if t.event == "connected"}),
        gateway_mac=next((t.gateway_mac for t in traces if t.gateway_mac), ""),
        joined=any(t.event in ("connected", "lease") or t.last for t in traces),
        sources=[t.source for t in traces],
    )


def _tells(artefact: Artefact) -> bool:
    channel = str(artefact.facts.get("channel", "")).casefold()
    return artefact.status in ("read", "partly") and (
        artefact.kind in _TELLING
        or artefact.facts.get("hive") in _TELLING_HIVES
        or (artefact.kind == "evtx" and any(c in channel for c in _TELLING_CHANNELS))
    )


def internet(traces: list[InternetTrace], artefacts: list[Artefact]) -> dict[str, Any]:
    """`used`: yes on traffic; unknown on weak signs or when nothing that could tell was read; else
    no_trace."""
    strong = [t for t in traces if t.strength == "strong"]
    used = "yes" if strong else ("unknown" if traces or not any(map(_tells, artefacts)) else "no_trace")
    ordered = sorted(traces, key=lambda t: (t.strength != "strong", str(t.at or "9"), t.source, t.detail))
    return {
        "used": used,
        "total": len(traces),
        "evidence": [
            {
                "what": t.what,
                "at": times.iso(t.at),
                "detail": t.detail,
                "strength": t.strength,
                **t.source.json(),
            }
            for t in ordered[:MAX_EVIDENCE]
        ],
    }
