"""Regulations that still rest on law that was replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmnn import law

# Numbers with their symbols as agencies type them: 117/2025/QH15, 26/2020/NĐ-CP, 58-QĐ/TW.
_SYMBOL = re.compile(r"\d{1,5}\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\wĐđ]*(?:[/-][A-ZĐ][\wĐđ]*)*")


@dataclass(frozen=True)
class Cited:
    """One cited instrument as it stands today. `state`: in_force, replaced, unknown."""

    symbol: str
    title: str
    state: str
    words: str


def symbols_of(text: str) -> list[dict[str, Any]]:
    """The instruments named in typed lines, as citations of a document."""
    return [{"symbol": "".join(found.split())} for found in _SYMBOL.findall(text)]


def judge(citations: list[dict[str, Any]], today: date) -> list[Cited]:
    """Each cited instrument: in force, replaced by what, or not known to the program."""
    found = []
    for one in citations:
        symbol = str(one.get("symbol") or one.get("number") or "")
        if symbol:
            found.append(_judge(symbol, today))
    return found


def _judge(symbol: str, today: date) -> Cited:
    known = law.instrument(symbol)
    if known is None:
        return Cited(
            symbol, "", "unknown", "Phần mềm chưa có văn bản này nên không biết còn hiệu lực hay không."
        )
    if known.in_force_until is not None and known.in_force_until < today:
        instead = ", ".join(known.replaced_by)
        words = f"Hết hiệu lực từ sau ngày {known.in_force_until:%d/%m/%Y}" + (
            f", thay bằng {instead}." if instead else "."
        )
        return Cited(symbol, known.title, "replaced", words)
    return Cited(symbol, known.title, "in_force", "Còn hiệu lực.")
