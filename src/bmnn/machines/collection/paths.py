"""One canonical path for the same file, whichever collector wrote it.

plain folder, mounted disk   Windows/System32/config/SYSTEM
KAPE                         C/Windows/System32/config/SYSTEM
Velociraptor                 uploads/auto/C%3A/Windows/…, uploads/ntfs/%5C%5C.%5CC%3A/Windows/… (percent-
encoded)
acquire                      fs/c:/windows/…, fs/C:/…, sysvol/windows/…
bmnn                         C/Windows/… beside `thu-thap.json`
"""

from __future__ import annotations

import re

_ROOTS = {"windows", "users", "programdata", "documents and settings"}
_DRIVE = re.compile(r"(?:.*[\\/])?([A-Za-z])(?::|%3A)?", re.DOTALL)
# An event log is called Microsoft-Windows-Partition%4Diagnostic.evtx on disk: "%4D" there is no escape.
_ESCAPE = re.compile(r"%(?!4[A-Z][a-z])([0-9A-Fa-f]{2})")
_WRAPPERS = {"uploads", "fs", "sysvol"}
_SPELLING = {
    word.casefold(): word
    for word in [
        "Windows",
        "System32",
        "SysWOW64",
        "config",
        "winevt",
        "Logs",
        "INF",
        "Prefetch",
        "appcompat",
        "Programs",
        "sru",
        "Users",
        "ProgramData",
        "AppData",
        "Local",
        "Roaming",
        "LocalLow",
        "Microsoft",
        "Wlansvc",
        "Profiles",
        "Interfaces",
        "Recent",
        "AutomaticDestinations",
        "CustomDestinations",
        "Google",
        "Chrome",
        "Edge",
        "CocCoc",
        "Browser",
        "Mozilla",
        "Firefox",
        "Default",
        "History",
        "SYSTEM",
        "SOFTWARE",
        "NTUSER.DAT",
        "UsrClass.dat",
        "Amcache.hve",
        "SRUDB.dat",
        "places.sqlite",
        "setupapi.dev.log",
        "Desktop",
        "Documents",
    ]
} | {"user data": "User Data"}


def _decode(part: str) -> str:
    """Percent escapes of one name, once; what is not UTF-8 stays as it was written."""
    raw = _ESCAPE.sub(lambda m: chr(0xE000 + int(m[1], 16)), part)
    data = b"".join(
        bytes([ord(c) - 0xE000]) if 0xE000 <= ord(c) < 0xE100 else c.encode("utf-8", "surrogatepass")
        for c in raw
    )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return part


def canonical(raw: str) -> str:
    """The canonical path of a collected file; `raw` uses / or \\ between names."""
    parts = [p for p in raw.replace("\\", "/").split("/") if p not in ("", ".")]
    folded = [p.casefold() for p in parts]
    if "uploads" in folded[:4]:
        parts = [_decode(p) for p in parts]
        folded = [p.casefold() for p in parts]
    for at, name in enumerate(folded[:7]):
        if name in _ROOTS and at < len(parts) - 1:
            return _join(_drive(parts[at - 1]) if at else "", parts[at:])
    for at, name in enumerate(folded[:5]):
        if name in _WRAPPERS and at + 1 < len(parts) and _drive(parts[at + 1]):
            return _join(_drive(parts[at + 1]), parts[at + 2 :])
    return _join("", parts)


def plain(raw: str) -> str:
    """The path on the medium itself: percent escapes and the folders of the collector taken away, nothing else.

    A stick is judged by its shape, so that no folder of its own may be lost.
    """
    parts = [p for p in raw.replace("\\", "/").split("/") if p not in ("", ".")]
    folded = [p.casefold() for p in parts[:2]]
    if folded[:1] == ["uploads"]:
        parts = [_decode(p) for p in parts[2:]]
    elif folded[:1] in (["fs"], ["sysvol"]):
        parts = parts[1:]
    if len(parts) > 1 and _drive(parts[0]):
        parts = parts[1:]
    return "/".join(parts)


def _drive(part: str) -> str:
    found = _DRIVE.fullmatch(part)
    return found[1].upper() if found else ""


def _join(drive: str, parts: list[str]) -> str:
    spelled = [_SPELLING.get(p.casefold(), p) for p in parts]
    return "/".join([*([f"{drive}:"] if drive not in ("", "C") else []), *spelled])
