"""Wireless profiles (XML): only the name of the network. Keys are never read, whatever the file holds."""

from __future__ import annotations

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bmnn.machines.artefacts import Given, NotThisKind, reader
from bmnn.machines.model import Evidence, NetworkTrace

_SPACE = "http://www.microsoft.com/networking/WLAN/profile/"


def _is_profile(name: str, head: bytes) -> bool:
    text = head.replace(b"\0", b"")
    return b"<WLANProfile" in text or (name.endswith(".xml") and b"<?xml" in text[:12])


@reader("wlan", "Hồ sơ Wi-Fi", _is_profile)
def read(item: Given, out: Evidence) -> None:
    """Raises on XML that is not well formed or declares entities."""
    try:
        root = fromstring(item.data, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        if b"WLANProfile" not in item.data.replace(b"\0", b""):
            raise NotThisKind from error
        raise ValueError("hồ sơ Wi-Fi không phải XML hợp lệ") from error
    if not str(root.tag).startswith("{" + _SPACE) or not str(root.tag).endswith("WLANProfile"):
        raise NotThisKind
    name = next((e.text for e in root if str(e.tag).endswith("}name") and e.text), "")
    if name:
        out.networks.append(NetworkTrace(item.at("WLANProfile/name"), name, "profile", kind="wireless"))
        out.facts["ssid"] = name
    if b"keyMaterial" in item.data:
        out.note("tệp có khóa Wi-Fi; khóa không được đọc và không đưa vào kết quả")
