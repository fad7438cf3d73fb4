"""The whole check: collections → evidence → devices, networks, applications → findings → correlation.

`check()` reads, computes and returns one JSON-ready object (CONTRACTS 3). It raises only CollectionError,
RegisterError and, where it reads through the sandbox, SandboxError; a bad artefact never stops it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bmnn.machines import devices, malware, networks, programs, reading
from bmnn.machines.boxed import Read, Reader
from bmnn.machines.collection import open_collection
from bmnn.machines.collection.paths import plain
from bmnn.machines.machine import Machine
from bmnn.machines.model import Artefact, ListedFile, Source
from bmnn.machines.register import Register
from bmnn.machines.usb import normal_serial

ROLES = ("drafting", "internet", "lan", "other")
_CORE = (("Windows/System32/config/SYSTEM", "registry"), ("Windows/System32/config/SOFTWARE", "registry"))
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What the inspector adds: the register, roles by name, a folder of rules."""

    register: Register | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    rules: Path | None = None


def read_here(path: Path, rules: malware.Rules, progress: Progress = lambda _: None) -> Read:
    """Reads one collection in this very process. Raises CollectionError when it is none."""
    collection = open_collection(path)
    found = Read(
        collection.source, [(i.path, i.raw, i.size) for i in collection.items], notes=collection.notes
    )
    for item in reading.stream(collection, rules):
        progress(item.path)
        if item.artefact is not None and item.evidence is not None:
            found.artefacts.append((item.raw, item.artefact, item.evidence))
        elif item.too_large:
            found.notes.append(f"«{item.path}» quá lớn, chưa quét mã độc.")
    found.artefacts.sort(key=lambda row: (row[1].path.casefold(), row[1].path, row[0]))
    return found


def machine_of(read: Read, hashes: Mapping[str, str]) -> Machine:
    """One machine out of what its collection gave."""
    machine = Machine("", read.source, notes=list(dict.fromkeys(read.notes))[:50])
    # The manifest first: what the collector was told of the computer goes before what an artefact says.
    rows = sorted(read.artefacts, key=lambda row: row[1].kind != "manifest")
    for _, artefact, evidence in rows:
        machine.artefacts.append(artefact)
        machine.evidence.take(evidence)
    declared = machine.evidence.declared
    for raw, artefact, _ in rows:
        expected = declared.get(raw.replace("\\", "/").casefold())
        if expected and artefact.sha256 and expected != artefact.sha256:
            changed = "mã băm khác bản kê thu thập: tệp đã bị thay đổi sau khi thu"
            artefact.note = "; ".join(n for n in (artefact.note, changed) if n)
    tree = [
        ListedFile(Source(path, "tên tệp"), plain(raw), medium=read.source, size=size, shown=path)
        for path, raw, size in sorted(read.listed)
    ]
    machine.evidence.marks += malware.structure(machine.evidence.listed + tree, dict(hashes))
    _missing(machine)
    if not machine.artefacts:
        machine.note("Không nhận ra hiện vật Windows nào; chỉ xét được tên tệp và dấu hiệu mã độc.")
    return machine


def _missing(machine: Machine) -> None:
    """Names the hives that a collection of a computer should hold; a single artefact or a stick lacks
    nothing."""
    paths = {a.path.casefold() for a in machine.artefacts}
    if not any(p.startswith("windows/") for p in paths):
        return
    for path, kind in _CORE:
        hive = path.rsplit("/", 1)[-1]
        if path.casefold() not in paths and not machine.has_hive(hive):
            machine.artefacts.append(Artefact(path, kind, "", "missing", "bộ thu thập không có tệp này"))


def conclude(machine: Machine, options: Options, hashes: Mapping[str, str]) -> None:
    """Joins the traces of one machine and names it."""
    e = machine.evidence
    facts = e.machine
    fallback = facts.get("event_computer", "").split(".")[0]
    machine.name = facts.get("name") or fallback or machine.source
    inspector = facts.get("inspector_stick", "")
    machine.devices = devices.join(e.devices)
    if inspector:
        _set_aside(machine, inspector)
    machine.networks = networks.join(e.networks)
    machine.internet = networks.internet(e.internet, machine.artefacts)
    machine.applications = programs.find(e, programs.load(options.rules))
    e.marks += malware.programs(e.programs, dict(hashes))
    e.opened.sort(key=lambda o: (o.source.artefact, "" if o.how == "recentdocs" else str(o.at)))
    # Copies of one log (live and shadow copy) hold the same records: each counts once.
    e.clock = list(
        {(c.at, c.old, c.new): c for c in sorted(e.clock, key=lambda c: (c.at, c.source))}.values()
    )
    rows = sorted(e.cleared, key=lambda c: (str(c.at), c.source))
    e.cleared = list({(c.at, c.channel, c.by): c for c in rows}.values())
    _clock_notes(machine)
    for name in (machine.name, machine.source):
        machine.role = machine.role or next(
            (r for n, r in options.roles.items() if n.casefold() == name.casefold()), ""
        )
    if not machine.role and options.register:
        row = options.register.computer(machine.name, facts.get("bios_serial", ""))
        if row and len(row.roles) == 1:
            machine.role = next(iter(row.roles))


def _clock_notes(machine: Machine) -> None:
    facts = machine.evidence.machine
    zone = facts.get("timezone", "")
    if zone and zone.casefold() != "se asia standard time":
        machine.note(
            f"Múi giờ của máy là «{zone}», không phải giờ Việt Nam; mốc ghi theo giờ máy phải quy đổi."
        )
    try:
        offset = float(facts.get("clock_offset_seconds", "0"))
    except ValueError:
        offset = 0.0
    if abs(offset) >= 60:
        side = "nhanh" if offset > 0 else "chậm"
        machine.note(f"Khi thu thập, đồng hồ máy {side} {abs(offset) / 60:.0f} phút so với đồng hồ của đoàn.")


def _set_aside(machine: Machine, inspector: str) -> None:
    """The inspector's own stick leaves a trace by being plugged in: excluded, and shown as excluded."""
    own = normal_serial(inspector)
    kept = [d for d in machine.devices if not (own and d.serial == own)]
    if len(kept) < len(machine.devices):
        machine.note(f"Đã loại thiết bị của đoàn kiểm tra (số sê-ri {own}) khỏi kết quả.")
    machine.devices = kept


def unite(machines: list[Machine]) -> list[Machine]:
    """Collections of one computer become one machine only when name and hardware identity agree."""
    found: list[Machine] = []
    for machine in sorted(machines, key=lambda m: (m.evidence.machine.get("name", m.source), m.source)):
        name = machine.evidence.machine.get("name", "").casefold()
        same = [m for m in found if name and m.evidence.machine.get("name", "").casefold() == name]
        twin = next(
            (m for m in same if set(m.identity) & set(machine.identity) and not _conflict(m, machine)), None
        )
        if twin is not None:
            twin.evidence.take(machine.evidence)
            twin.artefacts += machine.artefacts
            twin.source = f"{twin.source} + {machine.source}"
            for text in machine.notes:
                twin.note(text)
            continue
        if same:
            note = (
                "Có bộ thu thập khác cùng tên máy nhưng không chứng "
                "minh được cùng phần cứng; để riêng từng máy."
            )
            for other in [machine, *same]:
                other.note(note)
        found.append(machine)
    return found


def _conflict(a: Machine, b: Machine) -> bool:
    left, right = (dict(i.split("=", 1) for i in m.identity) for m in (a, b))
    return any(left[k] != right[k] for k in left.keys() & right.keys())


def check(
    paths: Sequence[Path],
    options: Options,
    progress: Progress = lambda _: None,
    *,
    reader: Reader | None = None,
) -> dict[str, Any]:
    """The result of the whole check as one JSON-ready object. The order of `paths` changes nothing.

    With `reader` the files are parsed in its locked-down workers; without, in this process (files one trusts).
    """
    from bmnn.machines import findings

    rules = malware.load(options.rules, compiled=reader is None)
    with reader or nullcontext():
        if reader is None:
            reads = [read_here(p, rules, progress) for p in paths]
        else:
            rules.sets, rules.problems = reader.rules()
            reads = [reader.read(p, progress) for p in paths]
    machines = unite([machine_of(r, rules.hashes) for r in reads])
    for machine in machines:
        conclude(machine, options, rules.hashes)
    machines.sort(key=lambda m: (m.name.casefold(), m.source))
    taken: dict[str, int] = {}
    for machine in machines:
        taken[machine.name] = taken.get(machine.name, 0) + 1
        if taken[machine.name] > 1:
            machine.name = f"{machine.name} ({taken[machine.name]})"
    found = findings.judge(machines, options)
    return {
        "schema_version": 1,
        "machines": [m.json() for m in machines],
        "findings": found,
        "shared_devices": findings.shared_devices(machines),
        "rules": rules.sets,
        "problems": rules.problems,
        "limits": findings.limits(),
    }
