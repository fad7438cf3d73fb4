"""`thu-thap.json`, the manifest of our collecting scripts: who collected, when, the clock, and a hash of
every file."""

from __future__ import annotations

import json
from typing import Any

from bmnn.machines.artefacts import Given, reader
from bmnn.machines.model import Evidence

_FACTS = {
    "computer": "name",
    "bios_serial": "bios_serial",
    "machine_guid": "machine_guid",
    "machine_sid": "machine_sid",
    "installed": "installed",
    "time_zone": "timezone",
    "os": "os",
    "collector": "collected_by",
    "authority": "authority",
    "collected_at": "collected_at",
    "stick_serial": "inspector_stick",
    "clock_offset_seconds": "clock_offset_seconds",
}


@reader("manifest", "Bản kê thu thập", lambda name, head: name == "thu-thap.json")
def read(item: Given, out: Evidence) -> None:
    """Raises ValueError when the text is no JSON object."""
    manifest = parse(item.data)
    for key, fact in _FACTS.items():
        value = manifest.get(key)
        if value not in (None, ""):
            out.machine[fact] = str(value)
    out.declared = declared_hashes(manifest)
    failed = [f for f in manifest.get("failed", []) if isinstance(f, dict)]
    out.facts["failed"] = failed[:500]
    out.facts["files"] = len(manifest.get("files", []))
    for failure in failed[:50]:
        out.note(f"không thu được {failure.get('what', '?')}: {failure.get('why', '')}")


def parse(data: bytes) -> dict[str, Any]:
    """The manifest as an object. Raises ValueError with a Vietnamese text when it is none."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        manifest = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("bản kê thu thập không phải JSON hợp lệ") from error
    if not isinstance(manifest, dict):
        raise ValueError("bản kê thu thập không phải một đối tượng JSON")
    for key in ("failed", "files"):
        if not isinstance(manifest.get(key, []), list):
            raise ValueError(f"bản kê thu thập: «{key}» phải là danh sách")
    return manifest


def declared_hashes(manifest: dict[str, Any]) -> dict[str, str]:
    """SHA-256 by path (lower case, / between names) as the script wrote it down."""
    rows = manifest.get("files", [])
    return {
        str(r.get("path", "")).replace("\\", "/").casefold(): str(r.get("sha256", "")).lower()
        for r in (rows if isinstance(rows, list) else [])
        if isinstance(r, dict)
    }
