"""Reads `instruments.yaml`, and checks the sources that instruments and rules name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bmnn.law.model import MARKS, Instrument

_INSTRUMENT_FIELDS = {
    "symbol", "kind", "issuer", "title", "date", "from", "until", "replaced_by", "amended_by", "mark", "source",
    "note",
}  # fmt: skip


def unknown_source(written: Any, sources: Mapping[str, str]) -> str:
    """What is wrong with a `source` field ("S16 TH7.2"); "" when every part is known."""
    if not isinstance(written, str) or not written.strip():
        return "trường source phải là chữ, không để trống"
    for part in written.split():
        if part not in sources and re.sub(r"\d.*$", "", part) not in sources:
            return f"trường source nhắc tới nguồn lạ {part}"
    return ""


def read_instruments(
    data: dict[str, Any], sources: Mapping[str, str], faults: list[str]
) -> dict[str, Instrument]:
    """Instruments by key; what is wrong goes into `faults`."""
    found: dict[str, Instrument] = {}
    rows = data.get("instruments", {})
    for key, one in rows.items():
        where = f"instruments.yaml: {key}"
        for name in sorted(set(one) - _INSTRUMENT_FIELDS):
            faults.append(f"{where}: có trường lạ {name}")
        wrong = unknown_source(one.get("source"), sources)
        if wrong:
            faults.append(f"{where}: {wrong}")
        for name in ("symbol", "kind", "title", "mark"):
            if not isinstance(one.get(name), str) or not one[name]:
                faults.append(f"{where}: trường {name} phải là chữ, không để trống")
        for name in ("date", "from", "until"):
            if not isinstance(one.get(name), date | None):
                faults.append(f"{where}: trường {name} phải là ngày")
        if one.get("mark") not in MARKS:
            faults.append(f"{where}: trường mark phải là một trong: {', '.join(MARKS)}")
        if one.get("from") and one.get("until") and one["until"] < one["from"]:
            faults.append(f"{where}: trường until đứng trước from")
        for name in ("replaced_by", "amended_by"):
            for other in one.get(name, []):
                if other not in rows:
                    faults.append(f"{where}: trường {name} nhắc tới văn bản lạ {other}")
        found[key] = Instrument(
            key=key,
            symbol=one.get("symbol", ""),
            kind=one.get("kind", ""),
            issuer=one.get("issuer", ""),
            title=one.get("title", ""),
            issued=one.get("date"),
            in_force_from=one.get("from"),
            in_force_until=one.get("until"),
            replaced_by=tuple(rows[k]["symbol"] for k in one.get("replaced_by", []) if k in rows),
            amended_by=tuple(rows[k]["symbol"] for k in one.get("amended_by", []) if k in rows),
            mark=one.get("mark", ""),
            source=one.get("source", ""),
            note=one.get("note", ""),
        )
    return found
