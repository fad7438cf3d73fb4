"""Networks, the Internet and programs that send: what a drafting computer must not have."""

from __future__ import annotations

from collections.abc import Iterable

from bmnn.machines import programs, times
from bmnn.machines.check import Options
from bmnn.machines.findings import Finding, judge_of_machine
from bmnn.machines.machine import Machine
from bmnn.machines.model import Source

_GROUPS = {
    "remote": "phần mềm điều khiển từ xa",
    "messaging": "phần mềm nhắn tin",
    "mail": "thư điện tử",
    "cloud": "kho lưu trữ trực tuyến",
    "ai": "dịch vụ trí tuệ nhân tạo",
}


def _grave(role: str) -> str:
    return {"drafting": "high", "lan": "medium"}.get(role, "low")


def _unknown(role: str) -> str:
    return "" if role else " Chưa khai vai trò của máy nên chưa kết luận được có trái quy định hay không."


@judge_of_machine
def joined(machine: Machine, options: Options) -> Iterable[Finding]:
    """Networks joined by a drafting computer, or by one whose role nobody has stated."""
    if machine.role not in ("drafting", ""):
        return
    nets = [n for n in machine.networks if n.joined]
    if nets:
        names = ", ".join(f"«{n.name}»" for n in nets[:8])
        more = f" và {len(nets) - 8} mạng khác" if len(nets) > 8 else ""
        text = f"Máy {machine.name} đã vào {len(nets)} mạng: {names}{more}.{_unknown(machine.role)}"
        seen = [(s, n.last) for n in nets for s in n.sources[:10]]
        yield Finding("network_joined", [machine.name], _grave(machine.role), "confirmed", text, seen)


@judge_of_machine
def internet(machine: Machine, options: Options) -> Iterable[Finding]:
    """Use of the Internet by a computer that is not registered for it."""
    if machine.internet["used"] != "yes" or machine.role == "internet":
        return
    strong = [t for t in machine.evidence.internet if t.strength == "strong"]
    moments = [t.at for t in strong if t.at]
    details = sorted({t.detail for t in strong if t.detail})[:3]
    when = f", lần cuối {times.words(max(moments))}" if moments else ""
    text = (
        f"Máy {machine.name} đã dùng Internet: {len(strong)} dấu "
        f"vết{when}. Ví dụ: {'; '.join(details)}.{_unknown(machine.role)}"
    )
    sure = (
        "confirmed"
        if len({t.what for t in strong}) > 1 or any(t.what == "visit" for t in strong)
        else "strong"
    )
    seen = [(t.source, t.at) for t in strong]
    yield Finding("internet_used", [machine.name], _grave(machine.role), sure, text, seen)


@judge_of_machine
def applications(machine: Machine, options: Options) -> Iterable[Finding]:
    """Messaging, mail, cloud and remote-control programs."""
    for app in machine.applications:
        remote = app["group"] == "remote"
        if app["group"] not in _GROUPS:
            continue
        if machine.role == "internet" and not remote:
            continue
        code = "remote_control_app" if remote else "messaging_app"
        ran = any(r["how"] in ("run", "bam", "network", "visit") for r in app["evidence"])
        kind = _GROUPS[app["group"]]
        text = (
            f"Máy {machine.name}: {kind} {app['name']} ({'đã chạy hoặc truy cập' if ran else 'có cài đặt'})."
        )
        seen = [(programs.source(r), times.parse_iso(r["at"])) for r in app["evidence"]]
        grave = "medium" if remote and machine.role == "internet" else _grave(machine.role)
        yield Finding(
            code, [machine.name], grave, "confirmed" if ran else "strong", text + _unknown(machine.role), seen
        )


@judge_of_machine
def marks(machine: Machine, options: Options) -> Iterable[Finding]:
    """Malware and unclosed hives, as their readers marked them; one finding per statement."""
    seen: dict[tuple[str, str], Finding] = {}
    for mark in machine.evidence.marks:
        grave = (
            "low"
            if mark.code in ("hive_not_closed", "traces_removed")
            else ("medium" if mark.confidence == "suspicion" else "high")
        )
        found = seen.setdefault(
            (mark.code, mark.text),
            Finding(mark.code, [machine.name], grave, mark.confidence, f"Máy {machine.name}: {mark.text}."),
        )
        found.observations.append((Source(mark.source.artefact, mark.source.key), mark.at))
    yield from seen.values()
