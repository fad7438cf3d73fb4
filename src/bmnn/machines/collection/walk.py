"""Names the files of a folder, a mounted disk or one artefact, without opening any. Links are never followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bmnn.machines.collection.base import MAX_ITEMS

# On a whole mounted disk only these folders are walked: a system disk holds a million files.
_DISK_FOLDERS = (
    "Windows/System32/config",
    "Windows/System32/winevt/Logs",
    "Windows/INF",
    "Windows/Prefetch",
    "Windows/appcompat/Programs",
    "Windows/System32/sru",
    "ProgramData/Microsoft/Wlansvc",
)
_PROFILE_FOLDERS = (
    "AppData/Local/Microsoft/Windows",
    "AppData/Roaming/Microsoft/Windows/Recent",
    "AppData/Roaming/Microsoft/Office/Recent",
    "AppData/Local/Google/Chrome/User Data",
    "AppData/Local/Microsoft/Edge/User Data",
    "AppData/Local/CocCoc/Browser/User Data",
    "AppData/Roaming/Mozilla/Firefox/Profiles",
    "Desktop",
)
_PROFILE_FILES = ("NTUSER.DAT", "NTUSER.DAT.LOG1", "NTUSER.DAT.LOG2", "NTUSER.DAT.LOG")
MAX_DEPTH = 40


@dataclass
class Files:
    """Files by the path the collector gave them, and what was left out."""

    source: str
    layout: str
    files: list[tuple[str, Path]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def single(path: Path) -> Files:
    """One artefact; the logs lying beside it belong to it."""
    found = Files(path.name, "single", [(path.name, path)])
    stem = path.name.casefold().removesuffix(".xz")
    logs = tuple(stem + suffix for suffix in (".log", ".log1", ".log2", "-wal"))
    for other in sorted(path.parent.iterdir()):
        if other.name.casefold().removesuffix(".xz") in logs and other.is_file() and not other.is_symlink():
            found.files.append((other.name, other))
    return found


def folder(root: Path) -> Files:
    """All regular files below a folder; of a whole system disk only the folders that hold artefacts."""
    found = Files(root.name or str(root), "folder")
    system = _child(root, "Windows")
    starts = [root]
    if system and _descend(root, "Windows/System32/config") and _child(system, "explorer.exe"):
        found.layout = "disk"
        starts = [p for f in _DISK_FOLDERS if (p := _descend(root, f))]
        users = _child(root, "Users")
        for profile in sorted(users.iterdir()) if users else []:
            starts += [p for f in _PROFILE_FOLDERS if (p := _descend(profile, f))]
            starts += [p for n in _PROFILE_FILES if (p := _child(profile, n))]
    for start in starts:
        for path in _walk(start, found):
            if len(found.files) >= MAX_ITEMS:
                found.notes.append(f"Thư mục có hơn {MAX_ITEMS} tệp; phần còn lại chưa được kiểm tra.")
                return found
            found.files.append((path.relative_to(root).as_posix(), path))
    return found


def _child(folder: Path, name: str) -> Path | None:
    """The entry of this name, upper and lower case alike; links do not count."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.casefold() == name.casefold() and not entry.is_symlink():
                    return Path(entry.path)
    except OSError:
        return None
    return None


def _descend(folder: Path, path: str) -> Path | None:
    found: Path | None = folder
    for name in path.split("/"):
        if found is None:
            return None
        found = _child(found, name)
    return found


def _walk(start: Path, found: Files) -> Iterator[Path]:
    """Regular files below `start` in order; links, devices and unreadable folders are noted, not followed."""
    if start.is_file() and not start.is_symlink():
        yield start
        return
    stack: list[tuple[Path, int]] = [(start, 0)]
    while stack:
        place, depth = stack.pop()
        try:
            with os.scandir(place) as scan:
                entries = sorted(scan, key=lambda e: e.name)
        except OSError:
            found.notes.append(f"Không mở được thư mục «{place.name}».")
            continue
        for entry in entries:
            if entry.is_symlink():
                found.notes.append(f"Bỏ qua liên kết «{entry.name}» (không đi theo liên kết).")
            elif entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    stack.append((Path(entry.path), depth + 1))
                else:
                    found.notes.append(
                        f"Thư mục «{entry.name}» lồng quá {MAX_DEPTH} cấp, chưa được kiểm tra."
                    )
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
