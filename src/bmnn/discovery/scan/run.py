"""A scan from beginning to end: walk, read every file, then read the pages that need OCR, each in the sandbox.

Reading everything first finds most within seconds, and says how many pages OCR will have to read and how long
that takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bmnn.discovery.scan.box import scan_box, setup_argument
from bmnn.discovery.scan.item import EMPTY_ROW, Pending
from bmnn.discovery.scan.options import Options, Progress, Silent
from bmnn.discovery.scan.state import State
from bmnn.discovery.scan.walk import Closed, Found, walk
from bmnn.discovery.verdict import WORDS
from bmnn.reading import verdict_of
from bmnn.sandbox import MAX_FILES, Box, Job, Outcome

_PAGES_A_JOB, _NESTED_PAGES_A_JOB = 4, 32
"""Pages of one call: few, so that workers share a long scan; more where a file must be unpacked each time."""
_FILES_A_JOB, _BYTES_A_JOB = MAX_FILES, 2 * 1024 * 1024
"""Files of one call, and their size together: calls cost more than small files do."""


@dataclass
class _File:
    found: Found
    items: list[Pending]


def scan(
    paths: Iterable[Path],
    options: Options,
    progress: Progress | None = None,
    state_at: Path | None = None,
    leave_out: frozenset[Path] = frozenset(),
    box: Box | None = None,
) -> dict[str, Any]:
    """Scan files and folders; the report as CONTRACTS.md describes it, `interrupted` True when it was stopped by hand.

    `state_at`: where what is done is kept; `leave_out`: absolute paths not to read; `box`: readers started before
    (scan_box). They are ended with the scan.
    Raises SandboxError when the sandbox cannot be used, OcrMissing is reported by the sandbox's own message.
    """
    started = datetime.now(UTC)
    state = State(state_at, options.identity()) if state_at else None
    work = _Scan(options, progress or Silent(), state, box)
    interrupted = False
    with closing(work.box), nullcontext() if work.state is None else work.state:
        try:
            work.run(list(walk(paths, leave_out)))
        except KeyboardInterrupt:
            interrupted = True
    items = sorted(work.done, key=_gravity)
    return {
        "schema_version": 1,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "interrupted": interrupted,
        "totals": _totals(items),
        "items": items,
    }


class _Scan:
    def __init__(self, options: Options, progress: Progress, state: State | None, box: Box | None) -> None:
        self.options, self.progress, self.state = options, progress, state
        self.done: list[dict[str, Any]] = []
        self.box = box or scan_box(options.jobs, options.limits, options.allow_missing)
        self.box.setup_argument = setup_argument(options.entries, options.numbers, ocr=options.ocr)

    def run(self, walked: list[Found | Closed]) -> None:
        fresh: list[Found] = []
        for found in walked:
            if isinstance(found, Closed):
                self.done.append(_unread(found.shown, 0, found.why))
            elif self.state is not None and (items := self.state.items(found)) is not None:
                self.done += items
            else:
                fresh.append(found)
        if not fresh:
            return
        self.box.start()
        waiting = self._read(fresh)
        if waiting:
            self._recognise(waiting)

    def _read(self, fresh: list[Found]) -> list[_File]:
        """Read all files; those with pages for OCR come back, the others are done.

        Small files go several to a call. One that ends its worker costs itself alone: those behind it in the call are
        read again, one by one.
        """
        self.progress.stage("read", len(fresh))
        waiting: list[_File] = []
        batches = list(_batches(fresh))
        while batches:
            again: list[list[Found]] = []
            jobs = (Job(tuple(f.path for f in batch), self._argument(batch)) for batch in batches)
            for batch, outcome in zip(batches, self.box.map(jobs), strict=True):
                read, left = _split(outcome, batch)
                again += [[found] for found in left]
                for file in read:
                    if self.options.ocr and any(item.waiting for item in file.items):
                        waiting.append(file)
                    else:
                        self._finish(file)
                    self.progress.done(1, file.found.size)
            batches = again
        return waiting

    def _argument(self, batch: list[Found], pages: dict[str, list[int]] | None = None) -> dict[str, Any]:
        texts = self.options.index is not None or self.options.mark_key is not None
        limits = self.options.limits.to_json()
        return {"names": [f.shown for f in batch], "limits": limits, "texts": texts, "pages": pages}

    def _recognise(self, files: list[_File]) -> None:
        """Read the waiting pages; a page that ends its worker costs itself alone. Equal files are read once."""
        copies = self._same_bytes(files)
        first = [(f, i) for f in files for i in f.items if i.waiting and id(i) not in copies]
        self.progress.stage("ocr", sum(len(item.waiting) for _, item in first))
        batch = [(file, item, pages) for file, item in first for pages in _portions(item)]
        parts = {id(f): sum(id(i) in copies for i in f.items) for f in files}
        for file, _, _ in batch:
            parts[id(file)] += 1
        for file in files:
            if not parts[id(file)]:
                self._finish(file)
        while batch:
            again = []
            jobs = (
                Job((f.found.path,), self._argument([f.found], {i.row["path"]: pages}))
                for f, i, pages in batch
            )
            for (file, item, pages), outcome in zip(batch, self.box.map(jobs), strict=True):
                answered = [row for row in rows_of(outcome) if row.get("page") in item.waiting]
                for row in answered:
                    item.pages[row["page"]] = row
                    item.waiting.discard(row["page"])
                left = [n for n in pages if n in item.waiting]
                if not outcome.ok:
                    item.lost = outcome.why
                    if left[1:]:
                        again += [(file, item, [number]) for number in left[1:]]
                        parts[id(file)] += len(left) - 1
                self.progress.done(len(pages) - max(0, len(left) - 1))
                parts[id(file)] -= 1
                if not parts[id(file)]:
                    self._finish(file)
            batch = again
        for file in files:
            twins = [(item, copies[id(item)]) for item in file.items if id(item) in copies]
            for item, original in twins:
                item.read_as(original)
            if twins:
                self._finish(file)

    def _same_bytes(self, files: list[_File]) -> dict[int, Pending]:
        """Items whose pages need not be read: known from before (done here), or copies; those with their original."""
        originals: dict[str, Pending] = {}
        copies: dict[int, Pending] = {}
        for item in (i for f in files for i in f.items if i.waiting):
            digest = item.row["sha256"]
            known = self.state.recognised(digest) if self.state else None
            if known is not None:
                item.known_as(known)
            elif originals.setdefault(digest, item) is not item:
                copies[id(item)] = originals[digest]
        return copies

    def _finish(self, file: _File) -> None:
        options = self.options
        items = [i.finished(options.index, options.mark_key, ocr=options.ocr) for i in file.items]
        self.done += items
        if self.state is not None:
            self.state.add(file.found, items)


def _batches(fresh: list[Found]) -> Iterator[list[Found]]:
    """Files in their order, several small ones together."""
    batch: list[Found] = []
    size = 0
    for found in fresh:
        if batch and (len(batch) >= _FILES_A_JOB or size + found.size > _BYTES_A_JOB):
            yield batch
            batch, size = [], 0
        batch.append(found)
        size += found.size
    if batch:
        yield batch


def rows_of(outcome: Outcome) -> list[dict[str, Any]]:
    """The rows of a call, also of one that was cut short."""
    return [row for rows in outcome.value or [] for row in rows]


def _split(outcome: Outcome, batch: list[Found]) -> tuple[list[_File], list[Found]]:
    """Files of a call with what they gave, and those that were not reached."""
    files: list[_File] = []
    rows: list[Pending] = []
    for row in rows_of(outcome):
        if "end" in row:
            files.append(_File(batch[len(files)], rows))
            rows = []
        else:
            rows.append(Pending.of(EMPTY_ROW | row))
    if outcome.ok:
        return files, []
    if not files and not rows and len(batch) > 1:
        # A file that cannot be opened keeps the whole call from starting.
        return [], batch
    found = batch[len(files)]
    path = found.shown if not rows else f"{found.shown}!(phần còn lại)"
    rows.append(Pending(_row(path, 0 if rows else found.size, outcome.why or "error")))
    return [*files, _File(found, rows)], batch[len(files) + 1 :]


def _portions(item: Pending) -> Iterator[list[int]]:
    size = _NESTED_PAGES_A_JOB if "!" in item.row["path"] else _PAGES_A_JOB
    pages = sorted(item.waiting)
    for at in range(0, len(pages), size):
        yield pages[at : at + size]


def _row(path: str, size: int, why: str) -> dict[str, Any]:
    return EMPTY_ROW | {"path": path, "sha256": "", "size": size, "verdict": verdict_of(why), "why": why}


def _unread(path: str, size: int, why: str) -> dict[str, Any]:
    return Pending(_row(path, size, why)).finished(None, None, ocr=False)


_ORDER = {name: number for number, name in enumerate(WORDS)}
_LEVEL_ORDER = {"TUYET_MAT": 0, "TOI_MAT": 1, "MAT": 2, None: 3}


def _gravity(item: dict[str, Any]) -> tuple[Any, ...]:
    best = max(s["score"] for s in item["signals"]) if item["signals"] else 0.0
    return _ORDER[item["verdict"]], _LEVEL_ORDER[item["level"]], -best, item["path"]


def _totals(items: list[dict[str, Any]]) -> dict[str, int]:
    totals = {"items": len(items)} | dict.fromkeys(WORDS, 0)
    for item in items:
        totals[item["verdict"]] += 1
    totals["bytes"] = sum(i["size"] for i in items if "!" not in i["path"])
    totals["pages_ocr"] = sum(i["pages_ocr"] for i in items)
    totals["pages_unread"] = sum(i["pages_unread"] for i in items)
    return totals
