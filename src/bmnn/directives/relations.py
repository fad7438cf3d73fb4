"""How the documents of one file stand to one another: forwards, implements, continues; and points ordered twice."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from bmnn.vietnamese import fold

SAME_POINT = 85
"""Similarity (0..100) of two tasks' orders from which they are the same point."""
_KINDS = {
    "forwards": "forwards",
    "implements": "implements",
    "basis": "implements",
    "continues": "continues",
    "replaced": "replaces",
    "cites": "cites",
}


def number_of(document: dict[str, Any]) -> str | None:
    """«9960-CV/TU», «7592/UBND-THNC» as other documents cite it."""
    number, symbol = document["header"]["number"], document["header"]["symbol"]
    if not number or not symbol:
        return None
    party = re.fullmatch(r"[A-ZĐ]{1,5}[a-z]?/.+", symbol) is not None
    return f"{number}-{symbol}" if party else f"{number}/{symbol}"


def within_file(documents: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Relations between documents of the file, from their citations."""
    numbers = {number_of(d): d for d in documents if number_of(d)}
    out = []
    for d in documents:
        main = numbers.get(d["header"]["attached_to"])
        if main is not None and main is not d:
            out.append({"from": d["id"], "to": main["id"], "type": "attached"})
        for c in d["citations"]:
            if main is not None and c["number"] == d["header"]["attached_to"]:
                continue
            other = numbers.get(c["number"]) if c["number"] else None
            if other is None or other is d:
                continue
            if c["date"] and other["header"]["date"] and c["date"] != other["header"]["date"]:
                continue
            out.append({"from": d["id"], "to": other["id"], "type": _KINDS[c["relation"]]})
    return out


def repeats(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same point ordered in two documents: pairs of task ids with their similarity 0..1."""
    out = []
    for i, one in enumerate(documents):
        for two in documents[i + 1 :]:
            for a in one["tasks"]:
                scored = [(_same(a, b), n) for n, b in enumerate(two["tasks"])]
                score, n = max(scored, default=(0.0, 0))
                if score >= SAME_POINT:
                    b = two["tasks"][n]
                    out.append(
                        {
                            "from": one["id"],
                            "task": a["id"],
                            "to": two["id"],
                            "same_as": b["id"],
                            "similarity": round(score / 100, 2),
                        }
                    )
    return out


def _same(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Mean similarity of the orders of the shorter task to the nearest order of the other."""
    mine, other = sorted(([fold(w) for w in x["actions"] if len(w) > 40] for x in (a, b)), key=len)
    if not mine:
        return 0.0
    return sum(max(fuzz.token_sort_ratio(m, o) for o in other) for m in mine) / len(mine)
