"""`bmnn verify`: the log against its own tree, its witnesses, its numbers, and the tables built from it
(CONTRACTS 4)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from bmnn.ledger import grow, root_of
from bmnn.office.core import checkpoints
from bmnn.office.core.leaf import leaf_of
from bmnn.office.core.models import Event
from bmnn.office.core.replay import CannotReplay, differences, rows

Tick = Callable[[int], object]


@dataclass
class Report:
    """What was found. `problems`: kind, entry (place in the whole log, null where none fits), detail in
    Vietnamese."""

    entries: int = 0
    root: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)
    unwitnessed: dict[str, Any] = field(default_factory=lambda: {"entries": 0, "since": None})

    def add(self, kind: str, entry: int | None, detail: str) -> None:
        """One more problem."""
        self.problems.append({"kind": kind, "entry": entry, "detail": detail})

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "schema_version": 1,
            "ok": not self.problems,
            "entries": self.entries,
            "root": self.root,
            "problems": self.problems,
            "unwitnessed": self.unwitnessed,
        }


@dataclass
class _Stream:
    """One log as recomputed from its events."""

    frontier: list[bytes] = field(default_factory=list)
    size: int = 0
    entries: list[int] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)


def check(
    witnesses: Iterable[str] = (),
    tick: Tick = lambda n: None,
    *,
    replay: bool = True,
    fingerprints: Iterable[str] = (),
) -> Report:
    """Check everything. `witnesses`: texts of files with checkpoints kept elsewhere; `fingerprints`: those
    printed on slips of paper, in their printed form. Changes nothing."""
    report = Report()
    witnesses = list(witnesses)
    for printed in fingerprints:
        text = checkpoints.on_paper(printed)
        if text is None:
            words = f"Dấu vân tay trên giấy {printed} không khớp bản chốt nào của hệ thống này."
            report.add(
                "fingerprint", None, f"{words} Các bản chốt đã bị viết lại, hoặc tờ giấy của nơi khác."
            )
        else:
            witnesses.append(text)
    notes = checkpoints.gather(witnesses, report.add)
    wanted: dict[str, set[int]] = defaultdict(set)
    for note in notes:
        wanted[note.stream].add(note.size)
    streams = _log(report, wanted, tick)
    _tree(report, streams)
    _witnesses(report, streams, notes)
    if replay:
        _tables(report, tick)
    heads = {name: (s.size, root_of(s.frontier)) for name, s in streams.items()}
    report.root = checkpoints.site_root(heads).hex()
    return report


def _log(report: Report, wanted: dict[str, set[int]], tick: Tick) -> dict[str, _Stream]:
    streams: dict[str, _Stream] = defaultdict(_Stream)
    series: dict[tuple[str, str], int] = {}
    expected = 1
    for event in Event.objects.order_by("id").iterator(chunk_size=2000):
        tick(1)
        report.entries += 1
        if event.id != expected:
            report.add("gap", event.id, f"Sổ nhật ký thiếu từ việc số {expected} đến việc số {event.id - 1}.")
        expected = event.id + 1
        stream = streams[event.stream]
        if event.seq != stream.size:
            report.add(
                "gap", event.id, f"Dòng «{event.stream}» có thứ tự {event.seq}, phải là {stream.size}."
            )
        leaf = leaf_of(event).hash()
        if leaf != bytes(event.leaf_hash):
            report.add("leaf", event.id, "Nội dung việc này không khớp dấu vân tay đã ghi: có người đã sửa.")
        for level, index, node in grow(stream.frontier, stream.size, leaf):
            stream.nodes[level, index] = node
        stream.size += 1
        stream.entries.append(event.id)
        stream.moments.append(event.at)
        if stream.size in wanted[event.stream]:
            stream.roots[stream.size] = root_of(stream.frontier)
        _numbers(report, event, series)
    for name, period, value in rows("core_counter", ["name", "period", "value"]):
        if series.pop((name, period), 0) != value:
            report.add("counter", None, f"Bộ đếm «{name}» kỳ «{period}» chỉ {value}, khác số đã cấp.")
    for (name, period), value in series.items():
        report.add("counter", None, f"Mất bộ đếm «{name}» kỳ «{period}», số cuối đã cấp là {value}.")
    return streams


def _numbers(report: Report, event: Event, series: dict[tuple[str, str], int]) -> None:
    try:
        for taken in json.loads(event.numbers):
            name, period = place = taken["name"], taken["period"]
            last = series.get(place, 0)
            new = taken["value"] if "value" in taken else taken["start"]
            if "value" in taken:
                follows = new == last + 1
            elif "lost_from" in taken:
                follows = taken["lost_from"] == last + 1 and new >= last
            else:
                follows = last == 0
            if not follows:
                words = f"Dãy số «{name}» kỳ «{period}» cấp số {new} sau số {last}: thiếu hoặc trùng số."
                report.add("number", event.id, words)
            series[place] = new
    except (ValueError, KeyError, TypeError):
        report.add("leaf", event.id, "Phần số đã cấp của việc này không đọc được.")


def _tree(report: Report, streams: dict[str, _Stream]) -> None:
    stored: dict[str, dict[tuple[int, int], bytes]] = defaultdict(dict)
    for stream, level, index, node in rows("core_ledgernode", ["stream", "level", "index", "hash"]):
        stored[stream][level, index] = bytes(node)
    for name in stored.keys() | streams.keys():
        own = streams.get(name, _Stream())
        for place in stored[name].keys() | own.nodes.keys():
            if stored[name].get(place) == own.nodes.get(place):
                continue
            first = place[1] << place[0]
            entry = own.entries[first] if first < len(own.entries) else None
            report.add("node", entry, f"Cây băm của «{name}» sai tại tầng {place[0]}, vị trí {place[1]}.")
    heads = {
        row[0]: row[1:] for row in rows("core_loghead", ["stream", "size", "frontier", "root", "last_seen"])
    }
    for name in heads.keys() | streams.keys():
        if name not in heads:
            report.add("head", None, f"Mất đầu sổ của «{name}».")
            continue
        size, frontier, root, seen = heads[name]
        own = streams.get(name, _Stream())
        same = (size, bytes(frontier), bytes(root)) == (
            own.size,
            b"".join(own.frontier),
            root_of(own.frontier),
        )
        if not same or seen != (own.moments or [seen])[-1]:
            report.add(
                "head", None, f"Đầu sổ của «{name}» ghi {size} việc, không khớp {own.size} việc tìm thấy."
            )


def _witnesses(report: Report, streams: dict[str, _Stream], notes: list[checkpoints.Note]) -> None:
    seen: dict[str, int] = defaultdict(int)
    for note in notes:
        own = streams.get(note.stream, _Stream())
        if note.size > own.size:
            words = f"«{note.stream}» từng có {note.size} việc, nay còn {own.size}: việc đã ghi bị mất."
            report.add("truncated", None, f"{note.where}: {words}")
        elif note.size and own.roots.get(note.size) != note.root:
            words = f"{note.size} việc đầu của «{note.stream}» không còn như khi chốt."
            report.add("checkpoint", own.entries[note.size - 1], f"{note.where}: {words}")
        elif note.outside:
            seen[note.stream] = max(seen[note.stream], note.size)
    loose = [
        (entry, moment)
        for name, own in streams.items()
        for entry, moment in zip(own.entries[seen[name] :], own.moments[seen[name] :], strict=True)
    ]
    report.unwitnessed = {"entries": len(loose), "since": min(loose)[1] if loose else None}


def _tables(report: Report, tick: Tick) -> None:
    try:
        for table, key, what in sorted(differences(tick), key=str):
            report.add("projection", None, f"Bảng {table}, dòng {key}: {what} so với sổ nhật ký.")
    except CannotReplay as error:
        report.add("replay", error.entry, f"Không dựng lại được các bảng: {error}.")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check(1)")
            if cursor.fetchone()[0] != "ok":
                report.add("database", None, "Tệp cơ sở dữ liệu bị hỏng cấu trúc.")
