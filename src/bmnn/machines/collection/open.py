"""Opens what the inspector names: a folder or mounted disk, a zip, a tar, or one artefact. Links are never
followed."""

from __future__ import annotations

import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import IO

from bmnn.machines.collection.base import (
    MAX_ITEM_BYTES,
    MAX_ITEMS,
    MAX_RATIO,
    XZ_MAGIC,
    Budget,
    Collection,
    CollectionError,
    Item,
    in_order,
)
from bmnn.machines.collection.paths import canonical

# On a whole mounted disk only these folders are walked: a system disk holds a million files.
_DISK_FOLDERS = (
    "Windows/System32/config",
    "Windows/System32/winevt/Logs",
    "Windows/INF",
    "Windows/Prefetch",
    "Windows/appcompat/Programs",
    "Windows/System32/sru",
    "Windows/System32/LogFiles/SUM",
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
MAX_DEPTH = 40


def open_collection(path: Path) -> Collection:
    """The collection at `path`. Raises CollectionError (Vietnamese) when it is missing or no kind of
    collection."""
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise CollectionError(f"Không tìm thấy «{path}». Hãy kiểm tra lại đường dẫn.") from error
    if stat.S_ISDIR(mode):
        return _folder(path)
    if not stat.S_ISREG(mode):
        raise CollectionError(f"«{path}» không phải tệp hay thư mục thường (liên kết không được đi theo).")
    with _open_regular(path) as file:
        head = file.read(512)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(path)
    if head[257:262] == b"ustar" or (head[:2] == b"\x1f\x8b" or head[:3] == b"BZh"):
        return _tar(path)
    if head.startswith(XZ_MAGIC) and ".tar" in path.name.casefold():
        return _tar(path)
    return _single(path)


def _open_regular(path: Path) -> IO[bytes]:
    fd = os.open(
        path,
        os.O_RDONLY
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_NONBLOCK", 0)
        | getattr(os, "O_BINARY", 0),
    )
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise CollectionError("không phải tệp thường")
    return os.fdopen(fd, "rb")


def _file_item(path: Path, raw: str, budget: Budget) -> Item:
    def read(size: int) -> bytes:
        with _open_regular(path) as file:
            return file.read(size)

    return Item(canonical(raw), raw, path.lstat().st_size, read, budget)


def _single(path: Path) -> Collection:
    """One artefact; for a hive the transaction logs lying beside it belong to it."""
    budget = Budget()
    items = [_file_item(path, path.name, budget)]
    stem = path.name.casefold().removesuffix(".xz")
    for other in sorted(path.parent.iterdir()):
        name = other.name.casefold().removesuffix(".xz")
        if (
            name in (stem + ".log", stem + ".log1", stem + ".log2")
            and other.is_file()
            and not other.is_symlink()
        ):
            items.append(_file_item(other, other.name, budget))
    return Collection(path.name, items, layout="single")


def _folder(root: Path) -> Collection:
    collection = Collection(root.name or str(root), [], layout="folder")
    budget = Budget()
    system = _child(root, "Windows")
    starts = [root]
    if system and _descend(root, "Windows/System32/config") and _child(system, "explorer.exe"):
        collection.layout = "disk"
        starts = [p for f in _DISK_FOLDERS if (p := _descend(root, f))]
        users = _child(root, "Users")
        for profile in sorted(users.iterdir()) if users else []:
            starts += [p for f in _PROFILE_FOLDERS if (p := _descend(profile, f))]
            starts += [
                p for n in ("NTUSER.DAT", "NTUSER.DAT.LOG1", "NTUSER.DAT.LOG2") if (p := _child(profile, n))
            ]
    for start in starts:
        for path in _walk(start, collection):
            if len(collection.items) >= MAX_ITEMS:
                collection.notes.append(f"Thư mục có hơn {MAX_ITEMS} tệp; phần còn lại chưa được kiểm tra.")
                break
            try:
                collection.items.append(_file_item(path, str(path.relative_to(root)), budget))
            except OSError:
                collection.notes.append(f"Không đọc được tệp «{path.name}».")
    collection.items = in_order(collection.items)
    return collection


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


def _walk(start: Path, collection: Collection) -> Iterator[Path]:
    """Regular files below `start` in order; links, devices and unreadable folders are noted, not followed."""
    if start.is_file() and not start.is_symlink():
        yield start
        return
    stack: list[tuple[Path, int]] = [(start, 0)]
    while stack:
        folder, depth = stack.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda e: e.name)
        except OSError:
            collection.notes.append(f"Không mở được thư mục «{folder.name}».")
            continue
        for entry in entries:
            if entry.is_symlink():
                collection.notes.append(f"Bỏ qua liên kết «{entry.name}» (không đi theo liên kết).")
            elif entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    stack.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _zip(path: Path) -> Collection:
    try:
        archive = zipfile.ZipFile(path)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CollectionError(f"Tệp nén «{path.name}» hỏng, không mở được. Hãy thu thập lại.") from error
    collection = Collection(PurePath(path.name).stem, [], layout="zip")
    budget = Budget()
    for info in infos:
        if info.is_dir():
            continue
        if len(collection.items) >= MAX_ITEMS:
            collection.notes.append(f"Tệp nén có hơn {MAX_ITEMS} mục; phần còn lại chưa được kiểm tra.")
            break
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            collection.notes.append(f"Bỏ qua liên kết «{info.filename}» trong tệp nén.")
            continue
        locked = bool(info.flag_bits & 1)

        def read(size: int, info: zipfile.ZipInfo = info, locked: bool = locked) -> bytes:
            if locked:
                raise CollectionError("tệp bị khóa bằng mật khẩu")
            if info.file_size > 16 << 20 and info.file_size > MAX_RATIO * max(1, info.compress_size):
                raise CollectionError("tệp nén có tỷ lệ bung bất thường")
            with archive.open(info) as member:
                return member.read(min(size, MAX_ITEM_BYTES + 1))

        collection.items.append(
            Item(canonical(info.filename), info.filename, info.file_size, read, budget, locked)
        )
    collection.items = in_order(collection.items)
    return collection


def _tar(path: Path) -> Collection:
    try:
        archive = tarfile.open(path, "r:*")  # noqa: SIM115 - stays open while its items are read
    except (tarfile.TarError, OSError, EOFError) as error:
        raise CollectionError(f"Tệp nén «{path.name}» hỏng, không mở được. Hãy thu thập lại.") from error
    collection = Collection(path.name.split(".")[0], [], layout="tar")
    budget = Budget()
    packed = max(1, path.stat().st_size)
    total = 0
    try:
        for member in archive:
            if member.issym() or member.islnk():
                collection.notes.append(f"Bỏ qua liên kết «{member.name}» trong tệp nén.")
                continue
            total += member.size
            if len(collection.items) >= MAX_ITEMS or total > max(1 << 30, MAX_RATIO * packed):
                collection.notes.append("Tệp nén vượt giới hạn; phần còn lại chưa được kiểm tra.")
                break
            if not member.isreg():
                continue

            def read(size: int, member: tarfile.TarInfo = member) -> bytes:
                file = archive.extractfile(member)
                if file is None:
                    raise CollectionError("không đọc được tệp trong gói tar")
                return file.read(min(size, MAX_ITEM_BYTES + 1))

            collection.items.append(Item(canonical(member.name), member.name, member.size, read, budget))
    except (tarfile.TarError, OSError, EOFError, ValueError):
        collection.notes.append("Tệp nén bị cụt; chỉ kiểm tra được phần đọc được.")
    collection.items = in_order(collection.items)
    return collection
