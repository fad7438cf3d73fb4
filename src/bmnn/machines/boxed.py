"""Reads collections through the sandbox: no parser of a foreign file runs in the calling process.

The calling process names files and hands them over opened; workers parse; what comes back is checked
(`codec`). An item that breaks its worker is reported unreadable, and the rest is read by a fresh worker.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bmnn.machines import codec
from bmnn.machines.collection import CollectionError, layout_of, source_of, walk
from bmnn.machines.collection.paths import canonical
from bmnn.machines.model import Artefact, Evidence
from bmnn.sandbox import GIB, MIB, WHY_WORDS, Box, Limits

LIMITS = Limits(
    wall=120.0, cpu=120, memory=GIB + 512 * MIB, reply=512 * MIB, input=8 * GIB, files_per_worker=2000
)
BATCH = 24
MAX_RESTARTS = 20
_SUFFIXES = (".xz", ".log1", ".log2", ".log", "-wal", "-shm", "-journal")

Progress = Callable[[str], None]


@dataclass
class Read:
    """What one collection gave, item by item, in the order of canonical paths."""

    source: str
    listed: list[tuple[str, str, int]] = field(default_factory=list)
    """(canonical path, path as collected, size) of every file."""
    artefacts: list[tuple[str, Artefact, Evidence]] = field(default_factory=list)
    """(path as collected, artefact, traces)."""
    notes: list[str] = field(default_factory=list)


class Reader:
    """Workers that read collections. `with Reader(rules) as reader: reader.read(path)`."""

    def __init__(
        self, rules: Path | None = None, limits: Limits = LIMITS, workers: int | None = None
    ) -> None:
        """`rules`: the folder of rules of the inspector, or None."""
        self.workers = workers or max(1, min(2, os.cpu_count() or 1))
        self._box = Box(
            "bmnn.machines.worker:dispatch",
            limits,
            workers=self.workers,
            setup="bmnn.machines.worker:setup",
            setup_argument=str(rules.absolute()) if rules else None,
        )
        self._cancelled = False
        self.total = 0
        """How many files the collections opened so far hold; grows as they are opened."""

    def __enter__(self) -> Self:
        """Starts a worker. Raises SandboxError when the box cannot be used."""
        self._box.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the workers."""
        self._box.close()

    def cancel(self) -> None:
        """Ends everything under way; `read` then raises CollectionError."""
        self._cancelled = True
        self._box.close()

    def rules(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The sets of rules in use, and the rule files that could not be used."""
        outcome = self._box.call(argument={"rules": True})
        value = outcome.value[0] if outcome.ok and outcome.value else {}
        return list(value.get("sets", [])), [str(p) for p in value.get("problems", [])]

    def read(self, path: Path, progress: Progress = lambda _: None) -> Read:
        """Reads one collection. Raises CollectionError when it is none, or when it was cancelled."""
        layout = layout_of(path)
        found = Read(source_of(path, layout))
        jobs: list[_Job]
        if layout in ("zip", "tar"):
            # A packed tar is read from front to end: two workers would unpack it twice for nothing.
            shares = self.workers if layout == "zip" else 1
            jobs = [_Job(found.source, layout, [path], [], share, shares) for share in range(shares)]
        else:
            files = walk.folder(path) if layout == "folder" else walk.single(path)
            found.notes += files.notes
            found.listed = [(canonical(raw), raw, _size(place)) for raw, place in files.files]
            self.total += len(found.listed)
            jobs = [
                _Job(found.source, "files", [p for _, p in batch], [r for r, _ in batch])
                for batch in _batches(files.files)
            ]
        with ThreadPoolExecutor(self.workers, thread_name_prefix="bmnn-may") as pool:
            for part in pool.map(lambda job: self._job(job, progress), jobs):
                found.artefacts += part.artefacts
                found.notes += part.notes
                found.listed += part.listed
        if self._cancelled:
            raise CollectionError("Đã dừng theo yêu cầu; chưa có kết quả.")
        found.artefacts.sort(key=lambda row: (row[1].path.casefold(), row[1].path, row[0]))
        return found

    def _job(self, job: _Job, progress: Progress) -> Read:
        part = _Part(Read(job.source), progress, self._opened)
        start = 0
        for _ in range(MAX_RESTARTS):
            if self._cancelled:
                break
            part.forget()
            outcome = self._box.call(job.paths, job.argument(start), on_item=part.take)
            if outcome.ok:
                return part.read
            at = part.broken(outcome.why or "error")
            if at is None:
                return self._one_by_one(job, progress) if len(job.paths) > 1 else part.read
            start = at + 1
        part.read.notes.append("Quá nhiều tệp làm hỏng tiến trình đọc; phần còn lại CHƯA được kiểm tra.")
        return part.read

    def _opened(self, count: int) -> None:
        self.total += count

    def _one_by_one(self, job: _Job, progress: Progress) -> Read:
        """A batch that could not even be opened (a file vanished, no right to read it): each file by itself."""
        found = Read(job.source)
        for path, raw in zip(job.paths, job.raws, strict=True):
            part = self._job(_Job(job.source, "files", [path], [raw]), progress)
            found.artefacts += part.artefacts
            found.notes += part.notes
        return found


@dataclass(frozen=True)
class _Job:
    """One call of the box: an archive (or a share of it), or a few files by their collected paths."""

    source: str
    layout: str
    paths: list[Path]
    raws: list[str]
    share: int = 0
    shares: int = 1

    def argument(self, start: int) -> dict[str, Any]:
        return {
            "layout": self.layout, "source": self.source, "raws": self.raws,
            "start": start, "share": self.share, "shares": self.shares,
        }  # fmt: skip


class _Part:
    """Takes the items of one job as they come."""

    def __init__(self, read: Read, progress: Progress, opened: Callable[[int], None]) -> None:
        self.read, self.progress, self.opened = read, progress, opened
        self.begun: int | None = None
        self.path = ""

    def forget(self) -> None:
        """A fresh worker has begun nothing."""
        self.begun = None

    def take(self, item: Any) -> None:
        """One item from the worker; raises codec.BadTraces when it has not the agreed form."""
        if not isinstance(item, dict):
            raise codec.BadTraces("item")
        if "begin" in item:
            self.begun, self.path = int(item["begin"]), str(item["path"])
            self.progress(self.path)
        elif "artefact" in item:
            evidence = codec.decode(item["traces"])
            artefact = codec.artefact(item["artefact"])
            evidence.facts = artefact.facts
            self.read.artefacts.append((str(item.get("raw", "")), artefact, evidence))
        elif "too_large" in item:
            self.read.notes.append(f"«{str(item['too_large'])[:200]}» quá lớn, chưa quét mã độc.")
        elif "collection" in item:
            self.opened(len(item["collection"]))
            self.read.listed += [(str(p), str(r), int(s)) for p, r, s in item["collection"]]
            self.read.notes += [str(n)[:300] for n in item["notes"]]
        elif "refused" in item:
            raise CollectionError(str(item["refused"])[:300])

    def broken(self, why: str) -> int | None:
        """The worker broke: names the item it had begun as unreadable and gives its number."""
        words = WHY_WORDS.get(why, why)
        if self.begun is None:
            self.read.notes.append(f"Không đọc được tệp: {words}.")
            return None
        note = f"không đọc được nội dung ({words})"
        self.read.artefacts.append(("", Artefact(self.path, "file", "", "unreadable", note), Evidence()))
        return self.begun


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _batches(files: list[tuple[str, Path]]) -> Iterator[list[tuple[str, Path]]]:
    """Files in groups of about BATCH; a hive or database and its logs stay together."""

    def stem(row: tuple[str, Path]) -> str:
        name = row[0].casefold()
        for suffix in _SUFFIXES:
            name = name.removesuffix(suffix)
        return name

    batch: list[tuple[str, Path]] = []
    for _, group in itertools.groupby(sorted(files, key=lambda r: (stem(r), r[0])), key=stem):
        members = list(group)[:BATCH]
        if batch and len(batch) + len(members) > BATCH:
            yield batch
            batch = []
        batch += members
    if batch:
        yield batch
