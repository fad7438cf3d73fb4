"""The traces themselves: names opened, clock, logs, removed devices, moments that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from bmnn.machines import programs, times
from bmnn.machines.check import Options
from bmnn.machines.findings import Finding, judge_of_machine
from bmnn.machines.findings.equipment import seen as device_seen
from bmnn.machines.machine import Machine
from bmnn.machines.names import secret_word

HOUR = 3600


@judge_of_machine
def secret_names(machine: Machine, options: Options) -> Iterable[Finding]:
    """Opened files whose names look like documents with a secrecy mark, one finding per path."""
    found: dict[str, Finding] = {}
    for opened in machine.evidence.opened:
        word = secret_word(opened.path)
        if not word:
            continue
        grave = {"drafting": "low", "internet": "high"}.get(machine.role, "medium")
        volume = f", ổ {opened.volume_serial}" if opened.volume_serial else ""
        where = {"removable": ", từ thiết bị tháo rời", "network": ", từ mạng"}.get(opened.drive, "")
        when = f" lúc {times.words(opened.at)}" if opened.at and opened.basis == "opened" else ""
        text = f"Máy {machine.name} đã mở «{opened.path}»{when}{where}{volume} (tên có chữ «{word}»)."
        finding = found.setdefault(
            opened.path.casefold(), Finding("secret_name_opened", [machine.name], grave, "suspicion", text)
        )
        finding.observations.append((opened.source, opened.at if opened.basis == "opened" else None))
    yield from found.values()


@judge_of_machine
def clock(machine: Machine, options: Options) -> Iterable[Finding]:
    """Clock moved by more than an hour; a resume from sleep and the set-up of Windows are normal."""
    large = [
        c for c in machine.evidence.clock if abs(c.seconds) > HOUR and c.kind in ("user", "time_service")
    ]
    for kind, words in (
        ("user", "người dùng hoặc chương trình"),
        ("time_service", "dịch vụ giờ hoặc máy ảo"),
    ):
        mine = [c for c in large if c.kind == kind]
        if mine:
            back = sum(c.seconds < 0 for c in mine)
            text = (
                f"Máy {machine.name}: đồng hồ bị {words} đổi quá một giờ {len(mine)} "
                f"lần ({back} lần lùi lại); các mốc thời gian quanh đó cần xem lại."
            )
            by_person = kind == "user"
            severity, sure = ("medium", "strong") if by_person else ("low", "suspicion")
            yield Finding(
                "clock_changed", [machine.name], severity, sure, text, [(c.source, c.at) for c in mine]
            )


@judge_of_machine
def cleared(machine: Machine, options: Options) -> Iterable[Finding]:
    """Event logs that were cleared."""
    rows = machine.evidence.cleared
    if not rows:
        return
    channels = sorted({c.channel for c in rows})
    people = ", ".join(sorted({c.by for c in rows if c.by})) or "không rõ tài khoản"
    names = ", ".join(channels[:5]) + (f" và {len(channels) - 5} nhật ký khác" if len(channels) > 5 else "")
    text = f"Máy {machine.name}: nhật ký bị xóa {len(rows)} lần ({names}), tài khoản: {people}."
    grave = "high" if "Security" in channels else "medium"
    yield Finding("log_cleared", [machine.name], grave, "confirmed", text, [(c.source, c.at) for c in rows])


@judge_of_machine
def removed(machine: Machine, options: Options) -> Iterable[Finding]:
    """Storage that only leftovers still name although the device keys were readable; and clean-up
    programs."""
    if machine.has_hive("SYSTEM"):
        gone = [d for d in machine.devices if d.kind == "storage" and d.residual_only and d.serial]
        if gone:
            names = "; ".join(d.shown for d in gone[:5])
            text = (
                f"Máy {machine.name}: {len(gone)} thiết bị lưu trữ chỉ còn "
                f"trong dấu vết phụ, khóa thiết bị không còn: {names}."
            )
            seen = [o for d in gone for o in device_seen(d)]
            yield Finding("traces_removed", [machine.name], "low", "suspicion", text, seen)
    for app in machine.applications:
        if app["group"] == "cleaner":
            ran = any(r["how"] in ("run", "bam") for r in app["evidence"])
            text = (
                f"Máy {machine.name}: công cụ dọn dấu vết "
                f"{app['name']} {'đã chạy' if ran else 'có trên máy'}."
            )
            seen = [(programs.source(r), times.parse_iso(r["at"])) for r in app["evidence"]]
            grave = "medium" if ran else "low"
            yield Finding(
                "traces_removed", [machine.name], grave, "strong" if ran else "suspicion", text, seen
            )


@judge_of_machine
def inconsistent(machine: Machine, options: Options) -> Iterable[Finding]:
    """A device removed before it was first installed."""
    for device in machine.devices:
        first, last = device.first_install, device.last_removal
        if first and last and last < first:
            text = (
                f"Máy {machine.name}: {device.shown} có lần rút ra "
                f"{times.words(last)} trước lần cài đầu tiên {times.words(first)}."
            )
            yield Finding(
                "inconsistent_times",
                [machine.name],
                "low",
                "suspicion",
                text,
                device_seen(device),
                device.serial,
            )
