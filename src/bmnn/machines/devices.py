"""One device out of the many traces that speak of it: joined by USB serial and by ContainerID, never by
model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bmnn.machines import times
from bmnn.machines.model import DeviceTrace

_NO_CONTAINER = ("", "{00000000-0000-0000-ffff-ffffffffffff}", "{00000000-0000-0000-0000-000000000000}")
_BUS_ORDER = ("UASP", "USBSTOR", "MTP", "PTP", "tether", "composite")


@dataclass
class Device:
    """A device of one computer, with every trace of it."""

    kind: str
    vid: str
    pid: str
    serial: str
    reliable: bool
    bus: str
    name: str
    container: str
    labels: list[str]
    letters: list[str]
    volume_serials: list[str]
    scsi_serial: str
    first_install: datetime | None
    first_install_local: datetime | None
    last_arrival: datetime | None
    last_removal: datetime | None
    arrivals: int | None
    removals: int | None
    first_seen: datetime | None
    last_seen: datetime | None
    residual_only: bool
    traces: list[DeviceTrace]
    registered: str = "not_compared"

    @property
    def shown(self) -> str:
        """The words by which a person knows it: name, label, ids and serial."""
        label = f" «{self.labels[0]}»" if self.labels else ""
        ids = f" {self.vid}:{self.pid}" if self.vid else ""
        serial = f", số sê-ri {self.serial}" if self.serial else ", không có số sê-ri"
        return f"{self.name or 'thiết bị'}{label}{ids}{serial}"

    @property
    def first_use(self) -> datetime | None:
        """The first moment in UTC at which the device is known to have been there."""
        return times.earliest(self.first_install, self.first_seen)

    @property
    def last_use(self) -> datetime | None:
        """The last moment in UTC at which the device is known to have been there."""
        return times.latest(self.last_arrival, self.last_removal, self.last_seen, self.first_install)

    def json(self) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `devices`)."""
        local = times.iso(self.first_install_local)
        return {
            "kind": self.kind,
            "vid": self.vid or None,
            "pid": self.pid or None,
            "serial": self.serial or None,
            "serial_reliable": self.reliable,
            "bus": self.bus or None,
            "name": self.name,
            "container": self.container or None,
            "labels": self.labels,
            "letters": self.letters,
            "volume_serials": self.volume_serials,
            "scsi_serial": self.scsi_serial or None,
            "first_install": times.iso(self.first_install) or local,
            "first_install_basis": "utc" if self.first_install else ("local" if local else None),
            "first_install_local": local,
            "last_arrival": times.iso(self.last_arrival),
            "last_removal": times.iso(self.last_removal),
            "arrivals": self.arrivals,
            "removals": self.removals,
            "first_seen": times.iso(self.first_seen),
            "last_seen": times.iso(self.last_seen),
            "residual_only": self.residual_only,
            "registered": self.registered,
            "sources": [t.source.json() for t in self.traces],
        }


def join(traces: list[DeviceTrace]) -> list[Device]:
    """All devices that the traces speak of, in a fixed order.

    Traces of one serial are one device unless their USB ids contradict each other; traces of one
    ContainerID are
    one device (a USB attached SCSI disk has its dates on another node). A trace that only leftovers hold
    and that names no serial is no device of its own.
    """
    ordered = sorted(traces, key=lambda t: (t.residual, t.source))
    groups: list[list[DeviceTrace]] = []
    by_key: dict[tuple[str, ...], int] = {}
    for trace in sorted(ordered, key=lambda t: (not t.vid, t.residual, t.source)):
        at = _find(trace, by_key)
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append(trace)
        for key in _keys(trace):
            by_key.setdefault(key, at)
    devices = [_device(g) for g in groups if any(t.serial or not t.residual for t in g)]
    return sorted(devices, key=lambda d: (d.kind, d.vid, d.pid, d.serial, d.container, d.traces[0].source))


def _keys(trace: DeviceTrace) -> Iterable[tuple[str, ...]]:
    if trace.serial:
        yield ("serial", trace.serial, trace.vid, trace.pid)
        yield ("serial", trace.serial)
    if trace.container not in _NO_CONTAINER:
        yield ("container", trace.container)
    if not trace.serial and trace.container in _NO_CONTAINER:
        yield ("key", trace.source.key.split("\\", 1)[-1].casefold())


def _find(trace: DeviceTrace, by_key: dict[tuple[str, ...], int]) -> int | None:
    keys = list(_keys(trace))
    if trace.serial and trace.vid:
        exact = by_key.get(("serial", trace.serial, trace.vid, trace.pid))
        if exact is not None:
            return exact
        keys = [k for k in keys if k != ("serial", trace.serial)]
    return next((by_key[k] for k in keys if k in by_key), None)


def _device(traces: list[DeviceTrace]) -> Device:
    nodes = [t for t in traces if "\\usbstor\\" in t.source.key.casefold() and not t.residual]
    nodes = nodes or [t for t in traces if not t.residual] or traces
    kinds = {t.kind for t in traces if not t.residual} or {t.kind for t in traces}
    buses = {t.bus for t in traces if t.bus}
    # One record may lie in two copies of a log (live and shadow copy): a moment counts once.
    arrived = sorted({t.arrived for t in traces if t.arrived})
    removed = sorted({t.removed for t in traces if t.removed})
    has_log = bool(arrived or removed)
    local = [t.first_install for t in traces if t.first_install and not t.first_install.tzinfo]
    kind = next(k for k in ("phone", "storage", "network_adapter", "other") if k in kinds)
    order = _BUS_ORDER if kind == "storage" else _BUS_ORDER[2:]
    return Device(
        kind=kind,
        vid=_first(t.vid for t in traces),
        pid=_first(t.pid for t in traces),
        serial=_first(t.serial for t in traces),
        reliable=any(t.reliable for t in traces),
        bus=next((b for b in order if b in buses), ""),
        name=_first([*(t.name for t in nodes), *(t.name for t in traces)]),
        container=_first(t.container for t in traces if t.container not in _NO_CONTAINER),
        labels=_all(t.labels for t in traces),
        letters=_all(t.letters for t in traces),
        volume_serials=_all(t.volume_serials for t in sorted(traces, key=lambda t: str(t.arrived or ""))),
        scsi_serial=_first(t.scsi_serial for t in traces),
        first_install=times.earliest(*(t.first_install for t in nodes)),
        first_install_local=min(local, default=None),
        last_arrival=times.latest(*(t.last_arrival for t in nodes), *arrived),
        last_removal=times.latest(*(t.last_removal for t in nodes), *removed),
        arrivals=len(arrived) if has_log else None,
        removals=len(removed) if has_log else None,
        first_seen=times.earliest(*arrived, *removed),
        last_seen=times.latest(*arrived, *removed),
        residual_only=all(t.residual for t in traces),
        traces=sorted(traces, key=lambda t: t.source),
    )


def _first(texts: Iterable[str]) -> str:
    return next((t for t in texts if t), "")


def _all(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(x for part in lists for x in part))
