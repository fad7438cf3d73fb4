"""Correlation across machines: the same device by its USB serial, the same network, files opened from a
known stick."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from bmnn.machines import times
from bmnn.machines.devices import Device
from bmnn.machines.findings import Finding
from bmnn.machines.findings.equipment import seen
from bmnn.machines.machine import Machine

_ONLINE = ("internet", "lan")


def _shared(machines: list[Machine]) -> dict[tuple[str, str, str], list[tuple[Machine, Device]]]:
    """Devices of a reliable serial on more than one machine; ids that contradict each other are
    different devices."""
    serials: dict[str, list[tuple[Machine, Device]]] = defaultdict(list)
    for machine in machines:
        for device in machine.devices:
            if device.serial and device.reliable:
                serials[device.serial].append((machine, device))
    found: dict[tuple[str, str, str], list[tuple[Machine, Device]]] = {}
    for serial, uses in serials.items():
        ids = sorted({(d.vid, d.pid) for _, d in uses if d.vid}) or [("", "")]
        for vid, pid in ids:
            same = [(m, d) for m, d in uses if not d.vid or (d.vid, d.pid) == (vid, pid)]
            if len({m.name for m, _ in same}) > 1:
                same.sort(key=lambda u: (times.iso(u[1].first_use) or "9", u[0].name))
                found[serial, vid, pid] = same
    return found


def shared_devices(machines: list[Machine]) -> list[dict[str, Any]]:
    """As printed: serial, ids, and the machines in order of first use."""
    return [
        {
            "serial": serial,
            "vid": vid or None,
            "pid": pid or None,
            "name": next((d.name for _, d in uses if d.name), ""),
            "uses": [
                {
                    "machine": m.name,
                    "role": m.role or None,
                    "first": times.iso(d.first_use),
                    "last": times.iso(d.last_use),
                }
                for m, d in uses
            ],
        }
        for (serial, vid, pid), uses in sorted(_shared(machines).items())
    ]


def between(machines: list[Machine]) -> list[Finding]:
    """Findings that need more than one machine."""
    return [*_cross_use(machines), *_same_network(machines), *_opened_from(machines)]


def _cross_use(machines: list[Machine]) -> list[Finding]:
    found = []
    for _, uses in sorted(_shared(machines).items()):
        drafting = [(m, d) for m, d in uses if m.role == "drafting"]
        online = [(m, d) for m, d in uses if m.role in _ONLINE]
        if not drafting or not online:
            continue
        names = sorted({m.name for m, _ in drafting + online})
        device = uses[0][1]
        path = _order(drafting, online)
        left = ", ".join(sorted({m.name for m, _ in drafting}))
        right = ", ".join(sorted({m.name for m, _ in online}))
        text = f"{device.shown} đã dùng trên máy soạn thảo ({left}) và máy nối mạng ({right}).{path}"
        sure = "strong" if any(d.residual_only for _, d in drafting + online) else "confirmed"
        proof = [(m.name, s, at) for m, d in drafting + online for s, at in seen(d)]
        found.append(Finding("cross_use", names, "high", sure, text, [], device.serial, proof))
    return found


def _order(drafting: list[tuple[Machine, Device]], online: list[tuple[Machine, Device]]) -> str:
    """Which way the device went first; "" when a moment is missing or both are the same."""
    firsts = [[d.first_use for _, d in side] for side in (drafting, online)]
    if not all(f for side in firsts for f in side):
        return ""
    left, right = (times.earliest(*side) for side in firsts)
    if left is None or right is None or left == right:
        return ""
    if right < left:
        return " Thứ tự dùng lần đầu: máy nối mạng trước, máy soạn thảo sau (đường lây mã độc)."
    return " Thứ tự dùng lần đầu: máy soạn thảo trước, máy nối mạng sau (đường lọt tài liệu)."


def _same_network(machines: list[Machine]) -> list[Finding]:
    gateways: dict[str, list[Machine]] = defaultdict(list)
    for machine in machines:
        for mac in sorted({n.gateway_mac for n in machine.networks if n.gateway_mac}):
            gateways[mac].append(machine)
    found = []
    for mac, owners in sorted(gateways.items()):
        drafting = sorted(m.name for m in owners if m.role == "drafting")
        online = sorted(m.name for m in owners if m.role in _ONLINE)
        if drafting and online:
            text = (
                f"Máy soạn thảo ({', '.join(drafting)}) và máy nối mạng "
                f"({', '.join(online)}) đã vào cùng một mạng (cổng {mac})."
            )
            names = sorted([*drafting, *online])
            finding = Finding("network_joined", names, "high", "confirmed", text)
            finding.shared = [
                (m.name, s, n.last)
                for m in owners
                for n in m.networks
                if n.gateway_mac == mac
                for s in n.sources
            ]
            found.append(finding)
    return found


def _opened_from(machines: list[Machine]) -> list[Finding]:
    """Files opened from a volume that is a known stick of another machine: another way in which a stick
    was shared."""
    volumes: dict[str, list[tuple[Machine, Device]]] = defaultdict(list)
    for machine in machines:
        for device in machine.devices:
            for volume in device.volume_serials:
                volumes[volume].append((machine, device))
    rows: dict[tuple[str, str, str], Finding] = {}
    for machine in machines:
        for opened in machine.evidence.opened:
            for owner, device in volumes.get(opened.volume_serial, []) if opened.drive != "fixed" else []:
                roles = {machine.role, owner.role}
                if owner is machine or "drafting" not in roles or not roles & set(_ONLINE):
                    continue
                text = (
                    f"Máy {machine.name} đã mở tệp từ ổ {opened.volume_serial}; ổ này thuộc {device.shown} "
                    f"từng cắm vào máy {owner.name}."
                )
                key = (machine.name, owner.name, opened.volume_serial)
                names = sorted({machine.name, owner.name})
                if key not in rows:
                    plugged = [(owner.name, s, at) for s, at in seen(device)]
                    rows[key] = Finding(
                        "cross_use", names, "high", "strong", text, [], device.serial, plugged
                    )
                at = opened.at if opened.basis == "opened" else None
                rows[key].shared.append((machine.name, opened.source, at))
    return [rows[k] for k in sorted(rows)]
