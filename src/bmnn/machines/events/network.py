"""Events about networks: joined and left, wireless, and reaching the Internet."""

from __future__ import annotations

from bmnn.machines.events import Event, event
from bmnn.machines.hosts import inside, web_host
from bmnn.machines.model import Evidence, InternetTrace, NetworkTrace

CATEGORIES = {"0": "public", "1": "private", "2": "domain"}
# Names Windows shows only while it finds out which network it is on.
_TRANSIENT = (
    "identifying", "unidentified network", "đang xác định", "đang nhận dạng", "mạng không xác định",
    "mạng chưa xác định", "正在识别", "未识别的网络",
)  # fmt: skip


@event("Microsoft-Windows-NetworkProfile", 10000, 10001)
def profile(e: Event, out: Evidence) -> None:
    """A network was joined (10000) or left (10001)."""
    name = e.data.get("Name", "")
    if not name or name.casefold().startswith(_TRANSIENT):
        return
    trace = NetworkTrace(e.source, name, "connected" if e.number == 10000 else "disconnected", e.at)
    trace.category = CATEGORIES.get(e.data.get("Category", ""), "")
    trace.guid = "{" + e.data.get("Guid", "").strip("{}").casefold() + "}"
    out.networks.append(trace)


@event("Microsoft-Windows-WLAN-AutoConfig", 8001, 8003)
def wireless(e: Event, out: Evidence) -> None:
    """A wireless network was joined (8001) or left (8003)."""
    name = e.data.get("SSID", "") or e.data.get("ProfileName", "")
    if name:
        trace = NetworkTrace(
            e.source, name, "connected" if e.number == 8001 else "disconnected", e.at, kind="wireless"
        )
        out.networks.append(trace)


@event("Microsoft-Windows-NCSI", 4042)
def capability(e: Event, out: Evidence) -> None:
    """Windows judged how far a connection reaches; 2 or "Internet" is the Internet."""
    reached = e.data.get("Capability", "")
    if reached.casefold() in ("2", "internet"):
        out.internet.append(InternetTrace(e.source, "ncsi", e.at, "Windows xác nhận có kết nối Internet"))


@event("Microsoft-Windows-Time-Service", 35, 37)
def time_source(e: Event, out: Evidence) -> None:
    """The clock was taken from a time server; a name in a public zone means the Internet was reached."""
    server = e.data.get("TimeSource", "").split(",", 1)[0].split(" ", 1)[0].casefold()
    if server.endswith(
        (".windows.com", ".nist.gov", ".pool.ntp.org", "pool.ntp.org", ".google.com", ".vsqi.gov.vn")
    ):
        detail = f"đồng bộ giờ với máy chủ {server}"
        out.internet.append(InternetTrace(e.source, "time_sync", e.at, detail))


@event("Microsoft-Windows-WindowsUpdateClient", 19, 44)
def update(e: Event, out: Evidence) -> None:
    """Windows Update began a download (44) or installed (19); an internal server or a stick can also
    serve updates."""
    detail = f"Windows Update: {e.data.get('updateTitle', '')}"
    out.internet.append(
        InternetTrace(e.source, "windows_update", e.at, detail, "strong" if e.number == 44 else "weak")
    )


@event("Microsoft-Windows-Windows Defender", 2000)
def signatures(e: Event, out: Evidence) -> None:
    """The virus signatures were updated: mostly over the Internet, but a share or a stick can serve them too."""
    detail = f"Defender cập nhật mẫu nhận diện {e.data.get('Current Signature Version', '')}".strip()
    out.internet.append(InternetTrace(e.source, "defender_update", e.at, detail, "weak"))


@event("Microsoft-Windows-Bits-Client", 60)
def transfer(e: Event, out: Evidence) -> None:
    """A background download finished; only web addresses outside the computer count."""
    host = web_host(e.data.get("url", ""))
    if host and not inside(host):
        out.internet.append(InternetTrace(e.source, "bits", e.at, f"tải từ {host}"))
