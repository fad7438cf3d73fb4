"""One computer: what was read of it, and how that is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bmnn.machines import times
from bmnn.machines.devices import Device
from bmnn.machines.model import Artefact, Evidence
from bmnn.machines.networks import Network
from bmnn.machines.usb import computer_serial

MAX_PROGRAMS = 500


@dataclass
class Machine:
    """One computer: what was read of it and what that means together."""

    name: str
    source: str
    role: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    artefacts: list[Artefact] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    networks: list[Network] = field(default_factory=list)
    internet: dict[str, Any] = field(default_factory=dict)
    applications: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def identity(self) -> tuple[str, ...]:
        """What the hardware and the installation say of themselves; collections are joined only on these.

        Not `ComputerHardwareId`, which is the same for every computer of a model.
        """
        facts = self.evidence.machine
        found = {"bios_serial": computer_serial(facts.get("bios_serial", ""))}
        found |= {k: facts[k].casefold() for k in ("machine_guid", "machine_sid") if facts.get(k)}
        return tuple(f"{k}={v}" for k, v in found.items() if v)

    def has_hive(self, kind: str) -> bool:
        """True when a hive of this kind was read."""
        return any(a.facts.get("hive") == kind and a.status != "unreadable" for a in self.artefacts)

    def note(self, text: str) -> None:
        """Adds one sentence for the reader, once."""
        if text not in self.notes:
            self.notes.append(text)

    def json(self) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `machines`)."""
        e, facts = self.evidence, self.evidence.machine
        ran = [p for p in e.programs if p.how in ("run", "bam")]
        return {
            "name": self.name,
            "source": self.source,
            "role": self.role or None,
            "timezone": facts.get("timezone"),
            "os": facts.get("os"),
            "facts": dict(sorted(facts.items())),
            "notes": self.notes,
            "artefacts": [a.json() for a in self.artefacts],
            "devices": [d.json() for d in self.devices],
            "networks": [n.json() for n in self.networks],
            "internet": self.internet,
            "applications": self.applications,
            "opened_files": [
                {"path": o.path, "volume_serial": o.volume_serial or None, "drive": o.drive,
                 "label": o.label or None, "at": times.iso(o.at), "at_basis": o.basis if o.at else None,
                 "how": o.how, **o.source.json()}
                for o in e.opened
            ],
            "programs_run_total": len(ran),
            "programs_run": [
                {"path": p.path, "how": p.how, "at": times.iso(p.at), "runs": p.runs, **p.source.json()}
                for p in ran[:MAX_PROGRAMS]
            ],
            "clock_changes": [
                {"at": times.iso(c.at), "seconds": round(c.seconds, 6), "by": c.by, "kind": c.kind,
                 "old": times.iso(c.old), "new": times.iso(c.new), **c.source.json()}
                for c in e.clock
            ],
            "logs_cleared": [
                {"at": times.iso(c.at), "channel": c.channel, "by": c.by, **c.source.json()}
                for c in e.cleared
            ],
        }  # fmt: skip
