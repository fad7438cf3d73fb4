"""Signs that traces are missing or that the clock was wrong; each is weak and names its innocent explanation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bmnn.machines import times
from bmnn.machines.check import Options
from bmnn.machines.findings import Finding, judge_of_machine
from bmnn.machines.findings.equipment import seen as device_seen
from bmnn.machines.machine import Machine
from bmnn.machines.model import Artefact, Source

SHORTLY = timedelta(days=30)
LATE = timedelta(days=3)
WRONG_CLOCK = 3600
AHEAD = timedelta(days=1)


def _collected(machine: Machine) -> datetime | None:
    return times.parse_iso(machine.evidence.machine.get("collected_at"))


def _artefacts(machine: Machine, kind: str) -> list[Artefact]:
    return [a for a in machine.artefacts if a.kind == kind and a.status in ("read", "partly")]


@judge_of_machine
def reinstalled(machine: Machine, options: Options) -> Iterable[Finding]:
    """Windows was installed shortly before the inspection."""
    installed = times.parse_iso(machine.evidence.machine.get("installed"))
    collected = _collected(machine)
    if installed and collected and timedelta() <= collected - installed <= SHORTLY:
        text = (
            f"Máy {machine.name}: Windows được cài hoặc nâng cấp {times.words(installed)}, "
            f"{(collected - installed).days} ngày trước khi thu thập; dấu vết cũ hơn có thể không còn."
        )
        hives = [a for a in _artefacts(machine, "registry") if a.facts.get("hive") == "SOFTWARE"]
        proof = [
            (Source(a.path, "Microsoft\\Windows NT\\CurrentVersion\\InstallDate"), installed) for a in hives
        ]
        yield Finding("traces_removed", [machine.name], "low", "suspicion", text, [*proof])


@judge_of_machine
def late_device_log(machine: Machine, options: Options) -> Iterable[Finding]:
    """All device logs begin long after Windows was installed: older ones were removed or not collected."""
    installed = times.parse_iso(machine.evidence.machine.get("installed"))
    logs = _artefacts(machine, "setupapi")
    starts = [
        (str(a.facts["first_section_local"]), a.path) for a in logs if a.facts.get("first_section_local")
    ]
    if not installed or not starts:
        return
    first, path = min(starts)
    began = times.parse_iso(first)
    if began and began - installed > LATE:
        text = (
            f"Máy {machine.name}: nhật ký cài thiết bị chỉ bắt đầu từ {times.words(times.day(began))}, "
            f"trong khi Windows cài {times.words(times.day(installed))}; có thể thiếu tệp nhật ký cũ."
        )
        source = Source(path, "mục đầu tiên")
        yield Finding("traces_removed", [machine.name], "low", "suspicion", text, [(source, installed)])


@judge_of_machine
def holes(machine: Machine, options: Options) -> Iterable[Finding]:
    """Record numbers that are missing inside a log: records were taken out, or only some were exported."""
    for artefact in _artefacts(machine, "evtx"):
        missing = artefact.facts.get("missing_records", 0)
        if artefact.status == "read" and isinstance(missing, int) and missing > 0:
            name = artefact.facts.get("channel") or artefact.path
            text = (
                f"Máy {machine.name}: nhật ký «{name}» thiếu {missing} bản ghi ở giữa "
                "(bị lấy đi, hoặc khi xuất chỉ chọn một phần)."
            )
            source = Source(artefact.path, "số thứ tự bản ghi")
            yield Finding("traces_removed", [machine.name], "low", "suspicion", text, [(source, None)])


@judge_of_machine
def wrong_clock(machine: Machine, options: Options) -> Iterable[Finding]:
    """The clock was wrong at the collection, or devices bear moments later than the collection."""
    manifest = next(iter(_artefacts(machine, "manifest")), None)
    try:
        offset = float(machine.evidence.machine.get("clock_offset_seconds", "0"))
    except ValueError:
        offset = 0.0
    if manifest and abs(offset) > WRONG_CLOCK:
        side = "nhanh" if offset > 0 else "chậm"
        text = (
            f"Máy {machine.name}: khi thu thập, đồng hồ {side} {abs(offset) / 60:.0f} phút so với đồng hồ của "
            "đoàn; mọi mốc thời gian của máy này phải đọc kèm độ lệch đó."
        )
        proof = [(Source(manifest.path, "clock_offset_seconds"), _collected(machine))]
        yield Finding("inconsistent_times", [machine.name], "medium", "confirmed", text, [*proof])
    collected = _collected(machine)
    if collected is None:
        return
    for device in machine.devices:
        if device.last_use and device.last_use > collected + AHEAD:
            text = (
                f"Máy {machine.name}: {device.shown} có mốc {times.words(device.last_use)}, "
                f"sau lúc thu thập {times.words(collected)}."
            )
            yield Finding(
                "inconsistent_times",
                [machine.name],
                "low",
                "strong",
                text,
                device_seen(device),
                device.serial,
            )
