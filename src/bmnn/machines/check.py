"""The whole check: collections → evidence → devices, networks, applications → findings → correlation.

`check()` is a pure function of files and options: it reads, computes and returns one JSON-ready object
(CONTRACTS 3). It raises only CollectionError and RegisterError; a bad artefact never stops it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bmnn.machines import devices, malware, networks, programs, times
from bmnn.machines.artefacts import Given, manifest, recognise
from bmnn.machines.collection import Collection, CollectionError, Item, open_collection
from bmnn.machines.devices import Device
from bmnn.machines.model import Artefact, Evidence, ListedFile, Source
from bmnn.machines.networks import Network
from bmnn.machines.register import Register

ROLES = ("drafting", "internet", "lan", "other")
_CORE = (("Windows/System32/config/SYSTEM", "registry"), ("Windows/System32/config/SOFTWARE", "registry"))
_UNSCANNED = {"registry", "evtx", "setupapi", "browser", "srum", "prefetch", "manifest"}
MAX_SCAN = 64 * 1024 * 1024
Progress = Callable[[str], None]


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
        """What the hardware and the installation say of themselves; collections are joined only on these."""
        facts = self.evidence.machine
        return tuple(
            f"{k}={facts[k].casefold()}"
            for k in ("bios_serial", "machine_guid", "hardware_id")
            if facts.get(k)
        )

    def read_kinds(self) -> set[str]:
        """Kinds of artefacts that were read at least in part."""
        return {a.kind for a in self.artefacts if a.status in ("read", "partly")}

    def has_hive(self, kind: str) -> bool:
        """True when a hive of this kind was read."""
        return any(a.facts.get("hive") == kind and a.status != "unreadable" for a in self.artefacts)

    def json(self) -> dict[str, Any]:
        """As printed (CONTRACTS 3, `machines`)."""
        e, facts = self.evidence, self.evidence.machine
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
                 "label": o.label or None,
                 "at": times.iso(o.at), "how": o.how, **o.source.json()}
                for o in e.opened
            ],
            "programs_run": [
                {"path": p.path, "how": p.how, "at": times.iso(p.at), "runs": p.runs, **p.source.json()}
                for p in e.programs if p.how in ("run", "bam")
            ][:500],
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


@dataclass(frozen=True)
class Options:
    """What the inspector adds: the register, roles by name, a folder of rules."""

    register: Register | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    rules: Path | None = None


def read_item(collection: Collection, item: Item, rules: malware.Rules) -> tuple[Artefact, Evidence] | None:
    """One artefact with its evidence; None for files that are no artefact and carry no mark."""
    out = Evidence()
    reader = recognise(item.name, item.head())
    path, kind = item.path, reader.kind if reader else "file"
    if reader is None and (item.name.casefold().endswith((".log", ".log1", ".log2")) or item.size > MAX_SCAN):
        return None
    try:
        data = item.read()
    except CollectionError as error:
        return (Artefact(path, kind, "", "unreadable", str(error)), out) if reader or item.locked else None
    digest = hashlib.sha256(data).hexdigest()
    status = "read"
    if reader is not None:
        logs = []
        if kind == "registry":
            for suffix in (".LOG1", ".LOG2", ".LOG"):
                beside = collection.sibling(item, suffix)
                try:
                    logs += [beside.read()] if beside else []
                except CollectionError:
                    out.note(f"không đọc được nhật ký giao dịch {suffix}", partly=True)
        try:
            reader.read(Given(path, item.name, data, logs), out)
        except Exception as error:  # a bad artefact must not stop the check, whatever its parser raises
            out.note(f"không đọc được nội dung ({_words(error)})")
            status = "partly" if _has_traces(out) else "unreadable"
        if status == "read" and out.partly:
            status = "partly"
    if kind not in _UNSCANNED:
        out.marks += malware.scan(rules, Source(path, "nội dung tệp"), data, digest)
    elif digest in rules.hashes:
        out.marks += malware.scan(
            malware.Rules(hashes=rules.hashes), Source(path, "nội dung tệp"), b"", digest
        )
    if reader is None and not out.marks:
        return None
    return Artefact(path, kind, digest, status, "; ".join(out.notes), out.facts), out


def _words(error: Exception) -> str:
    """Vietnamese words of our own errors; the type alone for errors of libraries."""
    text = str(error)
    return text if not text.isascii() else f"tệp hỏng, cụt hoặc sai định dạng: {type(error).__name__}"


def _has_traces(e: Evidence) -> bool:
    parts = (e.devices, e.networks, e.internet, e.programs, e.opened, e.clock, e.cleared, e.marks, e.listed)
    return any(parts)


def read_machine(path: Path, rules: malware.Rules, progress: Progress = lambda _: None) -> Machine:
    """Reads one collection. Raises CollectionError when it is none."""
    collection = open_collection(path)
    machine = Machine("", collection.source, notes=list(dict.fromkeys(collection.notes))[:50])
    declared: dict[str, str] = {}
    for item in sorted(collection.items, key=lambda i: i.name.casefold() != "thu-thap.json"):
        progress(item.path)
        found = read_item(collection, item, rules)
        if found is None:
            continue
        artefact, evidence = found
        if artefact.kind == "manifest" and artefact.status == "read":
            declared = manifest.declared_hashes(manifest.parse(item.read()))
        expected = declared.get(item.raw.replace("\\", "/").casefold())
        if expected and artefact.sha256 and expected != artefact.sha256:
            artefact.note = "; ".join(
                n for n in (artefact.note, "mã băm khác bản kê thu thập: tệp đã bị thay đổi sau khi thu") if n
            )
        machine.artefacts.append(artefact)
        machine.evidence.take(evidence)
    listed = machine.evidence.listed + _tree(collection)
    machine.evidence.marks += malware.structure(listed, rules.hashes)
    _missing(machine, collection)
    if not machine.artefacts:
        machine.notes.append("Không nhận ra hiện vật Windows nào; chỉ xét được tên tệp và dấu hiệu mã độc.")
    return machine


def _tree(collection: Collection) -> list[ListedFile]:
    """Names of all files of the collection: a stick given as a folder or archive is judged by its shape."""
    return [
        ListedFile(Source(i.path, "tên tệp"), i.raw, medium=collection.source, size=i.size)
        for i in collection.items
    ]


def _missing(machine: Machine, collection: Collection) -> None:
    """Names the hives that a collection of a computer should hold; a single artefact or a stick lacks
    nothing."""
    paths = {a.path.casefold() for a in machine.artefacts}
    if not any(p.startswith("windows/") for p in paths):
        return
    for path, kind in _CORE:
        hive = path.rsplit("/", 1)[-1]
        if path.casefold() not in paths and not machine.has_hive(hive):
            machine.artefacts.append(Artefact(path, kind, "", "missing", "bộ thu thập không có tệp này"))


def conclude(machine: Machine, options: Options) -> None:
    """Joins the traces of one machine and names it."""
    e = machine.evidence
    facts = e.machine
    fallback = facts.get("event_computer", "").split(".")[0] if len(machine.artefacts) else ""
    machine.name = facts.get("name") or fallback or machine.source
    inspector = facts.get("inspector_stick", "")
    machine.devices = devices.join(e.devices)
    if inspector:
        _set_aside(machine, inspector)
    machine.networks = networks.join(e.networks)
    machine.internet = networks.internet(e.internet, machine.read_kinds())
    machine.applications = programs.find(e, programs.load(options.rules))
    e.marks += malware.programs(e.programs)
    e.opened.sort(key=lambda o: (o.source.artefact, "" if o.how == "recentdocs" else str(o.at)))
    # Copies of one log (live and shadow copy) hold the same records: each counts once.
    e.clock = list(
        {(c.at, c.old, c.new): c for c in sorted(e.clock, key=lambda c: (c.at, c.source))}.values()
    )
    rows = sorted(e.cleared, key=lambda c: (str(c.at), c.source))
    e.cleared = list({(c.at, c.channel, c.by): c for c in rows}.values())
    for name in (machine.name, machine.source):
        machine.role = machine.role or next(
            (r for n, r in options.roles.items() if n.casefold() == name.casefold()), ""
        )
    if not machine.role and options.register:
        row = options.register.computer(machine.name, facts.get("bios_serial", ""))
        if row and len(row.roles) == 1:
            machine.role = next(iter(row.roles))


def _set_aside(machine: Machine, inspector: str) -> None:
    """The inspector's own stick leaves a trace by being plugged in: excluded, and shown as excluded."""
    from bmnn.machines.usb import normal_serial

    own = normal_serial(inspector)
    kept = [d for d in machine.devices if not (own and d.serial == own)]
    if len(kept) < len(machine.devices):
        machine.notes.append(f"Đã loại thiết bị của đoàn kiểm tra (số sê-ri {own}) khỏi kết quả.")
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
            twin.notes += [n for n in machine.notes if n not in twin.notes]
            continue
        if same:
            note = (
                "Có bộ thu thập khác cùng tên máy nhưng không chứng "
                "minh được cùng phần cứng; để riêng từng máy."
            )
            machine.notes.append(note)
            for other in same:
                if note not in other.notes:
                    other.notes.append(note)
        found.append(machine)
    return found


def _conflict(a: Machine, b: Machine) -> bool:
    left, right = (dict(i.split("=", 1) for i in m.identity) for m in (a, b))
    return any(left[k] != right[k] for k in left.keys() & right.keys())


def check(paths: Sequence[Path], options: Options, progress: Progress = lambda _: None) -> dict[str, Any]:
    """The result of the whole check as one JSON-ready object. The order of `paths` changes nothing."""
    from bmnn.machines import findings

    rules = malware.load(options.rules)
    machines = unite([read_machine(p, rules, progress) for p in paths])
    for machine in machines:
        conclude(machine, options)
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
