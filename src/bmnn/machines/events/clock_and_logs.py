"""Events that tell about the traces themselves: the clock was moved, a log was cleared."""

from __future__ import annotations

from datetime import datetime

from bmnn.machines import times
from bmnn.machines.events import Event, event
from bmnn.machines.model import ClockChange, Evidence, LogCleared

_SETUP = (
    "msoobe.exe",
    "oobe",
    "cloudexperiencehost",
    "windeploy.exe",
    "setup.exe",
    "tiworker.exe",
    "setuphost.exe",
)
_SERVICE = (
    "svchost.exe",
    "vmtoolsd.exe",
    "vboxservice.exe",
    "vmwp.exe",
    "w32tm.exe",
    "qemu-ga.exe",
    "xenservice.exe",
)


def kind_of(reason: str, process: str) -> str:
    """Who moved the clock. Reason 2 is a resume from sleep; services and virtual machine tools are not
    a person."""
    lowered = process.casefold().replace("/", "\\")
    if reason == "2":
        return "resume"
    if any(word in lowered for word in _SETUP):
        return "setup"
    if not lowered or lowered.rsplit("\\", 1)[-1] in _SERVICE:
        return "time_service"
    return "user"


def _change(
    e: Event, out: Evidence, *, old: datetime | None, new: datetime | None, process: str, reason: str
) -> None:
    if old is None or new is None:
        return
    name = process.replace("/", "\\").rsplit("\\", 1)[-1]
    seconds = (new - old).total_seconds()
    out.clock.append(ClockChange(e.source, e.at or new, seconds, name, kind_of(reason, process), old, new))


@event("Microsoft-Windows-Kernel-General", 1)
def clock(e: Event, out: Evidence) -> None:
    """System time changed. Windows 7 gives no reason and no process name."""
    old, new = times.parse_iso(e.data.get("OldTime")), times.parse_iso(e.data.get("NewTime"))
    _change(e, out, old=old, new=new, process=e.data.get("ProcessName", ""), reason=e.data.get("Reason", ""))


@event("Microsoft-Windows-Security-Auditing", 4616)
def audited_clock(e: Event, out: Evidence) -> None:
    """System time changed, as the security log tells it (only where auditing is on)."""
    old, new = times.parse_iso(e.data.get("PreviousTime")), times.parse_iso(e.data.get("NewTime"))
    _change(e, out, old=old, new=new, process=e.data.get("ProcessName", ""), reason="")


@event("Microsoft-Windows-Eventlog", 104, 1102)
def cleared(e: Event, out: Evidence) -> None:
    """A log was cleared: 1102 the security log, 104 any other."""
    channel = "Security" if e.number == 1102 else e.data.get("Channel", e.channel)
    domain, user = e.data.get("SubjectDomainName", ""), e.data.get("SubjectUserName", "")
    by = f"{domain}\\{user}" if domain else user
    out.cleared.append(LogCleared(e.source, e.at, channel, by))
    counts = out.facts.setdefault("cleared", {})
    counts[str(e.number)] = counts.get(str(e.number), 0) + 1


event("Eventlog", 104, 1102)(cleared)
