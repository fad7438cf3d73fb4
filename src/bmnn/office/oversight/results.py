"""The result of a scan, cut down to what the file keeps.

The log never forgets, so a file's name stays out of it where it may be the summary of a Tuyệt mật document, and so
do subjects and titles. Names and pictures can be seen from the job's folder while that is kept. Numbers are whole,
because events hold no fractions.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from bmnn.office.oversight.words import ENGINE_VERDICTS

MAX_FINDINGS = 2000
_SPOKEN = frozenset({"stamp", "level_line", "copy_number", "recall_mark", "named_only", "register_number"})
"""Signals whose words are a mark or a number, never a subject."""


def reduce(result: dict[str, Any], root: str = "") -> dict[str, Any]:
    """`root`: the folder of the job or share, taken off the front of every path."""
    found = [i for i in result["items"] if i["verdict"] in ENGINE_VERDICTS][:MAX_FINDINGS]
    return {"totals": dict(result["totals"]), "findings": [_finding(i, root) for i in found]}


def shown_path(path: str, root: str) -> str:
    """A path as people see it: from the share's root on."""
    return path.removeprefix(root).lstrip("/\\") or path


def _finding(item: dict[str, Any], root: str) -> dict[str, Any]:
    path = shown_path(item["path"], root)
    hidden = item["verdict"] == "suspect" and item["level"] in (None, "TUYET_MAT")
    return {
        "label": (without_name(path) if hidden else path)[:500],
        "sha256": item["sha256"],
        "mark": item.get("mark", ""),
        "type": item["type"][:120],
        "size": item["size"],
        "verdict": item["verdict"],
        "level": item["level"] or "",
        "why": item["why"] or "",
        "signals": [_signal(s, item) for s in item["signals"][:20]],
    }


def without_name(path: str) -> str:
    """The folders of a path and the endings of its names."""
    parts = path.split("!")
    outer = PurePosixPath(parts[0].replace("\\", "/"))
    folder = "" if str(outer.parent) == "." else f"{outer.parent}/"
    names = [f"{folder}…{outer.suffix}", *(f"…{PurePosixPath(p).suffix}" for p in parts[1:])]
    return "!".join(names)


def _signal(signal: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    rule = signal["rule"]
    if signal["kind"] == "fingerprint" and item["matches"]:
        match = item["matches"][0]
        share = round(100 * match["containment"])
        rule = f"Trùng {share} % với tài liệu mã {match['document']}, {len(match['passages'])} đoạn"
    return {
        "kind": signal["kind"],
        "text": signal["text"][:60] if signal["kind"] in _SPOKEN else "",
        "level": signal["level"] or "",
        "page": signal["page"],
        "percent": round(100 * signal["score"]),
        "rule": rule,
    }
