"""Which files a scan reads: everything below the given paths, links not followed, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """One file to read: `path` as it is opened, `shown` as it is reported, size and time of change as walked."""

    path: str
    shown: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Closed:
    """A folder that could not be listed."""

    shown: str
    why: str


def walk(paths: Iterable[Path], leave_out: frozenset[Path] = frozenset()) -> Iterator[Found | Closed]:
    """All files; those in `leave_out` (absolute paths) and nothing else are passed over."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _below(os.fspath(path), leave_out, seen)


def _below(path: str, leave_out: frozenset[Path], seen: set[tuple[int, int]]) -> Iterator[Found | Closed]:
    if not os.path.isdir(path):
        yield from _file(path, leave_out)
        return
    pending = [path]
    while pending:
        folder = pending.pop()
        try:
            status = os.stat(folder)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda e: e.name)
        except PermissionError:
            yield Closed(folder, "no_right")
            continue
        except OSError:
            yield Closed(folder, "unreadable_disk")
            continue
        if (status.st_dev, status.st_ino) in seen and status.st_ino:
            continue
        seen.add((status.st_dev, status.st_ino))
        below = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif not (entry.is_symlink() and os.path.isdir(entry.path)):
                yield from _file(entry.path, leave_out)
        pending.extend(reversed(below))


def _file(path: str, leave_out: frozenset[Path]) -> Iterator[Found | Closed]:
    if leave_out and Path(path).absolute() in leave_out:
        return
    try:
        status = os.lstat(path)
    except OSError:
        yield Closed(path, "unreadable_disk")
        return
    yield Found(path, path, status.st_size, status.st_mtime_ns)
