"""Wireless profiles (XML): only the name of the network. Keys are never read, whatever the file holds."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring

from bmnn.machines.artefacts import Given, reader
from bmnn.machines.model import Evidence, NetworkTrace

_SPACE = "http://www.microsoft.com/networking/WLAN/profile/"


def _is_profile(name: str, head: bytes) -> bool:
    return name.endswith(".xml") and (
        b"WLANProfile" in head or b"<?xml" in head[:8] or head[:2] == b"\xff\xfe"
    )


@reader("wlan", "Hồ sơ Wi-Fi", _is_profile)
def read(item: Given, out: Evidence) -> None:
    """Raises on XML that is not well formed or declares entities."""
    root = fromstring(item.data, forbid_dtd=True)
    if not str(root.tag).startswith("{" + _SPACE) or not str(root.tag).endswith("WLANProfile"):
        out.note("tệp XML không phải hồ sơ Wi-Fi")
        return
    name = next((e.text for e in root if str(e.tag).endswith("}name") and e.text), "")
    if name:
        out.networks.append(NetworkTrace(item.at("WLANProfile/name"), name, "profile", kind="wireless"))
        out.facts["ssid"] = name
    if b"keyMaterial" in item.data:
        out.note("tệp có khóa Wi-Fi; khóa không được đọc và không đưa vào kết quả")
