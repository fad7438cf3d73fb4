"""What the artefacts say: one type per kind of trace, each with the source and key it was read from.

A trace is what one artefact states; `devices`, `networks` and the other joiners make one device or network
out of
many traces. Moments are UTC when they carry a zone and local to the inspected computer when they do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, order=True)
class Source:
    """Where a trace stands: path of the artefact in the collection, and key, record or row inside it."""

    artefact: str
    key: str

    def json(self) -> dict[str, str]:
        """As printed (CONTRACTS 3, `sources`)."""
        return {"artefact": self.artefact, "key": self.key}


@dataclass
class DeviceTrace:
    """One statement about one device. `kind` is storage, phone, network_adapter or other."""

    source: Source
    kind: str = "other"
    vid: str = ""
    pid: str = ""
    serial: str = ""
    reliable: bool = False
    bus: str = ""
    name: str = ""
    container: str = ""
    labels: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    volume_serials: list[str] = field(default_factory=list)
    scsi_serial: str = ""
    first_install: datetime | None = None
    last_arrival: datetime | None = None
    last_removal: datetime | None = None
    arrived: datetime | None = None
    removed: datetime | None = None
    key_written: datetime | None = None
    residual: bool = False
    """True for places that Windows and clean-up tools leave behind when the device key itself is gone."""


@dataclass
class NetworkTrace:
    """A network this computer joined. `event` is connected, disconnected or profile."""

    source: Source
    name: str
    event: str
    at: datetime | None = None
    first: datetime | None = None
    last: datetime | None = None
    kind: str = ""
    category: str = ""
    gateway_mac: str = ""
    guid: str = ""
    addresses: list[str] = field(default_factory=list)


@dataclass
class InternetTrace:
    """A sign that the computer reached the Internet. `strength` is strong (traffic) or weak (set-up only)."""

    source: Source
    what: str
    at: datetime | None = None
    detail: str = ""
    strength: str = "strong"


@dataclass
class ProgramTrace:
    """A program that is installed or was run; `path` may be a name only."""

    source: Source
    path: str
    how: str
    at: datetime | None = None
    runs: int | None = None
    title: str = ""
    sha1: str = ""


@dataclass
class OpenedFile:
    """A file or folder that was opened. `drive` is removable, fixed, network, cdrom or unknown.

    `basis` says what the moment is: opened, or target_created (a shortcut states when its target was made, not
    when it was opened).
    """

    source: Source
    path: str
    volume_serial: str = ""
    drive: str = "unknown"
    label: str = ""
    at: datetime | None = None
    how: str = ""
    basis: str = "opened"


@dataclass
class ClockChange:
    """The clock moved by `seconds` (negative: back). `kind` is user, time_service, resume or setup."""

    source: Source
    at: datetime
    seconds: float
    by: str
    kind: str
    old: datetime | None = None
    new: datetime | None = None


@dataclass
class LogCleared:
    """An event log was cleared."""

    source: Source
    at: datetime | None
    channel: str
    by: str


@dataclass
class Mark:
    """A sign of malware or of removed traces. `confidence` is confirmed, strong or suspicion."""

    source: Source
    code: str
    text: str
    confidence: str
    at: datetime | None = None


@dataclass
class ListedFile:
    """One file or folder of a listed medium (a stick), as far as the listing tells. `shown` is the path to print
    where it differs from `path`."""

    source: Source
    path: str
    is_dir: bool = False
    size: int = 0
    hidden: bool = False
    system: bool = False
    sha256: str = ""
    medium: str = ""
    shown: str = ""


@dataclass
class Evidence:
    """All traces read from one artefact, or from all artefacts of one computer."""

    devices: list[DeviceTrace] = field(default_factory=list)
    networks: list[NetworkTrace] = field(default_factory=list)
    internet: list[InternetTrace] = field(default_factory=list)
    programs: list[ProgramTrace] = field(default_factory=list)
    opened: list[OpenedFile] = field(default_factory=list)
    clock: list[ClockChange] = field(default_factory=list)
    cleared: list[LogCleared] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    listed: list[ListedFile] = field(default_factory=list)
    machine: dict[str, str] = field(default_factory=dict)
    """Facts about the computer: name, timezone, os, installed, bios_serial, machine_guid …"""
    facts: dict[str, Any] = field(default_factory=dict)
    """Figures of this artefact, printed beside it (rows, runs, keys …)."""
    declared: dict[str, str] = field(default_factory=dict)
    """SHA-256 by path (lower case) as the collecting script wrote it down; kept for comparing, not printed."""
    notes: list[str] = field(default_factory=list)
    partly: bool = False

    def note(self, text: str, partly: bool = False) -> None:
        """Adds one sentence for the reader; `partly` marks the artefact as not read whole."""
        if text not in self.notes:
            self.notes.append(text)
        self.partly |= partly

    def take(self, other: Evidence) -> None:
        """Adds the traces of another artefact; the first artefact that names a machine fact keeps it."""
        for part in (
            "devices networks internet programs opened clock cleared marks listed".split()  # noqa: SIM905
        ):
            getattr(self, part).extend(getattr(other, part))
        for name, value in other.machine.items():
            self.machine.setdefault(name, value)
        self.declared.update(other.declared)


@dataclass
class Artefact:
    """One file of the collection that was recognised, with what became of it."""

    path: str
    kind: str
    sha256: str
    status: str
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `artefacts`)."""
        row = {"path": self.path, "kind": self.kind, "sha256": self.sha256, "status": self.status}
        return {**row, "note": self.note, "facts": self.facts}
