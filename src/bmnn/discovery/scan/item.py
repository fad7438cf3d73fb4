"""One item as it is being found out: its text, its signals, its pages, and at last its verdict."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bmnn.discovery.signals import Signal
from bmnn.discovery.verdict import verdict
from bmnn.reading.model import verdict_of

if TYPE_CHECKING:
    from bmnn.discovery.fingerprint import Index, Match

NOT_OCR = "pages_unread"
"""Reason of an item whose pictures were not read, by choice or by failure: it is not clear."""

EMPTY_ROW: dict[str, Any] = {
    "type": "application/octet-stream",
    "verdict": "read",
    "why": None,
    "encoding": None,
    "notes": [],
    "length": 0,
    "signals": [],
    "text": "",
    "page_starts": [],
    "ocr": [],
}
"""What a worker leaves out of an item's row, because there is nothing to say."""


@dataclass
class Pending:
    """An item with what the workers said about it so far. `waiting`: pages that still wait for OCR."""

    row: dict[str, Any]
    waiting: set[int] = field(default_factory=set)
    pages: dict[int, dict[str, Any]] = field(default_factory=dict)
    lost: str | None = None
    known: dict[str, Any] | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Pending:
        """From a worker's answer."""
        return cls(row, set(row["ocr"]))

    def read_as(self, other: Pending) -> None:
        """Take over what the pages of an item of the same bytes gave."""
        self.waiting, self.pages, self.lost = other.waiting, other.pages, other.lost

    def known_as(self, item: dict[str, Any]) -> None:
        """Take over a finished item of the same bytes."""
        self.known = item
        self.waiting = set()

    def finished(self, index: Index | None, mark_key: bytes | None, *, ocr: bool) -> dict[str, Any]:
        """The item as the report holds it."""
        row = self.row
        if self.known is not None:
            return self.known | {"path": row["path"], "notes": row["notes"]}
        text, starts = ("", {}) if not self.pages and not row["text"] else self._whole_text()
        signals = [*row["signals"]]
        for number in sorted(self.pages):
            signals += [_moved(s, starts[number]) for s in self.pages[number]["signals"]]
        matches = _matches(text, index) if index is not None and text else []
        signals += [_match_signal(m, self._page(m.passages[0].at[0], starts)) for m in matches]
        judged, level = verdict([_weighed(s) for s in signals]) if signals else ("clear", None)
        unread = len(self.waiting) + sum(not p["complete"] for p in self.pages.values())
        why = row["why"] or (NOT_OCR if unread else None)
        if self.lost and unread:
            why = self.lost
        final: str = judged
        if judged == "clear" and why is not None:
            final = verdict_of(why) if why != NOT_OCR else "unreadable"
        signals.sort(key=lambda s: -s["score"])
        found = {
            "path": row["path"],
            "sha256": row["sha256"],
            "size": row["size"],
            "type": row["type"],
            "verdict": final,
            "level": level,
            "why": why,
            "encoding": row["encoding"],
            "notes": [*row["notes"]],
            "signals": signals,
            "matches": [_match(m) for m in matches],
            "pages_ocr": len(self.pages) if ocr else 0,
            "pages_unread": unread,
        }
        if mark_key and final in ("suspect", "review"):
            found["mark"] = text_mark(text, mark_key)
        return found

    def _whole_text(self) -> tuple[str, dict[int, int]]:
        parts, starts, at = [self.row["text"]], {}, int(self.row["length"])
        for number in sorted(self.pages):
            starts[number] = at + 1
            page = self.pages[number]["text"]
            parts.append(page)
            at += 1 + len(page)
        return "\f".join(parts), starts

    def _page(self, at: int, starts: dict[int, int]) -> int | None:
        known = [(start, number) for number, start in (*self.row["page_starts"], *starts.items())]
        before = [(start, number) for start, number in known if start <= at]
        return max(before)[1] if before else None


def _matches(text: str, index: Index) -> list[Match]:
    from bmnn.discovery.fingerprint import find

    return find(text, index)


def text_mark(text: str, key: bytes) -> str:
    """A keyed mark of a text that survives changes of format, encoding and marks."""
    import numpy as np

    from bmnn.vietnamese import onset_codes

    codes = np.asarray(onset_codes(text)[0], np.uint8).tobytes()
    return hashlib.blake2b(codes, key=key, digest_size=16).hexdigest() if codes else ""


def _moved(signal: dict[str, Any], by: int) -> dict[str, Any]:
    at = signal["at"]
    return signal | {"at": [at[0] + by, at[1] + by] if at else None}


def _weighed(signal: dict[str, Any]) -> Signal:
    return Signal(signal["kind"], signal["text"], signal["score"], signal["rule"], signal["level"])


def _match_signal(match: Match, page: int | None) -> dict[str, Any]:
    longest = max(match.passages, key=lambda p: p.span)
    rule = f"Chứa {len(match.passages)} đoạn của tài liệu «{match.title or match.document}» đã lấy vân tay"
    return {
        "kind": "fingerprint",
        "text": f"{longest.span} âm tiết liền nhau",
        "level": None,
        "page": page,
        "at": list(match.passages[0].at),
        "box": None,
        "score": round(max(0.8, min(1.0, longest.score)), 3),
        "rule": rule,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "document": match.document,
        "title": match.title,
        "containment": match.containment,
        "passages": [
            {"at": list(p.at), "in_document": list(p.in_document), "score": p.score} for p in match.passages
        ],
    }
